"""The page from gross to net, and its picture for readers without JavaScript."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pejl.contract.goal import Goal
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.status import charts, goalpage, netpage, queries, upset
from pejl_hub.status.forms import Asked, asked


@require_safe
def show_net(request: HttpRequest) -> HttpResponse:
    """The gap between the participations and the clients, to the last record."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    ask = asked(request.GET, request.user)
    net = netpage.net_goal(ask.contract)
    if net is None:
        return render(request, "status/no_net.html", {"section": "net", "ask": ask})
    page = _page(ask, net)
    found = page.found
    context = {
        "section": "net",
        "ask": ask,
        "choices": goalpage.choices(ask, request.user),
        "page": page,
        "net": net,
        "gross": netpage.gross_goal(ask.contract, net),
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
    ask = asked(request.GET, request.user)
    net = netpage.net_goal(ask.contract)
    if net is None:
        raise Http404("the contract has no net number")
    spec = upset.spec(_page(ask, net))
    if spec is None:
        raise Http404("nobody had any service")
    return HttpResponse(charts.still(spec, fit=False), content_type="image/svg+xml")


def _page(ask: Asked, net: Goal) -> netpage.NetPage:
    found = queries.overlap_on(ask.contract, ask.day, net.id, ask.municipality, ask.known)
    return netpage.page(ask.contract, found)
