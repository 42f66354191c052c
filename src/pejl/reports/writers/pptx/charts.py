"""Native charts on slides: whoever edits the slide edits the figures."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from pejl.base.units import UNITS
from pejl.reports.document import Chart
from pejl.reports.writers.native import GRID, Drawn, categories, drawn, from_zero, shown
from pejl.reports.writers.pptx import text
from pejl.reports.writers.pptx.deck import Deck

KINDS = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
}
DASHES = {
    "target": MSO_LINE.DASH,
    "middle": MSO_LINE.ROUND_DOT,
    "edge": MSO_LINE.SQUARE_DOT,
}
MANY = 16  # bars; more need smaller letters


def chart(deck: Deck, heads: Sequence[str], found: Chart, lead: Sequence[text.Part] = ()) -> None:
    """The chart on a slide of its own under its lead, its text alternative in the notes as well."""
    slide = deck.slide(found.title, found.alt)
    text.kicker(deck, slide, heads, found.title)
    room, rows = deck.room, drawn(found, deck.theme)
    top = text.block(deck, slide, [*lead, *_unit(deck, found)], room.top)
    shape = slide.shapes.add_chart(
        KINDS[found.kind], room.left, top, room.width, room.top + room.height - top,
        _data(found, rows),
    )  # fmt: skip
    shape._element._nvXxPr.cNvPr.set("descr", found.alt)
    made = shape.chart
    made.has_title = False
    made.font.size = Pt(9 if len(found.categories) > MANY else 12)
    made.has_legend = len(rows) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
    for series, one in zip(made.plots[0].series, rows, strict=True):
        _look(series, one, found.kind)
    _axes(made, found, rows)


def _unit(deck: Deck, found: Chart) -> list[text.Line]:
    """What is counted; per cent stands at each number."""
    if found.unit not in UNITS or found.unit == "percent":
        return []
    unit = UNITS[found.unit]
    said = unit.da if deck.document.language == "da" else unit.en
    return [text.Line(said[:1].upper() + said[1:], 12, grey=True)]


def _data(found: Chart, rows: list[Drawn]) -> Any:
    data = CategoryChartData(number_format=shown(found))
    data.categories = categories(found)
    for one in rows:
        data.add_series(one.label, one.numbers)
    return data


def _look(series: Any, one: Drawn, kind: str) -> None:
    colour = RGBColor.from_string(one.colour[1:].upper())
    if kind != "line":
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        return
    line = series.format.line
    series.smooth = False
    line.color.rgb = colour
    if one.role == "measured":
        line.width = Pt(2.75)
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour
    else:
        line.width, line.dash_style = Pt(1.75), DASHES[one.role]
        series.marker.style = XL_MARKER_STYLE.NONE


def _axes(made: Any, found: Chart, rows: list[Drawn]) -> None:
    names, values = made.category_axis, made.value_axis
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = RGBColor.from_string(GRID[1:].upper())
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID[1:].upper())
    values.tick_labels.number_format = shown(found)
    values.tick_labels.number_format_is_linked = False
    if from_zero(rows):
        values.minimum_scale = 0
    if found.kind != "line":
        _label(made.plots[0], found)
        values.visible = False
        values.has_major_gridlines = False
        names.reverse_order = found.kind == "bars"


def _label(plot: Any, found: Chart) -> None:
    """Each bar says its figure; a scale beside it would say it again."""
    plot.gap_width = 45
    plot.has_data_labels = True
    plot.data_labels.number_format = shown(found)
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.show_value = True
