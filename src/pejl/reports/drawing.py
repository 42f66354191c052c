"""Draws a chart as SVG: vector on paper and on the web, without styles that a strict CSP refuses.

What is measured is solid, what is promised is dashed, what is likely is an area: never told apart
by colour alone. A hidden cell keeps its sign where its bar would stand.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from pejl.base import wording
from pejl.contract.html import Html, join, tag
from pejl.reports.document import Band, Cell, Chart, Series
from pejl.reports.theme import Theme

WIDTH, HEIGHT = 680, 270
LETTER = 6.3  # the width of a letter of the size below, on average
NARROW_LETTER = 5.6  # of words in small letters alone
SIZE = 12
INK, SOFT, LINE = "#1a1a1a", "#4d5456", "#d5dadb"
BAR, NARROW, LABEL = 15, 23, 30  # a bar's height, a row's height, a label's letters on a line
GUTTER = 62


class Point(NamedTuple):
    """A place on the drawing."""

    x: float
    y: float


def draw(chart: Chart, theme: Theme, language: str = "da", width: int = WIDTH) -> str:
    """The chart as SVG. Whoever places it gives it its text alternative."""
    drawing = Drawing(chart, theme, language, width)
    inside, height = drawing.bars() if chart.kind == "bars" else drawing.standing()
    return tag(
        "svg",
        inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        font_family=f"{theme.font}, sans-serif",
        font_size=str(SIZE),
        fill=INK,
    )


@dataclass(frozen=True)
class Drawing:
    """A chart with what it takes to draw it."""

    chart: Chart
    theme: Theme
    language: str
    width: int = WIDTH

    @property
    def scale(self) -> int:
        """Per cent are drawn as such."""
        return 100 if self.chart.unit == "percent" else 1

    def number(self, cell: Cell | None) -> float | None:
        """What is drawn of a cell; None where there is nothing to draw."""
        if cell is None or not isinstance(cell.value, int | Fraction):
            return None
        return float(cell.value) * self.scale

    def top(self) -> float:
        """The largest number drawn; never 0."""
        ends = [band.high for band in self.chart.bands] + [one.cells for one in self.chart.series]
        found = [n for cells in ends for cell in cells if (n := self.number(cell)) is not None]
        return max([*found, 0.0]) or 1.0

    def bars(self) -> tuple[Html, int]:
        """Lying bars, one below the other."""
        cells, top = self.chart.series[0].cells, self.top()
        labels = [textwrap.wrap(name, LABEL) or [""] for name in self.chart.categories]
        longest = max((len(line) for label in labels for line in label), default=0)
        left = longest * LETTER + 14
        room = self.width - left - max((len(c.text) for c in cells if c), default=0) * LETTER - 14
        rows, y = [], 4.0
        for label, cell in zip(labels, cells, strict=True):
            high = max(NARROW, 14 * len(label) + 8)
            rows.append(self._bar(label, cell, Point(left, y), high, room / top))
            y += high
        axis = _line(Point(left, 2), Point(left, y), SOFT)
        return join(*rows, axis), math.ceil(y) + 4

    def _bar(
        self, label: Sequence[str], cell: Cell | None, at: Point, high: float, unit: float
    ) -> Html:
        middle, n = at.y + high / 2, self.number(cell)
        first = middle - 7 * (len(label) - 1) + 4
        names = [
            _text(Point(at.x - 8, first + 14 * place), line, anchor="end")
            for place, line in enumerate(label)
        ]
        width = max(0.0, (n or 0) * unit)
        drawn = [] if n is None else [_box(Point(at.x, middle - BAR / 2), width, BAR, self._fill)]
        said = _text(Point(at.x + width + 6, middle + 4), cell.text if cell else "", SOFT)
        return join(*names, *drawn, said)

    @property
    def _fill(self) -> str:
        return self.theme.colour

    def standing(self) -> tuple[Html, int]:
        """Lines, or standing columns, over an axis of categories."""
        frame = Frame(
            self.top(), len(self.chart.categories), self.chart.kind == "columns", self.width
        )
        grid = [self._grid(frame, tick) for tick in frame.ticks]
        names = self._names(frame)
        bands = [self._band(frame, band) for band in self.chart.bands]
        draws = self._columns if self.chart.kind == "columns" else self._series
        drawn = [draws(frame, one) for one in reversed(self.chart.series)]
        return join(*grid, *names, *bands, *drawn, self._legend()), HEIGHT

    def _grid(self, frame: "Frame", tick: float) -> Html:
        y = frame.y(tick)
        decimals = 0 if float(tick).is_integer() else 1
        said = wording.number(tick, decimals, self.language)
        said += "%" if self.scale == 100 else ""
        line = _line(Point(GUTTER, y), Point(self.width - 8, y), LINE)
        return join(line, _text(Point(GUTTER - 8, y + 4), said, SOFT, "end"))

    def _names(self, frame: "Frame") -> list[Html]:
        return [
            _text(Point(frame.x(place), HEIGHT - 10), name, SOFT, "middle")
            for place, name in enumerate(self.chart.categories)
        ]

    def _band(self, frame: "Frame", band: Band) -> Html:
        places = [
            (place, low, high)
            for place, (a, b) in enumerate(zip(band.low, band.high, strict=True))
            if (low := self.number(a)) is not None and (high := self.number(b)) is not None
        ]
        up = [Point(frame.x(place), frame.y(high)) for place, _, high in places]
        down = [Point(frame.x(place), frame.y(low)) for place, low, _ in reversed(places)]
        return _shape("polygon", [*up, *down], fill=self.theme.accent, fill_opacity="0.35")

    def _series(self, frame: "Frame", one: Series) -> Html:
        numbers = [self.number(cell) for cell in one.cells]
        points = [
            Point(frame.x(place), frame.y(n)) for place, n in enumerate(numbers) if n is not None
        ]
        if one.role == "target":
            return _shape(
                "polyline", points, fill="none", stroke=SOFT, stroke_width="2",
                stroke_dasharray="6 4",
            )  # fmt: skip
        if one.role == "middle":
            return _shape(
                "polyline", points, fill="none", stroke=self.theme.accent, stroke_width="2",
                stroke_dasharray="1 4",
            )  # fmt: skip
        line = _shape(
            "polyline", points, fill="none", stroke=self.theme.colour, stroke_width="3",
            stroke_linejoin="round",
        )  # fmt: skip
        return join(line, *(_dot(point, self.theme.colour) for point in points))

    def _columns(self, frame: "Frame", one: Series) -> Html:
        wide = min(34.0, frame.step * 0.6)
        drawn = []
        for place, cell in enumerate(one.cells):
            n, x = self.number(cell), frame.x(place)
            y = frame.y(n or 0)
            if n is not None:
                drawn.append(_box(Point(x - wide / 2, y), wide, frame.y(0) - y, self._fill))
            drawn.append(_text(Point(x, y - 5), cell.text if cell else "", SOFT, "middle"))
        return join(*drawn)

    def _legend(self) -> Html:
        """Each line by its look and its name; one alone needs no legend."""
        entries: list[Series | Band] = [*self.chart.series, *self.chart.bands]
        if len(entries) < 2:
            return Html("")
        drawn, x = [], float(GUTTER)
        for entry in entries:
            drawn += [self._key(entry, x), _text(Point(x + 31, 16), entry.label)]
            x += 31 + len(entry.label) * NARROW_LETTER + 16
        return join(*drawn)

    def _key(self, entry: Series | Band, x: float) -> Html:
        if isinstance(entry, Band):
            return _box(Point(x, 6), 26, 12, self.theme.accent, opacity="0.35")
        dash = {"target": "6 4", "middle": "1 4"}.get(entry.role)
        colour = SOFT if entry.role == "target" else self.theme.colour
        width = "2" if entry.role == "target" else "3"
        return _line(Point(x, 12), Point(x + 26, 12), colour, width=width, dash=dash)


@dataclass(frozen=True)
class Frame:
    """From numbers and categories to places on the drawing."""

    top: float
    categories: int
    columns: bool
    width: int = WIDTH

    @property
    def ticks(self) -> list[float]:
        """Round numbers from 0 to just above the top."""
        step = _round_step(self.top / 4)
        return [step * place for place in range(math.ceil(self.top / step) + 1)]

    @property
    def step(self) -> float:
        """The width of a category."""
        return (self.width - GUTTER - 16) / self.categories

    def x(self, place: int) -> float:
        """The middle of a category."""
        return GUTTER + self.step * (place + 0.5)

    def y(self, number: float) -> float:
        """The height of a number."""
        low, high = HEIGHT - 30.0, 34.0
        return low - (low - high) * number / self.ticks[-1]


def _round_step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 and 10 times a power of ten; counts have no step below one."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(f * power for f in (1, 2, 2.5, 5, 10) if f * power >= rough * 0.999)


def _text(at: Point, said: str, colour: str = INK, anchor: str | None = None) -> Html:
    return tag("text", said, x=_n(at.x), y=_n(at.y), fill=colour, text_anchor=anchor)


def _line(a: Point, b: Point, colour: str, *, width: str = "1", dash: str | None = None) -> Html:
    return tag(
        "line", x1=_n(a.x), y1=_n(a.y), x2=_n(b.x), y2=_n(b.y), stroke=colour,
        stroke_width=width, stroke_dasharray=dash,
    )  # fmt: skip


def _box(at: Point, wide: float, high: float, colour: str, opacity: str | None = None) -> Html:
    return tag(
        "rect", x=_n(at.x), y=_n(at.y), width=_n(wide), height=_n(high), fill=colour,
        fill_opacity=opacity,
    )  # fmt: skip


def _shape(name: str, points: Sequence[Point], **look: str) -> Html:
    return tag(name, points=" ".join(f"{_n(x)},{_n(y)}" for x, y in points), **look)


def _dot(at: Point, colour: str) -> Html:
    return tag("circle", cx=_n(at.x), cy=_n(at.y), r="4", fill=colour)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
