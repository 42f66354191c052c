"""Words on slides: as many lines as there is room for, and the rest on the next slide."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import groupby
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Emu, Inches, Pt

from pejl.reports.document import Block, Bullets, Fact, Facts, Note, Paragraph, Quote
from pejl.reports.writers.native import GREY
from pejl.reports.writers.pptx.deck import Deck, Room, emu

SIZE = 16
LETTER, LEADING = 0.52, 1.35  # a letter's width and a line's height, in parts of the size
POINT = 12700  # EMU
FEW = 0.35  # the part of a slide that words beside a table or a chart may take
AIR = Inches(0.08)  # under a box of words
CARDS, CARD, GAP = 4, Inches(1.25), Inches(0.15)


@dataclass(frozen=True)
class Line:
    """A paragraph on a slide."""

    text: str
    size: int = SIZE
    bold: bool = False
    italic: bool = False
    grey: bool = False

    def height(self, width: int) -> float:
        """EMU that it takes in so wide a room."""
        letters = max(1, int(width / (self.size * LETTER * POINT)))
        lines = len(textwrap.wrap(self.text, letters)) or 1
        return (lines * LEADING + 0.5) * self.size * POINT


@dataclass(frozen=True)
class Card:
    """Facts side by side."""

    facts: Sequence[Fact]

    def height(self, width: int) -> float:
        """EMU that the cards take, in rows of four."""
        return (CARD + GAP) * -(-len(self.facts) // CARDS)


Part = Line | Card


@singledispatch
def said(block: Block) -> Iterator[Part]:
    """What a block of words is on a slide."""
    raise NotImplementedError(f"{type(block).__name__} is no block of words")


@said.register
def _(block: Paragraph) -> Iterator[Part]:
    yield Line(block.text)


@said.register
def _(block: Bullets) -> Iterator[Part]:
    yield from (Line(f"•  {item}") for item in block.items)


@said.register
def _(block: Note) -> Iterator[Part]:
    yield Line(block.text, bold=True)


@said.register
def _(block: Quote) -> Iterator[Part]:
    yield Line(f"»{block.text}«", italic=True)
    yield Line(block.source, 12, grey=True)


@said.register
def _(block: Facts) -> Iterator[Part]:
    for first in range(0, len(block.facts), 2 * CARDS):
        yield Card(block.facts[first : first + 2 * CARDS])


def lines(blocks: Sequence[Block]) -> list[Part]:
    """The blocks as parts of a slide."""
    return [part for block in blocks for part in said(block)]


def slides(deck: Deck, title: str, parts: Sequence[Part]) -> None:
    """The parts under the title, on as many slides as they need."""
    room = deck.room
    for place, some in enumerate(_pages(parts, room)):
        more = f" ({deck.say('continued')})" if place else ""
        slide = deck.slide(f"{title}{more}")
        block(deck, slide, some, room.top)


def kicker(deck: Deck, slide: Any, heads: Sequence[str], own: str) -> None:
    """The headings that the slide stands under, small, over its own title."""
    title, tall = slide.shapes.title, Inches(0.32)
    above = " · ".join(head for head in heads if head != own)
    if above:
        top = max(0, title.top - tall)
        box = slide.shapes.add_textbox(title.left, top, title.width, tall)
        _write(box.text_frame, [Line(above, 12, grey=True)])


def block(deck: Deck, slide: Any, found: Sequence[Part], top: int) -> int:
    """The parts one under the other from a height of the slide; where they end.

    Neighbouring lines stand in one box, so that a reader can edit them as a text.
    """
    for is_line, some in groupby(found, key=lambda part: isinstance(part, Line)):
        if is_line:
            top = _box(deck, slide, [part for part in some if isinstance(part, Line)], top)
            continue
        for part in some:
            if isinstance(part, Card):
                _cards(deck, slide, part, top)
                top += int(part.height(deck.room.width))
    return top


def _box(deck: Deck, slide: Any, found: Sequence[Line], top: int) -> int:
    room = deck.room
    tall = height(found, room)
    box = slide.shapes.add_textbox(room.left, Emu(top), room.width, Emu(tall))
    _write(box.text_frame, found)
    return top + tall + AIR


def height(found: Sequence[Part], room: Room) -> int:
    """EMU that the parts take one under the other."""
    return int(sum(part.height(room.width) for part in found))


def few(found: Sequence[Part], room: Room) -> bool:
    """Whether the parts are few enough to share a slide with a table or a chart."""
    return height(found, room) <= FEW * room.height


def _pages(parts: Sequence[Part], room: Room) -> Iterator[list[Part]]:
    page: list[Part] = []
    for part in _short(parts, room):
        if page and height(page, room) + part.height(room.width) > room.height:
            yield page
            page = []
        page.append(part)
    yield page


def _short(parts: Sequence[Part], room: Room) -> Iterator[Part]:
    """The parts, a text that is too long for a slide cut between two words."""
    for part in parts:
        if isinstance(part, Line) and part.height(room.width) > room.height:
            letters = int(room.width / (part.size * LETTER * POINT))
            most = letters * max(1, int(room.height / (part.size * LEADING * POINT)) - 2)
            for piece in textwrap.wrap(part.text, most):
                yield Line(piece, part.size, part.bold, part.italic, part.grey)
        else:
            yield part


def _cards(deck: Deck, slide: Any, card: Card, top: float) -> None:
    room = deck.room
    width = (room.width - (CARDS - 1) * GAP) / CARDS
    for place, fact in enumerate(card.facts):
        row, column = divmod(place, CARDS)
        left = emu(room.left + column * (width + GAP))
        box = slide.shapes.add_textbox(left, emu(top + row * (CARD + GAP)), emu(width), CARD)
        box.text_frame.auto_size = MSO_AUTO_SIZE.NONE
        box.line.color.rgb = _rgb(deck.theme.accent)
        box.line.width = Pt(1.25)
        figure = Line(fact.cell.text, 28 if len(fact.cell.text) < 14 else 18, bold=True)
        _write(box.text_frame, [Line(fact.name, 13, grey=True), figure], Inches(0.12))
        box.text_frame.paragraphs[1].runs[0].font.color.rgb = _rgb(deck.theme.colour)


def _write(frame: Any, found: Sequence[Line], margin: int = 0) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(margin)
    for place, line in enumerate(found):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(line.size * 0.45)
        run = paragraph.add_run()
        run.text = line.text
        font = run.font
        font.size, font.bold, font.italic = Pt(line.size), line.bold, line.italic
        if line.grey:
            font.color.rgb = _rgb(GREY)


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour[1:].upper())
