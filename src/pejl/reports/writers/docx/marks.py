"""What Word knows and python-docx has no words for: fields, bookmarks, links and descriptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Heading:
    """A heading in the contents: its bookmark, its words, and how deep it lies (from 1)."""

    bookmark: str
    text: str
    level: int


def element(tag: str, **attributes: str) -> Any:
    """A new element, such as ``element("w:shd", fill="FFFFFF")``."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """Make the paragraph a place that links lead to."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    first = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(first, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field with what it shows until Word counts anew."""
    _open(paragraph, code)
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def contents(paragraphs: Sequence[Any], headings: Sequence[Heading]) -> None:
    """A field of contents over the paragraphs, one for each heading, with links and no pages.

    Page numbers are left to Word: what is not known here is not written here.
    """
    _open(paragraphs[0], r'TOC \o "1-2" \n \h \z')
    for paragraph, heading in zip(paragraphs, headings, strict=True):
        link = element("w:hyperlink", anchor=heading.bookmark, history="1")
        run = paragraph.add_run(heading.text)
        paragraph._p.append(link)
        link.append(run._r)
    _mark(paragraphs[-1], "end")


def describe_picture(run: Any, number: int, alt: str) -> None:
    """Give the run's picture its text alternative and a name of its own."""
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("id", str(number))
        properties.set("name", f"Figur {number}")
        properties.set("descr", alt)


def describe_table(table: Any, title: str) -> None:
    """Give the table its text alternative."""
    properties = table._tbl.tblPr
    properties.append(element("w:tblCaption", val=title))


def repeat_head(row: Any) -> None:
    """The row is a head: it is repeated on each page, and a reader program says it."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: Any) -> None:
    """The row is not broken over two pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def _open(paragraph: Any, code: str) -> None:
    _mark(paragraph, "begin")
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    _mark(paragraph, "separate")


def _mark(paragraph: Any, kind: str) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind))
