"""The workbook's first sheet: what matters, the facts, what was counted, and where to find it."""

import io
from collections.abc import Iterator
from typing import Any

from pejl.reports.document import Cell, Facts
from pejl.reports.pictures import logo
from pejl.reports.wording import stamped
from pejl.reports.writers.native import GREY
from pejl.reports.writers.xlsx.book import Book

NAMES, WORDS = 30, 66  # widths in characters of the two columns
LINE = 14  # points of a line of text
LOGO = 40  # pixels high


def front(book: Book, sheet: Any) -> None:
    """Fill the front sheet; last of all, for it lists the other sheets."""
    sheet.set_portrait()
    sheet.set_column(0, 0, NAMES)
    sheet.set_column(1, 1, WORDS)
    _logo(book, sheet)
    row = _summary(book, sheet)
    row = _facts(book, sheet, row)
    for heading, lines in _lists(book):
        row = _list(book, sheet, row, heading, lines)
    _sheets(book, sheet, row)


def _logo(book: Book, sheet: Any) -> None:
    found = logo(book.theme)
    sheet.set_row(0, 50)
    if found is None:
        form = book.format(font_color=GREY, valign="vcenter")
        book.text(sheet, 0, 0, book.document.hub_name, form)
        return
    scale = LOGO / found.height
    options = {
        "image_data": io.BytesIO(found.png),
        "x_scale": scale,
        "y_scale": scale,
        "description": found.alt,
        "y_offset": 2,
    }
    sheet.insert_image(0, 0, "logo.png", options)


def _summary(book: Book, sheet: Any) -> int:
    document, colour = book.document, book.theme.colour
    sheet.set_row(1, 28)
    big = book.format(bold=True, font_size=20, font_color=colour, valign="vcenter")
    book.text(sheet, 1, 0, document.title, big)
    book.text(sheet, 2, 0, document.subtitle, book.format(font_size=11, font_color=GREY))
    _heading(book, sheet, 4, book.label("summary"))
    form = book.format(text_wrap=True, font_size=11)
    sheet.merge_range(5, 0, 5, 1, "", form)
    book.text(sheet, 5, 0, document.summary, form)
    sheet.set_row(5, LINE * (2 + len(document.summary) // 88))
    return 7


def _facts(book: Book, sheet: Any, row: int) -> int:
    for section in book.document.all_sections():
        found = [block for block in section.blocks if isinstance(block, Facts)]
        if found:
            _heading(book, sheet, row, section.heading)
            facts = [fact for block in found for fact in block.facts]
            for place, fact in enumerate(facts, start=row + 1):
                _pair(book, sheet, place, fact.name, fact.cell)
            row += len(facts) + 2
    return row


def _lists(book: Book) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
    yield (
        book.label("basis"),
        [(name, Cell(said)) for name, said in stamped(book.document, book.theme)],
    )
    yield book.label("signs"), [("", Cell(book.label("signs.text")))]
    yield book.label("sources"), [("", Cell(source)) for source in book.document.sources]
    yield book.label("contact"), [("", Cell(line)) for line in book.theme.contact]


def _list(book: Book, sheet: Any, row: int, heading: str, lines: list[tuple[str, Cell]]) -> int:
    if not lines:
        return row
    _heading(book, sheet, row, heading)
    for place, (name, cell) in enumerate(lines, start=row + 1):
        _pair(book, sheet, place, name, cell)
    return row + len(lines) + 2


def _pair(book: Book, sheet: Any, row: int, name: str, cell: Cell) -> None:
    room = WORDS if name else NAMES + WORDS
    sheet.set_row(row, LINE * (1 + len(cell.text) // room))
    if name:
        book.text(sheet, row, 0, name)
        book.cell(sheet, row, 1, cell, align="left")
    else:
        form = book.format(text_wrap=True)
        sheet.merge_range(row, 0, row, 1, "", form)
        book.text(sheet, row, 0, cell.text, form)


def _sheets(book: Book, sheet: Any, row: int) -> None:
    _heading(book, sheet, row, book.label("sheets"))
    link = book.format(font_color=book.theme.colour, underline=1)
    listed = list(book.sheets.items())[1:]
    for place, (name, title) in enumerate(listed, start=row + 1):
        address = "internal:'" + name.replace("'", "''") + "'!A1"
        sheet.write_url(place, 0, address, link, string=name)
        book.text(sheet, place, 1, title)


def _heading(book: Book, sheet: Any, row: int, text: str) -> None:
    form = book.format(bold=True, font_size=12, font_color=book.theme.colour)
    sheet.set_row(row, 20)
    book.text(sheet, row, 0, text, form)
