"""The Word template: Pejl's own in the theme's colours, or the hub's as it is.

A template holds words in double braces (``{{ title }}``) and lines of their own where the logo,
the contents and the report itself go: ``{{ logo }}``, ``{{ contents }}``, ``{{ body }}``.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from pejl.base import wording
from pejl.base.errors import UserError
from pejl.reports.document import Document
from pejl.reports.theme import Theme
from pejl.reports.wording import label
from pejl.reports.writers.packing import LANGUAGES, repaint

PLACES = ("logo", "contents", "body")


@dataclass(frozen=True)
class Filled:
    """The Word document with the template's words filled in, and the lines that await more."""

    word: Any
    places: dict[str, Any]  # logo, contents and body: the paragraph that marks the place


def fill(document: Document, theme: Theme) -> Filled:
    """The template, filled; UserError when the hub's own cannot be used."""
    made = _own(theme.docx, document, theme) if theme.docx else _ours(document, theme)
    for language in made.word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES[document.language])
    return made


def _ours(document: Document, theme: Theme) -> Filled:
    with as_file(files("pejl.reports.writers") / "templates" / "report.docx") as path:
        made = _own(path, document, theme)
    repaint(made.word.part.package, theme)
    return made


def words(document: Document, theme: Theme) -> dict[str, str]:
    """What a template may say, by name."""
    said = {
        "title": document.title,
        "subtitle": document.subtitle,
        "hub_name": document.hub_name,
        "summary": document.summary,
        "as_of": wording.day(document.as_of, document.language),
        "contact": "\n".join(theme.contact),
        "label_summary": label(document, theme, "summary"),
        "label_contents": label(document, theme, "contents"),
        "label_page": label(document, theme, "page"),
        "label_of": label(document, theme, "of"),
    }
    return said | {key: _mark(key) for key in PLACES}


def _own(path: Path, document: Document, theme: Theme) -> Filled:
    template = DocxTemplate(path)
    surroundings = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(words(document, theme), surroundings, autoescape=True)
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        raise _refusal(path, "which is no Word document", "Save it anew as .docx.") from error
    except TemplateError as error:
        known = ", ".join(sorted(words(document, theme)))
        raise _refusal(path, f"in which {error}", f"Use only {known} in braces.") from error
    word = template.docx
    marks = {_mark(key): key for key in PLACES}
    places = {marks[p.text.strip()]: p for p in word.paragraphs if p.text.strip() in marks}
    if "body" not in places:
        raise _refusal(path, "without the line {{ body }}", "Write {{ body }} on a line alone.")
    return Filled(word, places)


def _mark(key: str) -> str:
    return f"[[{key}]]"


def _refusal(path: Path, what: str, remedy: str) -> UserError:
    return UserError(
        given=f"the template {path.name}, {what}",
        needed="a Word template as docs/how-to/rapport-tema.md says",
        remedy=remedy,
    )
