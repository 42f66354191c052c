"""Which services clients share, as an upset chart: a row a combination, a dot a service."""

from typing import Any

from django.utils.translation import gettext as _

from pejl.base import wording
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status.charts import INK, LINE, PETROL, SOFT, Spec
from pejl_hub.status.netpage import NetPage

STEP, DOTS, BARS = 28, 34, 190  # pixels: a row, a service's column, the longest bar


def spec(page: NetPage) -> Spec | None:
    """The chart, or None where nobody had any service."""
    if not page.regions:
        return None
    letters = [service.letter for service in page.services]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _alt(page),
        "spacing": 8,
        "hconcat": [_matrix(page, letters), _bars(page)],
        "config": {
            "font": "IBM Plex Sans",
            "background": None,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 14,
                "labelColor": INK,
                "domain": False,
                "ticks": False,
                "grid": False,
            },
        },
    }


def _alt(page: NetPage) -> str:
    """What the picture shows, for those who do not see it."""
    first = page.regions[0]
    words = {
        "net": wording.number(page.found.net, 0, language()),
        "clients": wording.number(first.clients, 0, language()),
        "services": first.label,
        "several": wording.number(
            sum(one.clients for one in page.regions if len(one.letters) > 1), 0, language()
        ),
    }
    return (
        _(
            "%(net)s clients by the services they had. Most, %(clients)s, had only %(services)s; "
            "%(several)s had more than one."
        )
        if len(first.letters) == 1
        else _(
            "%(net)s clients by the services they had. Most, %(clients)s, had %(services)s; "
            "%(several)s had more than one."
        )
    ) % words


def _y() -> Spec:
    return {"field": "row", "type": "ordinal", "axis": None}


def _matrix(page: NetPage, letters: list[str]) -> Spec:
    dots = [
        {"row": row, "service": letter, "had": letter in region.letters}
        for row, region in enumerate(page.regions)
        for letter in letters
    ]
    lines = [
        {"row": row, "first": region.letters[0], "last": region.letters[-1]}
        for row, region in enumerate(page.regions)
    ]
    x = {
        "field": "service",
        "type": "ordinal",
        "axis": {"title": None, "orient": "top", "labelAngle": 0, "labelFontWeight": "bold"},
    }
    return {
        "width": DOTS * len(letters),
        "height": {"step": STEP},
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
                "encoding": {"y": _y(), "x": {**x, "field": "first"}, "x2": {"field": "last"}},
            },
            {
                "data": {"values": dots},
                "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1},
                "encoding": {
                    "y": _y(),
                    "x": x,
                    "color": {
                        "condition": {"test": "datum.had", "value": INK},
                        "value": LINE,
                    },
                },
            },
        ],
    }


def _bars(page: NetPage) -> Spec:
    values: list[dict[str, Any]] = [
        {
            "row": row,
            "clients": region.clients,
            "said": wording.number(region.clients, 0, language()),
            "services": region.label,
        }
        for row, region in enumerate(page.regions)
    ]
    x = {"field": "clients", "type": "quantitative", "axis": None}
    tooltip = [
        {"field": "services", "title": _("Services")},
        {"field": "said", "title": _("Clients")},
    ]
    return {
        "width": BARS,
        "height": {"step": STEP},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "bar", "color": PETROL, "height": 16},
                "encoding": {"y": _y(), "x": x, "tooltip": tooltip},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "color": SOFT},
                "encoding": {"y": _y(), "x": x, "text": {"field": "said"}},
            },
        ],
    }
