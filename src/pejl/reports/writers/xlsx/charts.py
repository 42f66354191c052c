"""The document's charts as native charts, each beside the figures that it draws."""

from collections.abc import Sequence
from typing import Any

from pejl.base.units import UNITS
from pejl.reports.document import Chart
from pejl.reports.writers.native import GRID, Drawn, categories, drawn, from_zero, shown
from pejl.reports.writers.xlsx.book import Book

KINDS = {"line": "line", "bars": "bar", "columns": "column"}
DASHES = {"target": "dash", "middle": "round_dot", "edge": "square_dot"}
ROW = 20  # pixels
WIDTH, HEIGHT, BAR = 720, 360, 22
FONT = {"size": 9, "color": "#333333"}


def charts(book: Book) -> None:
    """A sheet with all charts, one under the other; no sheet when there are none."""
    found = list(book.document.charts())
    if not found:
        return
    sheet = book.sheet(book.label("charts"))
    book.title(sheet, book.label("charts"))
    sheet.set_column(0, 0, 26)
    widest = max(len(drawn(chart, book.theme)) for chart in found)
    sheet.set_column(1, widest, 14)
    row = 2
    for chart in found:
        row = _chart(book, sheet, row, chart, widest + 2)


def _chart(book: Book, sheet: Any, row: int, chart: Chart, right: int) -> int:
    book.text(sheet, row, 0, chart.title, book.format(bold=True, font_color=book.theme.colour))
    rows = drawn(chart, book.theme)
    _figures(book, sheet, row + 1, chart, rows)
    picture = book.workbook.add_chart({"type": KINDS[chart.kind]})
    for column, one in enumerate(rows, start=1):
        look = _look(one, chart.kind)
        if chart.kind == "bars":
            look["data_labels"] = {"value": True, "num_format": shown(chart), "font": FONT}
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
            if cell is not None and cell.value is not None:
                book.cell(sheet, place, column, cell, **book.line(), align="right")
    for place, category in enumerate(categories(chart), start=row + 1):
        book.text(sheet, place, 0, category, book.format(**book.line()))


def _where(sheet: Any, row: int, column: int, count: int) -> dict[str, object]:
    first, last = row + 1, row + count
    return {
        "name": [sheet.name, row, column],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, column, last, column],
    }


def _look(one: Drawn, kind: str) -> dict[str, object]:
    if kind != "line":
        return {"fill": {"color": one.colour}, "gap": 40}
    if one.role == "measured":
        edge, fill = {"color": one.colour}, {"color": one.colour}
        marker = {"type": "circle", "size": 5, "fill": fill, "border": edge}
        return {"line": {"color": one.colour, "width": 2.5}, "marker": marker}
    line = {"color": one.colour, "width": 1.5, "dash_type": DASHES[one.role]}
    return {"line": line, "marker": {"type": "none"}}


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
    return {
        "num_font": FONT,
        "num_format": shown(chart),
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
        "line": {"none": True},
        "name": unit,
        "name_font": {**FONT, "bold": False},
        **({"min": 0} if from_zero(rows) else {}),
    }
