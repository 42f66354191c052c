"""Theil's index as a Vega-Lite chart: within the groups and between them, one above the other."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl.demand.theil import Theil
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status.charts import INK, LINE, PETROL, SOFT, Spec

PALE = "#9fb8bf"


def course(found: Mapping[str, Theil | None]) -> Spec | None:
    """The index of the year up to the end of each month; None where no month has one."""
    parts = {"within": _("Within the groups"), "between": _("Between the groups")}
    points = [
        {
            "month": wording.month(month, language()).split(wording.SPACE)[0][:3],
            "part": said,
            "value": round(getattr(one, part), 4),
            "order": number,
        }
        for month, one in found.items()
        if one is not None
        for number, (part, said) in enumerate(parts.items())
    ]
    if not points:
        return None
    words = list(parts.values())
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _("Theil's index month by month, within and between groups."),
        "width": "container",
        "height": 240,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": points},
        "mark": {"type": "bar", "size": 22},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": None,
                "axis": {"title": None, "labelAngle": 0, "ticks": False, "domainColor": LINE},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": None, "gridColor": LINE, "domain": False, "tickCount": 4},
            },
            "color": {
                "field": "part",
                "type": "nominal",
                "scale": {"domain": words, "range": [PALE, PETROL]},
                "legend": {"title": None, "orient": "top", "labelFontSize": 13},
            },
            "order": {"field": "order"},
            "tooltip": [
                {"field": "month", "title": _("Month")},
                {"field": "part", "title": _("Part")},
                {"field": "value", "title": _("Index"), "format": ".3f"},
            ],
        },
        "config": {
            "font": "IBM Plex Sans",
            "background": None,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 13, "labelColor": INK, "titleColor": SOFT},
        },
    }
