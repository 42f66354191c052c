"""The goal's year as a Vega-Lite chart: the figure month by month against the target's path."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.standing.forecast import Band
from pejl.standing.result import GoalStanding
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status import present
from pejl_hub.status.kept import Kept

Spec = dict[str, Any]
DRAWN = Kept(128)
PETROL, INK, SOFT, LINE = "#0f4c5c", "#1a1a1a", "#565d60", "#dfe3e4"
AMBER, BROWN = "#c98a2b", "#7a4a00"  # what is estimated, beside the petrol of what was measured


Fan = Mapping[str, Band]
NO_FAN: Fan = {}


def months(item: GoalStanding, fan: Fan = NO_FAN) -> list[str]:
    """Every month that the chart shows, in order."""
    return sorted({*item.path, *item.measured.cumulative, *fan})


def spec(item: GoalStanding, fan: Fan = NO_FAN) -> Spec | None:
    """The chart, with the fan of the forecast, or None where there is no figure by month."""
    points = _points(item, fan)
    if not any(point["value"] is not None for point in points):
        return None
    names = [point["month"] for point in points]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _alt(fan) % {"goal": present.text(item.goal.label)},
        "width": "container",
        "height": 300,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": points},
        "layer": [*_fan(fan, names), *_path(item, names), *_figure(item, names)],
        "config": _config(),
    }


def _alt(fan: Fan) -> str:
    if fan:
        return _("%(goal)s, month by month, with the target's path and the forecast's fan.")
    return _("%(goal)s, month by month, with the target's path.")


def _points(item: GoalStanding, fan: Fan) -> list[dict[str, Any]]:
    scale = 100 if item.goal.unit == "percent" else 1
    return [
        {
            "month": _short(month),
            "value": _float(item.measured.cumulative.get(month), scale),
            "path": None if month not in item.path else round(float(item.path[month]) * scale, 3),
            "value_text": _text(item, month),
            "path_text": present.amount(item.path[month], item.goal.unit)
            if month in item.path
            else "",
            **_estimated(item, month, fan, scale),
        }
        for month in months(item, fan)
    ]


def _estimated(item: GoalStanding, month: str, fan: Fan, scale: int) -> dict[str, Any]:
    """The fan at the month's end; it opens where the last whole month was measured."""
    if not fan:
        return {}
    if month in fan:
        return {
            **{k: round(float(v) * scale, 3) for k, v in vars(fan[month]).items()},
            "band_text": _("%(low)s to %(high)s")
            % {
                "low": present.amount(fan[month].low, item.goal.unit),
                "high": present.amount(fan[month].high, item.goal.unit),
            },
        }
    whole = max((m for m in item.measured.cumulative if m < min(fan)), default=None)
    if month != whole:
        return {}
    value = _float(item.measured.cumulative[month], scale)
    return dict.fromkeys(("low", "lower", "mid", "upper", "high"), value)


def _float(figure: Any, scale: int) -> float | None:
    value: Fraction | None = getattr(figure, "value", None)
    return None if value is None else round(float(value) * scale, 3)


def _text(item: GoalStanding, month: str) -> str:
    figure = item.measured.cumulative.get(month)
    return "" if figure is None else present.shown(figure, item.goal.unit).value


def _short(month: str) -> str:
    name = wording.month(month, language()).split(wording.SPACE)[0]
    return name if len(name) <= 4 else f"{name[:3]}{'' if language() == 'en' else '.'}"


def _x(names: Sequence[str]) -> Spec:
    """The months in their order, which a layer that lacks the first of them would lose."""
    scale = {"domain": list(names)}
    return {"field": "month", "type": "ordinal", "scale": scale, "axis": {"title": None}}


def _y() -> Spec:
    return {"type": "quantitative", "axis": {"title": None}, "scale": {"zero": True, "nice": True}}


def _fan(fan: Fan, names: Sequence[str]) -> list[Spec]:
    """Two bands, the likelier the darker, and a dotted middle: not drawn as what was measured."""
    if not fan:
        return []
    known = [{"filter": "isValid(datum.low)"}]
    tooltip = [
        {"field": "month", "title": _("Month")},
        {"field": "band_text", "title": _("Forecast, 80 of 100")},
    ]
    bands: list[Spec] = [
        {
            "transform": known,
            "mark": {"type": "area", "color": AMBER, "opacity": opacity},
            "encoding": {
                "x": _x(names),
                "y": {**_y(), "field": low},
                "y2": {"field": high},
                "tooltip": tooltip,
            },
        }
        for low, high, opacity in (("low", "high", 0.22), ("lower", "upper", 0.38))
    ]
    middle = {
        "transform": known,
        "mark": {
            "type": "line",
            "color": BROWN,
            "strokeWidth": 2,
            "strokeDash": [1, 4],
            "strokeCap": "round",
        },
        "encoding": {"x": _x(names), "y": {**_y(), "field": "mid"}},
    }
    return [*bands, middle]


def _path(item: GoalStanding, names: Sequence[str]) -> list[Spec]:
    if not item.path:
        return []
    encoding = {"x": _x(names), "y": {**_y(), "field": "path"}}
    return [
        {
            "mark": {"type": "line", "strokeDash": [5, 4], "color": SOFT, "strokeWidth": 2},
            "encoding": encoding,
        }
    ]


def _figure(item: GoalStanding, names: Sequence[str]) -> list[Spec]:
    encoding = {
        "x": _x(names),
        "y": {**_y(), "field": "value"},
        "tooltip": [
            {"field": "month", "title": _("Month")},
            {"field": "value_text", "title": _("Figure")},
            *([{"field": "path_text", "title": _("Target's path")}] if item.path else []),
        ],
    }
    area = {"type": "area", "color": PETROL, "opacity": 0.08}
    line = {
        "type": "line",
        "color": PETROL,
        "strokeWidth": 3,
        "point": {"filled": True, "size": 64, "color": PETROL},
    }
    return [{"mark": area, "encoding": encoding}, {"mark": line, "encoding": encoding}]


def _config() -> Mapping[str, Any]:
    font = "IBM Plex Sans"
    axis = {"labelFontSize": 13, "labelColor": SOFT, "labelPadding": 8, "ticks": False}
    return {
        "font": font,
        "background": None,
        "view": {"stroke": None},
        "axisX": {
            **axis,
            "labelAngle": 0,
            "labelOverlap": "parity",
            "domainColor": LINE,
            "grid": False,
        },
        "axisY": {**axis, "domain": False, "gridColor": LINE, "tickCount": 5, "format": ",~r"},
    }


def still(spec_: Spec, *, fit: bool = True) -> str:
    """The chart as SVG, drawn here with Danish numbers; fitted to a page unless it has a size."""
    page = {"width": 720, "autosize": {"type": "fit", "contains": "padding"}} if fit else {}
    drawn = {**spec_, **page}
    number_marks = "da-DK" if language() == "da" else "en-US"
    key = (number_marks, json.dumps(drawn, sort_keys=True))
    return DRAWN.get(key, lambda: _draw(drawn, number_marks))


def _draw(spec_: Spec, number_marks: str) -> str:
    # Loaded late: the converter starts a JavaScript engine, which most pages never need.
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec_, format_locale=number_marks))
