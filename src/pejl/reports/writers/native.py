"""What spreadsheets and slides draw natively of a chart: one row of figures for each line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pejl.reports.colours import tint
from pejl.reports.document import Cell, Chart
from pejl.reports.theme import Theme
from pejl.reports.writers.numbers import number

GREY = "#565d60"
GRID = "#dfe3e4"
PALEST = 0.55  # how much paler the last of several measured series is than the first


@dataclass(frozen=True)
class Drawn:
    """One row of figures of a chart, whatever it stood for, and how it is drawn."""

    label: str
    cells: Sequence[Cell | None]
    role: str  # measured | target | middle | edge
    colour: str

    @property
    def numbers(self) -> list[float | None]:
        """The figures, None where there is nothing to draw."""
        return [None if cell is None else number(cell) for cell in self.cells]


def drawn(chart: Chart, theme: Theme) -> list[Drawn]:
    """The series, and a band as its two edges: its inside is likely, never measured."""
    measured = _measured(theme, sum(one.role == "measured" for one in chart.series))
    others = {"target": GREY, "middle": theme.accent}
    series = [
        Drawn(one.label, one.cells, one.role, others.get(one.role) or next(measured))
        for one in chart.series
    ]
    edges = [
        Drawn(f"{band.label} ({sign})", cells, "edge", theme.accent)
        for band in chart.bands
        for sign, cells in (("↓", band.low), ("↑", band.high))
    ]
    return [*series, *edges]


def categories(chart: Chart) -> list[str]:
    """The categories, with the sign of a figure that is missing or withheld.

    A chart draws nothing there, and a spreadsheet's chart would draw a text as zero.
    """
    return [
        " ".join([name, *sorted({cell.text for cell in cells if cell and cell.value is None})])
        for name, *cells in zip(chart.categories, *(one.cells for one in chart.series), strict=True)
    ]


def shown(chart: Chart) -> str:
    """The format of the numbers on the chart."""
    return "0%" if chart.unit == "percent" else "#,##0"


def from_zero(rows: Sequence[Drawn]) -> bool:
    """Whether the scale begins at 0: nothing is below it."""
    return min((n for one in rows for n in one.numbers if n is not None), default=0) >= 0


def _measured(theme: Theme, count: int) -> Iterator[str]:
    for place in range(count):
        yield tint(theme.colour, 1 - PALEST * place / max(1, count - 1))
