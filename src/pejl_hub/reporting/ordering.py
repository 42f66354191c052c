"""Pages of the makers: the list with what is due, asking for reports, and following an order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, reaches, require
from pejl_hub.reporting.actions.asking import NoEdition, ask_for
from pejl_hub.reporting.actions.making import STALE, try_again
from pejl_hub.reporting.due import due_reports
from pejl_hub.reporting.forms import AskForm
from pejl_hub.reporting.kinds import TERMS, Kind
from pejl_hub.reporting.lists import REPORTS
from pejl_hub.reporting.models import UNDERWAY, WAITING, Order, State
from pejl_hub.reporting.queries import may_work
from pejl_hub.status.queries import default_day

SECTION = {"section": "reports"}
MOST_UNDER_WAY = 12


@require_safe
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Every report that the user may see; for those who make them, what is due next."""
    require(request.user, Action.SEE_STATUS)
    context = {
        **SECTION,
        "may_make": may(request.user, Action.MAKE_REPORTS),
        "due": due_reports() if may_work(request.user) else [],
        "under_way": _under_way() if may_work(request.user) else [],
    }
    return REPORTS.respond(request, context, template="reporting/list.html")


@dataclass(frozen=True)
class UnderWay:
    """What was asked for in one go and is not out yet, and how many of it stand where."""

    title: str
    as_of: date
    href: str
    states: Sequence[tuple[State, int]]

    @property
    def many(self) -> bool:
        """Whether there is more than one report to speak of."""
        return sum(number for _, number in self.states) > 1


def _under_way() -> list[UnderWay]:
    """The orders of which something is made, waits for approval or for being released."""
    orders = Order.objects.filter(reports__state__in=UNDERWAY).distinct()
    return [_stands(order) for order in orders.prefetch_related("reports")[:MOST_UNDER_WAY]]


def _stands(order: Order) -> UnderWay:
    reports = list(order.reports.all())
    counted = Counter(report.state for report in reports)
    states = [(state, counted[state]) for state in UNDERWAY if counted[state]]
    title = reports[0].title if len(reports) == 1 else order.get_kind_display()
    return UnderWay(title, order.as_of, _place_of(order), states)


@require_safe
def choose_kind(request: HttpRequest) -> HttpResponse:
    """The kinds of report, each with what it is and who may read it."""
    require(request.user, Action.MAKE_REPORTS)
    kinds = [(kind, TERMS[kind]) for kind in Kind]
    return render(request, "reporting/new.html", {**SECTION, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Which date and municipality; by POST, ask the queue for it."""
    require(request.user, Action.MAKE_REPORTS)
    if kind not in Kind.values:
        raise Http404(kind)
    chosen = Kind(kind)
    form = AskForm(chosen, timezone.localdate(), request.POST or None, initial=_initial(request))
    context = {**SECTION, "kind": chosen, "terms": TERMS[chosen], "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "reporting/ask.html", context, status=status)
    try:
        order = ask_for(
            kind=chosen,
            day=form.chosen_day(),
            places=form.chosen_places(),
            language=form.cleaned_data["language"],
            inside=form.cleaned_data.get("inside", False),
            by=request.user,
        )
    except NoEdition:
        context |= {
            "unpublished": form.chosen_day(),
            "may_publish": may(request.user, Action.CLOSE),
        }
        return render(request, "reporting/ask.html", context, status=400)
    except UserError as refusal:
        context["refusal"] = refusal
        return render(request, "reporting/ask.html", context, status=400)
    return redirect(_place_of(order))


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"day": request.GET.get("dato") or default_day().isoformat(), "language": "da"}


def _place_of(order: Order) -> str:
    """Where the order is followed: its one report's page, or its own."""
    only = list(order.reports.all()[:2])
    if len(only) == 1:
        return str(redirect("reporting:report", only[0].key).url)
    return str(redirect("reporting:order", order.key).url)


@require_safe
def show_order(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far the order has come, and what can be done with its reports."""
    require(request.user, Action.SEE_STATUS)
    order = order_for(request, key)
    context = {**SECTION, "order": order, **progress(order), **_rights(request, order)}
    template = "_order" if request.htmx else "order"
    return render(request, f"reporting/{template}.html", context)


def order_for(request: HttpRequest, key: UUID) -> Order:
    """The order, for those who follow reports before they are out; else 404."""
    if not may_work(request.user):
        raise Http404(key)
    return get_object_or_404(Order, key=key)


def progress(order: Order) -> dict[str, Any]:
    """What the parts tell: how many are finished, how many of each state, and who lags."""
    reports = list(order.reports.order_by("place_name", "pk").prefetch_related("files"))
    states = Counter(report.state for report in reports)
    waiting = sum(states[state] for state in WAITING)
    last = max((r.made_at or r.claimed_at or r.asked_at for r in reports), default=order.asked_at)
    return {
        "reports": reports,
        "total": len(reports),
        "finished": len(reports) - waiting,
        "waiting": waiting,
        "failed": states[State.FAILED],
        "to_approve": states[State.MADE],
        "approved": states[State.APPROVED],
        "silent": bool(waiting) and last < timezone.now() - STALE,
    }


def _rights(request: HttpRequest, order: Order) -> dict[str, bool]:
    mine = order.asked_by_id == request.user.pk
    return {
        "may_make": may(request.user, Action.MAKE_REPORTS),
        "may_approve": reaches(request.user, Action.APPROVE_REPORTS, order.asked_by),
        "asked_myself": mine,
    }


@require_POST
def retry(request: HttpRequest, key: UUID) -> HttpResponse:
    """Try what failed once more, and take up what was left behind."""
    require(request.user, Action.MAKE_REPORTS)
    order = order_for(request, key)
    if try_again(order=order, by=request.user):
        messages.success(request, _("The queue takes it up again."))
    return redirect(_place_of(order))
