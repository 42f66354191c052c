"""The page from gross to net, and its picture for readers without JavaScript."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pejl.contract.goal import Contract
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.status import charts, goalpage, netpage, queries, upset
from pejl_hub.status.forms import Asked, asked

NET = "net_unique"


@require_safe
def show_net(request: HttpRequest) -> HttpResponse:
    """The gap between the participations and the clients, to the last record."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = asked(request.GET, request.user)
    page = _page(ask)
    found = page.found
    context = {
        "section": "net",
        "ask": ask,
        "choices": goalpage.choices(ask, request.user),
        "page": page,
        "chart": upset.spec(page),
        "joined": netpage.joined(queries.joined_on(found.clients, ask.known)),
        "names": may(request.user, Action.SEE_NAMES),
        "snapshot": queries.standing_on(ask.contract, ask.day, None, ask.known).evaluation.snapshot,
    }
    return render(request, "status/net.html", context)


@require_safe
def show_net_chart(request: HttpRequest) -> HttpResponse:
    """The picture as a still one."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    spec = upset.spec(_page(asked(request.GET, request.user)))
    if spec is None:
        raise Http404("nobody had any service")
    return HttpResponse(charts.still(spec, fit=False), content_type="image/svg+xml")


def _page(ask: Asked) -> netpage.NetPage:
    _require_goal(ask.contract)
    found = queries.overlap_on(ask.contract, ask.day, NET, ask.municipality, ask.known)
    return netpage.page(ask.contract, found)


def _require_goal(contract: Contract) -> None:
    """A contract may promise no net number; then there is no such page."""
    goal = contract.goals.get(NET)
    if goal is None or goal.measure.get("kind") != "distinct" or "goals" not in goal.measure:
        raise Http404(NET)
