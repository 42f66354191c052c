"""A report on paper: a tagged PDF (PDF/UA-1, PDF/A-3a) by typst, its charts as vector.

Once typst has run in a process the process must not be forked: work in several processes by
``spawn``.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from pejl.contract.html import tag
from pejl.reports.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Note,
    Paragraph,
    Quote,
    Section,
    Table,
)
from pejl.reports.drawing import WIDTH, draw
from pejl.reports.theme import Theme
from pejl.reports.wording import label, stamped

TEMPLATE = Path(__file__).parent / "paper" / "report.typ"
# A table of so many rows and letters is never broken over pages.
SHORT, LETTERS = 24, 2600
HALF = 430  # the width of a drawing that has half of the page, in its own units
LABELS = (
    "contents", "summary", "definitions", "sources", "basis", "page", "of", "clause", "contact",
    "signs", "signs.text",
)  # fmt: skip


def write(document: Document, theme: Theme) -> bytes:
    """The PDF. The same document and theme give the same bytes.

    Raises
    ------
    typst.TypstError
        When a part has no text alternative, say: nothing that is not accessible is written.
    """
    # Loaded late: most commands print nothing.
    import typst

    told = {"data": json.dumps(_told(document, theme), ensure_ascii=False)}
    pdf: bytes = typst.compile(
        TEMPLATE,
        sys_inputs=told,
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        ignore_system_fonts=_is_built_in(theme.font),
        timestamp=0,
    )
    return pdf


@lru_cache
def _is_built_in(font: str) -> bool:
    """Whether typst has the font itself: then nothing is looked for on the machine, which is slow.

    What is built in is the same everywhere, and so is the PDF.
    """
    import typst

    return font in typst.Fonts(include_system_fonts=False).families()


def _told(document: Document, theme: Theme) -> dict[str, Any]:
    """The document as plain data for the template: texts, and drawings as SVG."""
    return {
        "lang": document.language,
        "title": document.title,
        "subtitle": document.subtitle,
        "hub": document.hub_name,
        "day": [document.as_of.year, document.as_of.month, document.as_of.day],
        "summary": document.summary,
        "sections": [_section(one, document, theme) for one in document.sections],
        "definitions": [vars(one) for one in document.definitions],
        "sources": list(document.sources),
        "stamp": stamped(document, theme),
        "labels": {key.replace(".", "_"): label(document, theme, key) for key in LABELS},
        "theme": _theme(theme),
    }


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "colour": theme.colour,
        "accent": theme.accent,
        "font": theme.font,
        "contact": list(theme.contact),
        "logo": _logo(theme.logo),
        "logo_alt": theme.logo_alt,
    }


def _logo(path: Path | None) -> str | None:
    """The logo as SVG; a picture of dots is put into one."""
    if path is None:
        return None
    if path.suffix == ".svg":
        return path.read_text("utf-8")
    from PIL import Image

    with Image.open(path) as opened:
        width, height = (str(side) for side in opened.size)
    data = base64.b64encode(path.read_bytes()).decode()
    source = f"data:image/{path.suffix.removeprefix('.')};base64,{data}"
    picture = tag("image", width=width, height=height, href=source)
    return tag("svg", picture, xmlns="http://www.w3.org/2000/svg", width=width, height=height)


def _section(one: Section, document: Document, theme: Theme) -> dict[str, Any]:
    return {
        "heading": one.heading,
        "own_page": one.own_page,
        "blocks": list(_blocks(one, document, theme)),
        "sections": [_section(inner, document, theme) for inner in one.sections],
    }


def _blocks(one: Section, document: Document, theme: Theme) -> Iterator[dict[str, Any]]:
    """The blocks in order; standing charts that follow each other come two beside each other."""
    for paired, group in groupby(one.blocks, key=_is_standing):
        blocks = list(group)
        if not paired or len(blocks) == 1:
            yield from (_block(block, one, document, theme) for block in blocks)
            continue
        drawn = [_chart(b, document, theme, HALF) for b in blocks if isinstance(b, Chart)]
        yield from ({"kind": "charts", "charts": drawn[i : i + 2]} for i in range(0, len(drawn), 2))


def _is_standing(block: Block) -> bool:
    return isinstance(block, Chart) and block.kind != "bars"


def _chart(chart: Chart, document: Document, theme: Theme, width: int = WIDTH) -> dict[str, Any]:
    drawn = draw(chart, theme, document.language, width)
    return {"kind": "chart", "title": chart.title, "alt": chart.alt, "svg": drawn}


def _block(block: Block, within: Section, document: Document, theme: Theme) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Note(text):
            return {"kind": "note", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": list(items)}
        case Quote(text, source):
            return {"kind": "quote", "text": text, "source": source}
        case Facts(facts):
            return {"kind": "facts", "facts": [[f.name, _cell(f.cell)] for f in facts]}
        case Table():
            return _table(block, within)
        case Chart():
            return _chart(block, document, theme)


def _table(table: Table, within: Section) -> dict[str, Any]:
    return {
        "kind": "table",
        # A title that only says the heading again is not printed twice.
        "title": "" if table.title == within.heading else table.title,
        "columns": [vars(column) for column in table.columns],
        "rows": [_row(row) for row in table.rows],
        "note": table.note,
        "total": table.total,
        "whole": _is_short(table),
    }


def _is_short(table: Table) -> bool:
    """Whether the table is kept on one page, so that no row of it stands alone on the next."""
    letters = sum(len(cell.text) for row in table.rows for cell in row)
    return len(table.rows) <= SHORT and letters <= LETTERS


def _row(row: Sequence[Cell]) -> list[dict[str, str]]:
    return [_cell(cell) for cell in row]


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": cell.text, "state": cell.state.value}
