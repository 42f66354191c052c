"""The document's charts as native charts, each beside the figures that it draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pejl.base.units import UNITS
from pejl.reports.colours import tint
from pejl.reports.document import Cell, Chart
from pejl.reports.theme import Theme
from pejl.reports.writers.numbers import number
from pejl.reports.writers.xlsx.book import GREY, Book

KINDS = {"line": "line", "bars": "bar", "columns": "column"}
ROW = 20  # pixels
WIDTH, HEIGHT, BAR = 720, 360, 22
FONT = {"size": 9, "color": "#333333"}


@dataclass(frozen=True)
class Drawn:
    """One row of figures of a chart, whatever it stood for, and how it is drawn."""

    label: str
    cells: Sequence[Cell | None]
    role: str  # measured | target | middle | edge


def charts(book: Book) -> None:
    """A sheet with all charts, one under the other; no sheet when there are none."""
    found = list(book.document.charts())
    if not found:
        return
    sheet = book.sheet(book.label("charts"))
    book.title(sheet, book.label("charts"))
    sheet.set_column(0, 0, 26)
    widest = max(len(drawn(chart)) for chart in found)
    sheet.set_column(1, widest, 14)
    row = 2
    for chart in found:
        row = _chart(book, sheet, row, chart, widest + 2)


def drawn(chart: Chart) -> list[Drawn]:
    """The series, and a band as its two edges: its inside is likely, never measured."""
    series = [Drawn(one.label, one.cells, one.role) for one in chart.series]
    edges = [
        Drawn(f"{band.label} ({sign})", cells, "edge")
        for band in chart.bands
        for sign, cells in (("↓", band.low), ("↑", band.high))
    ]
    return [*series, *edges]


def colours(theme: Theme, measured: int) -> Iterator[str]:
    """A colour for each of so many measured series, from the theme's own to paler ones."""
    for place in range(measured):
        yield tint(theme.colour, 1 - 0.55 * place / max(1, measured - 1) if measured > 1 else 1)


def _chart(book: Book, sheet: Any, row: int, chart: Chart, right: int) -> int:
    book.text(sheet, row, 0, chart.title, book.format(bold=True, font_color=book.theme.colour))
    rows = drawn(chart)
    _figures(book, sheet, row + 1, chart, rows)
    picture = book.workbook.add_chart({"type": KINDS[chart.kind]})
    measured = colours(book.theme, sum(1 for one in rows if one.role == "measured"))
    for column, one in enumerate(rows, start=1):
        look = _look(one.role, book.theme, chart.kind, measured)
        if chart.kind == "bars":
            look["data_labels"] = {"value": True, "num_format": _shown(chart), "font": FONT}
        picture.add_series({**_where(sheet, row + 1, column, len(chart.categories)), **look})
    title = {"name": book.theme.office_font, "size": 12, "bold": True}
    picture.set_title({"name": chart.title, "name_font": title})
    height = _set_up(picture, chart, rows)
    sheet.insert_chart(row, right, picture, {"description": chart.alt, "object_position": 2})
    return row + max(len(chart.categories) + 2, -(-height // ROW)) + 2


def _figures(book: Book, sheet: Any, row: int, chart: Chart, rows: Sequence[Drawn]) -> None:
    sheet.set_row(row, 32)
    book.text(sheet, row, 0, "", book.head())
    for column, one in enumerate(rows, start=1):
        book.text(sheet, row, column, one.label, book.head(align="right"))
        for place, cell in enumerate(one.cells, start=row + 1):
            if cell is not None:
                book.cell(sheet, place, column, cell, **book.line(), align="right")
    for place, category in enumerate(chart.categories, start=row + 1):
        book.text(sheet, place, 0, category, book.format(**book.line()))


def _where(sheet: Any, row: int, column: int, count: int) -> dict[str, object]:
    first, last = row + 1, row + count
    return {
        "name": [sheet.name, row, column],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, column, last, column],
    }


def _look(role: str, theme: Theme, kind: str, measured: Iterator[str]) -> dict[str, object]:
    if role == "measured":
        colour = next(measured)
        if kind != "line":
            return {"fill": {"color": colour}, "gap": 40}
        marker = {"type": "circle", "size": 5, "fill": {"color": colour}}
        marker["border"] = {"color": colour}
        return {"line": {"color": colour, "width": 2.5}, "marker": marker}
    colour = GREY if role == "target" else theme.accent
    dash = {"target": "dash", "middle": "round_dot"}.get(role, "square_dot")
    if kind != "line":
        return {"fill": {"color": colour}}
    return {"line": {"color": colour, "width": 1.5, "dash_type": dash}, "marker": {"type": "none"}}


def _set_up(picture: Any, chart: Chart, rows: Sequence[Drawn]) -> int:
    lying = chart.kind == "bars"
    height = max(HEIGHT, 90 + BAR * len(chart.categories)) if lying else HEIGHT
    names = {"num_font": FONT, "line": {"color": "#b0b8bb"}, "major_tick_mark": "none"}
    if lying:
        # Excel counts a bar chart's names from the bottom, and its value axis stands upright here.
        picture.set_y_axis({**names, "reverse": True, "interval_unit": 1})
        picture.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    else:
        picture.set_x_axis(names)
        picture.set_y_axis(_values(chart, rows))
    picture.set_legend({"none": True} if len(rows) == 1 else {"position": "bottom", "font": FONT})
    picture.set_size({"width": WIDTH, "height": height})
    picture.show_blanks_as("gap")
    return height


def _values(chart: Chart, rows: Sequence[Drawn]) -> dict[str, object]:
    unit = UNITS[chart.unit].da if chart.unit in UNITS and chart.unit != "percent" else ""
    values = [number(cell) or 0 for one in rows for cell in one.cells if cell is not None]
    return {
        "num_font": FONT,
        "num_format": _shown(chart),
        "major_gridlines": {"visible": True, "line": {"color": "#dfe3e4"}},
        "line": {"none": True},
        "name": unit,
        "name_font": {**FONT, "bold": False},
        **({"min": 0} if min(values, default=0) >= 0 else {}),
    }


def _shown(chart: Chart) -> str:
    return "0%" if chart.unit == "percent" else "#,##0"
