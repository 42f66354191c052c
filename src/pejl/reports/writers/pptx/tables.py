"""Tables on slides: as many rows as fit, the head again on the next slide, the note at the end."""

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches, Pt

from pejl.reports.colours import tint
from pejl.reports.document import Cell, Column, State, Table
from pejl.reports.writers.native import GREY
from pejl.reports.writers.pptx import text
from pejl.reports.writers.pptx.deck import Deck, Room, emu
from pejl.reports.writers.widths import lines, room, shares

SIZE, LETTER = 12, Inches(0.092)  # a letter's width at the size
GAP = Inches(0.08)  # between the table and what stands under it
LINE, PAD = Inches(0.21), Inches(0.12)  # a line's height, and the room around a row's lines
UNSTYLED = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "no style, no grid"
SLANTED, PALE = (State.ESTIMATED, State.PENDING), (State.MISSING, State.WITHHELD, State.PENDING)


def table(
    deck: Deck,
    heads: Sequence[str],
    found: Table,
    lead: Sequence[text.Part] = (),
    tail: Sequence[text.Part] = (),
) -> bool:
    """The table on as many slides as its rows need, the lead over it on the first.

    The tail stands under it on the last when there is room; whether there was.
    """
    end = deck.room.top + deck.room.height
    fits = True
    pages = list(_pages(found, deck.room, text.height(lead, deck.room)))
    for place, rows in enumerate(pages, start=1):
        of = f" ({place} {deck.say('of')} {len(pages)})" if len(pages) > 1 else ""
        slide = deck.slide(f"{found.title}{of}")
        text.kicker(deck, slide, heads, found.title)
        top = text.block(deck, slide, lead, deck.room.top) if place == 1 else deck.room.top
        bottom = _draw(deck, slide, found, rows, top)
        if place == len(pages):
            note = [text.Line(found.note, SIZE, grey=True)] if found.note else []
            under = text.block(deck, slide, note, bottom + GAP)
            fits = under + GAP + text.height(tail, deck.room) <= end
            text.block(deck, slide, tail if fits else (), under + GAP)
    return fits


def _pages(found: Table, space: Room, lead: int) -> Iterator[list[int]]:
    """The rows' numbers, slide by slide; the last slide keeps room for the note."""
    note = text.Line(found.note, SIZE).height(space.width) + 2 * GAP if found.note else 0
    page: list[int] = []
    used = lead + _head(found, space)
    for row in range(len(found.rows)):
        height = _height(found, row, space)
        last = row == len(found.rows) - 1
        if page and used + height + (note if last else 0) > space.height:
            yield page
            page, used = [], _head(found, space)
        page.append(row)
        used += height
    yield page


def _draw(deck: Deck, slide: Any, found: Table, rows: Sequence[int], top: int) -> int:
    """Draw the rows; where the table ends."""
    made = _made(deck, slide, found, len(rows), top)
    made.rows[0].height = emu(_head(found, deck.room))
    _row(deck, made.rows[0], [Cell(column.label) for column in found.columns], found.columns)
    for place, row in enumerate(rows, start=1):
        made.rows[place].height = emu(_height(found, row, deck.room))
        _row(deck, made.rows[place], found.rows[row], found.columns)
    for cell in made.rows[0].cells:
        _paint(deck, cell)
    if found.total and rows and rows[-1] == len(found.rows) - 1:
        for cell in made.rows[len(rows)].cells:
            cell.text_frame.paragraphs[0].runs[0].font.bold = True
    return top + sum(int(row.height) for row in made.rows)


def _made(deck: Deck, slide: Any, found: Table, rows: int, top: int) -> Any:
    letters = _letters(found, deck.room)
    shape = slide.shapes.add_table(
        1 + rows, len(found.columns), deck.room.left, top, emu(letters * LETTER), emu(1)
    )
    shape._element._nvXxPr.cNvPr.set("descr", found.title)
    made = shape.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = UNSTYLED
    made.first_row, made.first_col, made.horz_banding = True, True, False
    for column, share in zip(made.columns, shares(found, letters), strict=True):
        column.width = emu(letters * LETTER * share)
    return made


def _row(deck: Deck, row: Any, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
    for place, cell, column in zip(row.cells, cells, columns, strict=True):
        paragraph = place.text_frame.paragraphs[0]
        run = paragraph.add_run()
        run.text = cell.text
        run.font.size = Pt(SIZE)
        run.font.italic = True if cell.state in SLANTED else None
        if cell.state in PALE:
            run.font.color.rgb = RGBColor.from_string(GREY[1:].upper())
        if column.numeric:
            paragraph.alignment = PP_ALIGN.RIGHT
        place.vertical_anchor = MSO_ANCHOR.MIDDLE
        place.margin_top = place.margin_bottom = Inches(0.03)
        _line_below(place, tint(deck.theme.colour, 0.25))


def _paint(deck: Deck, cell: Any) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(deck.theme.colour[1:].upper())
    font = cell.text_frame.paragraphs[0].runs[0].font
    font.bold, font.color.rgb = True, RGBColor(255, 255, 255)


def _line_below(cell: Any, colour: str) -> None:
    """A thin line under the cell, which python-pptx has no words for."""
    line = OxmlElement("a:lnB")
    line.set("w", str(Pt(0.75)))
    fill, solid = OxmlElement("a:srgbClr"), OxmlElement("a:solidFill")
    fill.set("val", colour[1:].upper())
    solid.append(fill)
    line.append(solid)
    cell._tc.get_or_add_tcPr().insert(0, line)


def _letters(found: Table, space: Room) -> float:
    """The table's width in letters: figures stand near the names they belong to."""
    return room(found, space.width / LETTER)


def _height(found: Table, row: int, space: Room) -> float:
    texts = [cell.text for cell in found.rows[row]]
    return lines(found, texts, _letters(found, space)) * LINE + PAD


def _head(found: Table, space: Room) -> float:
    labels = [column.label for column in found.columns]
    return lines(found, labels, _letters(found, space)) * LINE + PAD
