"""Demand and reach, page by page. Nothing is counted here: ``pejl.demand`` does."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pejl.demand.change import FEWEST
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.demand import asked_for, charts, forms, reached
from pejl_hub.demand.grid import file
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import breakdowns, goalpage
from pejl_hub.status.charts import Spec, still
from pejl_hub.status.forms import Asked, asked


@require_safe
def show_demand(request: HttpRequest) -> HttpResponse:
    """What companies ask for and in what direction it moves."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = forms.understand(request.GET, request.user)
    page = asked_for.page(ask)
    context = {
        "section": "demand",
        "ask": ask.status,
        "query": ask.query,
        "fields": forms.fields(ask),
        "choices": goalpage.choices(ask.status, request.user),
        "page": page,
        "chart": charts.changes(page),
        "fewest": FEWEST,
        "snapshot": ensure_snapshot(ask.status.day),
    }
    return render(request, "demand/demand.html", context)


@require_safe
def demand_chart(request: HttpRequest) -> HttpResponse:
    """The chart as a still picture, for readers without JavaScript."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    return _still(charts.changes(asked_for.page(forms.understand(request.GET, request.user))))


@require_safe
def download_demand(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """A table of the demand page, exactly its rows, as a file."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = forms.understand(request.GET, request.user)
    page = asked_for.page(ask)
    grid = page.changes if table == page.changes.id else page.split
    return file(grid, form, f"efterspoergsel-{table}-{ask.status.day.isoformat()}")


@require_safe
def show_reach(request: HttpRequest) -> HttpResponse:
    """Who is reached less than their share of the workplaces."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = _everywhere(request)
    page = reached.page(ask)
    context = {
        "section": "reach",
        "ask": ask,
        "page": page,
        "chart": _reach_chart(ask, page),
        "fewest": FEWEST,
        "may_import": may(request.user, Action.IMPORT),
        "snapshot": ensure_snapshot(ask.day),
    }
    return render(request, "demand/reach.html", context)


@require_safe
def reach_chart(request: HttpRequest) -> HttpResponse:
    """The chart as a still picture, for readers without JavaScript."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = _everywhere(request)
    return _still(_reach_chart(ask, reached.page(ask)))


@require_safe
def download_reach(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """A table of the reach page, exactly its rows, as a file."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = _everywhere(request)
    found = {grid.id: grid for grid in reached.page(ask).grids}
    if table not in found:
        raise Http404(table)
    return file(found[table], form, f"raekkevidde-{table}-{ask.day.isoformat()}")


def _everywhere(request: HttpRequest) -> Asked:
    """The page compares the municipalities with each other, and so is of them all."""
    query = request.GET.copy()
    query.pop("kommune", None)
    return asked(query, request.user)


def _reach_chart(ask: Asked, page: reached.ReachPage) -> Spec | None:
    names = {code: breakdowns.label(ask.contract, "municipality", code) for code in page.places}
    return charts.places(dict(page.places), names)


def _still(spec: Spec | None) -> HttpResponse:
    if spec is None:
        raise Http404("chart")
    return HttpResponse(still(spec), content_type="image/svg+xml")
