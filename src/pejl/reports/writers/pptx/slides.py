"""The slides: the front, what matters, one or more for each section, and how it was counted."""

import io
from collections.abc import Sequence
from typing import Any

from pptx.util import Inches, Pt

from pejl.reports.document import Cell, Chart, Column, Section, Table
from pejl.reports.pictures import logo
from pejl.reports.wording import stamped
from pejl.reports.writers.pptx import text
from pejl.reports.writers.pptx.charts import chart
from pejl.reports.writers.pptx.deck import Deck
from pejl.reports.writers.pptx.tables import table

LOGO = Inches(0.8)
Parts = Sequence[text.Part]
Heads = Sequence[str]


class Slides:
    """Writes the document's slides into the deck, in reading order."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck

    def write(self) -> None:
        """Every slide."""
        self._front()
        text.slides(
            self.deck, self.deck.say("summary"), [text.Line(self.deck.document.summary, 22)]
        )
        for section in self.deck.document.sections:
            self._section(section)
        self._definitions()
        self._basis()

    def _front(self) -> None:
        deck = self.deck
        slide = deck.slide(deck.document.title, cover=True)
        below = [one for one in slide.placeholders if one.placeholder_format.idx == 1]
        for placeholder in below:
            lines = [deck.document.subtitle, *deck.theme.contact]
            placeholder.text_frame.text = "\n".join(lines)
            for paragraph in placeholder.text_frame.paragraphs[1:]:
                paragraph.font.size = Pt(14)
        if (found := logo(deck.theme)) is not None:
            left, top = slide.shapes.title.left, Inches(0.6)
            shape = slide.shapes.add_picture(io.BytesIO(found.png), left, top, height=LOGO)
            describe(shape, found.alt)

    def _section(self, section: Section, over: Heads = (), carried: Parts = ()) -> None:
        """``over`` are the headings above it, ``carried`` the few words that stood under them."""
        heads, waiting = (*over, section.heading), list(carried)
        for place, block in enumerate(section.blocks):
            if not isinstance(block, Table | Chart):
                waiting += text.lines([block])
                continue
            rest = section.blocks[place + 1 :]
            tail = () if any(isinstance(one, Table | Chart) for one in rest) else rest
            done = self._figures(heads, waiting, block, text.lines(tail))
            waiting = []
            if tail and done:
                break
        carry = _has_figures(section.sections[:1]) and text.few(waiting, self.deck.room)
        if waiting and not carry:
            text.slides(self.deck, section.heading, waiting)
        for place, inner in enumerate(section.sections):
            self._section(inner, heads, waiting if carry and place == 0 else ())

    def _figures(self, heads: Heads, words: Parts, block: Table | Chart, tail: Parts) -> bool:
        """A table or a chart, its few words over it; many words get a slide before it.

        Whether the section's last words found room under it.
        """
        if not text.few(words, self.deck.room):
            text.slides(self.deck, heads[-1], words)
            words = ()
        if isinstance(block, Table):
            return table(self.deck, heads, block, words, tail)
        chart(self.deck, heads, block, words)
        return False

    def _definitions(self) -> None:
        found = self.deck.document.definitions
        if found:
            say = self.deck.say
            columns = [
                Column(say("goal"), wide=True),
                Column(say("definition"), wide=True),
                Column(say("clause")),
            ]
            rows = [[Cell(one.term), Cell(one.text), Cell(one.clause)] for one in found]
            listed = Table("definitions", say("definitions"), columns, rows)
            table(self.deck, [listed.title], listed)

    def _basis(self) -> None:
        deck = self.deck
        said = [f"{name}: {value}" for name, value in stamped(deck.document, deck.theme)]
        lines = [*said, deck.say("signs.text"), *deck.document.sources]
        text.slides(deck, deck.say("basis"), [text.Line(line, 12) for line in lines])


def _has_figures(sections: Sequence[Section]) -> bool:
    return any(isinstance(block, Table | Chart) for one in sections for block in one.blocks)


def describe(shape: Any, alt: str) -> None:
    """Give the shape its text alternative."""
    shape._element._nvXxPr.cNvPr.set("descr", alt)
