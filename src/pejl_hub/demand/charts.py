"""Demand and reach as Vega-Lite charts: a dot for the figure, a line for its interval."""

from typing import Any

from django.utils.translation import gettext as _

from pejl.demand.reach import Reach
from pejl_hub.demand.asked_for import DemandPage, direction_word, percent, signed, word
from pejl_hub.status.charts import INK, LINE, PETROL, SOFT, Spec

MOST = 12  # words in the chart; all of them stand in the table
STEP = 26  # pixels a row
FARTHEST = 300.0  # per cent; a longer interval runs out of the chart, and stands in the table


def changes(page: DemandPage) -> Spec | None:
    """The change of what is asked for most often, in per cent; None where nothing compares."""
    rows = [one for one in page.demand.rows if one.change.low is not None][:MOST]
    points = [
        {
            "name": word(one, page.words),
            "value": _within(percent(one.change.ratio)),
            "low": percent(one.change.low),
            "high": _within(percent(one.change.high)) if one.change.high else FARTHEST,
            "now": one.change.now,
            "before": one.change.before,
            "said": f"{signed(one.change.ratio)}, {direction_word(one.change.direction)}",
        }
        for one in rows
    ]
    if not points:
        return None
    tooltip = [
        {"field": "name", "title": _("Subject")},
        {"field": "now", "title": _("This year")},
        {"field": "before", "title": _("Same days last year")},
        {"field": "said", "title": _("The change")},
    ]
    title = _("Change since the same days last year, in per cent, with intervals.")
    return _intervals(points, title, rule=0.0, tooltip=tooltip, axis=_("per cent"))


def places(found: dict[str, Reach], names: dict[str, str]) -> Spec | None:
    """Companies guided per 1,000 workplaces by municipality, in the order of their names."""
    points = [
        {
            "name": names[code],
            "value": round(one.per_thousand, 2),
            "low": one.per_thousand_interval.low if one.per_thousand_interval else None,
            "high": one.per_thousand_interval.high if one.per_thousand_interval else None,
            "now": one.reached,
            "before": one.population,
        }
        for code, one in found.items()
        if one.per_thousand is not None
    ]
    if not points:
        return None
    everybody = sum(point["before"] for point in points)
    tooltip = [
        {"field": "name", "title": _("Municipality")},
        {"field": "now", "title": _("Companies guided")},
        {"field": "before", "title": _("Workplaces")},
        {"field": "value", "title": _("Per 1,000"), "format": ".1f"},
    ]
    mean = 1000 * sum(point["now"] for point in points) / everybody
    title = _("Companies guided per 1,000 workplaces, by municipality, with intervals.")
    return _intervals(points, title, rule=mean, tooltip=tooltip, axis=_("per 1,000 workplaces"))


def _within(value: float | None) -> float | None:
    return None if value is None else min(round(value, 1), FARTHEST)


def _intervals(
    points: list[dict[str, Any]], title: str, *, rule: float, tooltip: list[Spec], axis: str
) -> Spec:
    y = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 170, "domain": False, "ticks": False},
    }
    x = {"type": "quantitative", "axis": {"title": axis, "gridColor": LINE, "tickCount": 5}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "width": "container",
        "height": STEP * len(points),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": points},
        "layer": [
            {
                "data": {"values": [{"rule": round(rule, 3)}]},
                "mark": {"type": "rule", "color": SOFT, "strokeDash": [4, 4]},
                "encoding": {"x": {**x, "field": "rule"}},
            },
            {
                "mark": {"type": "rule", "color": PETROL, "strokeWidth": 2, "opacity": 0.55},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "low"},
                    "x2": {"field": "high"},
                    "tooltip": tooltip,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "color": PETROL},
                "encoding": {"y": y, "x": {**x, "field": "value"}, "tooltip": tooltip},
            },
        ],
        "config": {
            "font": "IBM Plex Sans",
            "background": None,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 13,
                "labelColor": INK,
                "titleColor": SOFT,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
            },
        },
    }
