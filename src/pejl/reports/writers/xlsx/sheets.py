"""The workbook's sheets: the running text, one sheet for each table, and the definitions."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pejl.reports.document import Block, Bullets, Column, Note, Paragraph, Quote, Table
from pejl.reports.writers.native import GREY
from pejl.reports.writers.widths import wanted
from pejl.reports.writers.xlsx.book import LONGEST, Book

HEAD = 14  # points of a line
TEXT = 70  # characters that a column of running text may ask for
FIRST = 3  # the row of a table's head: above it title and note


def texts(book: Book) -> None:
    """What the report says in words, section by section; no sheet when it says nothing."""
    found = list(_texts(book))
    if not found:
        return
    sheet = book.sheet(book.label("texts"))
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100)
    book.title(sheet, book.label("texts"))
    for row, (heading, text, style) in enumerate(found, start=2):
        _fit(sheet, row, [(heading, 32), (text, 100)])
        book.text(sheet, row, 0, heading, book.format(text_wrap=True, bold=True))
        book.text(sheet, row, 1, text, book.format(text_wrap=True, **style))


def tables(book: Book) -> None:
    """A sheet for each table."""
    found = list(book.document.tables())
    titles = Counter(table.title for table in found)
    for table in found:
        name = _name(table, own_title=titles[table.title] == 1)
        sheet = book.sheet(name, table.title)
        book.title(sheet, table.title)
        if table.note:
            form = book.format(italic=True, font_color=GREY)
            book.text(sheet, 1, 0, table.note, form)
        _lay_out(book, sheet, table)
        _rows(book, sheet, table)


def _name(table: Table, *, own_title: bool) -> str:
    """The title where it fits and no other table has it; else the id."""
    if own_title and len(table.title) <= LONGEST:
        return table.title
    name = table.id.replace("_", " ").replace("-", " ")
    return name[:1].upper() + name[1:]


def definitions(book: Book) -> None:
    """How each goal is counted; no sheet when nothing is defined."""
    if not book.document.definitions:
        return
    sheet = book.sheet(book.label("definitions"))
    book.title(sheet, book.label("definitions"))
    widths = (34, 96, 12)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, key in enumerate(("goal", "definition", "clause")):
        book.text(sheet, FIRST, column, book.label(key), book.head())
    for row, one in enumerate(book.document.definitions, start=FIRST + 1):
        form = book.format(text_wrap=True, **book.line())
        said = (one.term, one.text, one.clause)
        _fit(sheet, row, list(zip(said, widths, strict=True)))
        for column, text in enumerate(said):
            book.text(sheet, row, column, text, form)
    _freeze(sheet)


def _lay_out(book: Book, sheet: Any, table: Table) -> None:
    for column, width in enumerate(wanted(table, TEXT)):
        sheet.set_column(column, column, _width(width))
    _freeze(sheet)
    last = FIRST + len(table.rows) - (1 if table.total else 0)
    if last > FIRST:
        sheet.autofilter(FIRST, 0, last, len(table.columns) - 1)


def _freeze(sheet: Any) -> None:
    sheet.freeze_panes(FIRST + 1, 1)
    sheet.repeat_rows(FIRST)


def _rows(book: Book, sheet: Any, table: Table) -> None:
    sheet.set_row(FIRST, HEAD * max(2, *map(_lines_of_head, table.columns, wanted(table, TEXT))))
    for place, column in enumerate(table.columns):
        align = "right" if column.numeric else "left"
        head = book.head(align=align, indent=1)
        book.text(sheet, FIRST, place, column.label, head)
    for number, row in enumerate(table.rows):
        last = table.total and number == len(table.rows) - 1
        widths = map(_width, wanted(table, TEXT))
        texts = (cell.text for cell in row)
        _fit(sheet, FIRST + 1 + number, list(zip(texts, widths, strict=True)))
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            align = "right" if column.numeric else "left"
            wanted_ = {**book.line(), "align": align, "bold": last, "indent": 1}
            book.cell(sheet, FIRST + 1 + number, place, cell, **wanted_)


def _fit(sheet: Any, row: int, texts: Sequence[tuple[str, int]]) -> None:
    """As high as the texts need: not every program does it by itself."""
    lines = max(len(textwrap.wrap(text, width - 3)) for text, width in texts)
    if lines > 1:
        sheet.set_row(row, HEAD * lines + 2)


def _width(characters: int) -> int:
    return max(12, characters + 2)


def _lines_of_head(column: Column, characters: int) -> int:
    return len(textwrap.wrap(column.label, _width(characters) - 4))


Line = tuple[str, str, dict[str, object]]


def _texts(book: Book) -> Iterator[Line]:
    for section in book.document.all_sections():
        heading = section.heading
        for block in section.blocks:
            for line in _lines(block):
                yield (heading, *line)
                heading = ""


def _lines(block: Block) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(block, Paragraph):
        yield block.text, {}
    elif isinstance(block, Bullets):
        yield from ((f"• {item}", {}) for item in block.items)
    elif isinstance(block, Quote):
        yield f"»{block.text}«", {"italic": True}
        yield block.source, {"font_color": GREY}
    elif isinstance(block, Note):
        yield block.text, {"bold": True}
