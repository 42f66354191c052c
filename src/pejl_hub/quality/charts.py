"""The trend of a check as a Vega-Lite chart: a bar for each month's wrong rows."""

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.quality.page import MonthRow
from pejl_hub.status.charts import LINE, PETROL, SOFT, Spec

HEIGHT = 220


def trend(title: str, rows: list[MonthRow]) -> Spec | None:
    """The chart, or None where nothing is wrong in any month."""
    if not any(row.wrong for row in rows):
        return None
    points = [{"month": _short(row.month), "wrong": row.wrong, "share": row.share} for row in rows]
    axis = {"labelFontSize": 13, "labelColor": SOFT, "labelPadding": 8, "ticks": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _("%(check)s: rows by the month of their day.") % {"check": title},
        "width": "container",
        "height": HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": points},
        "mark": {"type": "bar", "color": PETROL, "cornerRadiusEnd": 2, "width": {"band": 0.6}},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": None,
                "axis": {
                    **axis, "title": None, "labelAngle": 0, "labelOverlap": "parity",
                    "domainColor": LINE,
                },
            },
            "y": {
                "field": "wrong",
                "type": "quantitative",
                "axis": {
                    **axis, "title": None, "domain": False, "gridColor": LINE, "tickCount": 4,
                    "format": ",~r", "tickMinStep": 1,
                },
            },
            "tooltip": [
                {"field": "month", "title": _("Month")},
                {"field": "wrong", "title": _("Records")},
                {"field": "share", "title": _("Share")},
            ],
        },
        "config": {"font": "IBM Plex Sans", "background": None, "view": {"stroke": None}},
    }  # fmt: skip


def _short(month: str) -> str:
    name = wording.month(month, language()).split(wording.SPACE)[0]
    return name if len(name) <= 4 else f"{name[:3]}{'' if language() == 'en' else '.'}"
