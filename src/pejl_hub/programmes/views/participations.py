"""One course or grant: recording it, its page, moving it on, undoing, correcting."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from pejl.aid.total import AidTotal
from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.companies.models import Company, Person
from pejl_hub.companies.search import find_clients
from pejl_hub.programmes import terms
from pejl_hub.programmes.actions import correct, move, record, undo_last
from pejl_hub.programmes.actions.moves import remarks_on
from pejl_hub.programmes.actions.recording import draft
from pejl_hub.programmes.aid import aid_of
from pejl_hub.programmes.clients import client_of, facts_on
from pejl_hub.programmes.forms import CorrectForm, MoveForm, NewForm
from pejl_hub.programmes.listing import hidden
from pejl_hub.programmes.models import GrantState, Participation
from pejl_hub.programmes.transitions import AMOUNT_OF, NEXT

FORMS = ["GET", "HEAD", "POST"]
OFFERED = 10
# What a move is called on its button, and the order of the buttons.
DOES = {
    GrantState.OFFERED: gettext_lazy("Offer"),
    GrantState.COMMITTED: gettext_lazy("Commit"),
    GrantState.RUNNING: gettext_lazy("Start"),
    GrantState.COMPLETED: gettext_lazy("Complete"),
    GrantState.PAID: gettext_lazy("Pay out"),
    GrantState.REFUSED: gettext_lazy("Refuse"),
    GrantState.WITHDRAWN: gettext_lazy("Withdraw"),
}


@dataclass(frozen=True)
class Step:
    """A move that may be made: where to, what it is called, and whether it ends the life."""

    to: str
    label: str
    ends: bool


@require_http_methods(FORMS)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the client; then record what it applies for."""
    require(request.user, Action.RECORD_PROGRAMMES)
    key = request.GET.get("client", "")
    client = client_of(key)
    if client is None:
        return _choose(request, missing=bool(key))
    first = {"on": timezone.localdate(), "round": request.GET.get("round")}
    form = NewForm(_sent(request), initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.said(client)
        reason = form.cleaned_data["reason"]
        try:
            obj = draft(said)
            remarks = terms.on_application(obj, on=said.on, amount=said.amount, own=said.own)
            if form.may_pass(remarks):
                made = record(by=request.user, said=said, reason=reason)
                messages.success(request, _("The application is recorded."))
                return redirect("programmes:participation", number=made.pk)
        except UserError as refusal:
            form.refused(refusal)
    context = {"form": form, "client": client, "facts": facts_on(client, timezone.localdate())}
    context |= {"aid": _aid_now(client), "key": key}
    return _page(request, "programmes/new.html", context)


def _choose(request: HttpRequest, *, missing: bool) -> HttpResponse:
    """Find the client by CVR number or part of a name; each that is found is a link."""
    text = request.GET.get("q", "").strip()[:100]
    found = find_clients(text, limit=OFFERED) if text else []
    context = {"q": text, "found": found, "missing": missing, "round": request.GET.get("round", "")}
    return _page(request, "programmes/choose.html", context)


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One course or grant: its state, sums and history, and what may be done next."""
    require(request.user, Action.USE_DESK)
    obj = get_object_or_404(_all(), pk=number)
    records = may(request.user, Action.RECORD_PROGRAMMES)
    changes = list(obj.changes.select_related("by"))
    moved = bool(changes) and changes[-1].to_state == obj.state and obj.edited_at is not None
    context = {
        "obj": obj,
        "changes": changes,
        "applied_on": changes[0].stated_before if changes else obj.stated_on,
        "steps": _steps(obj) if records else [],
        "may_record": records,
        "may_undo": records and moved,
        "names": not hidden(request.user),
        "aid": _aid_now(obj.company or obj.person) if terms.is_aid(obj) else None,
        "aid_day": obj.committed_on or (obj.stated_on if terms.counted(obj) else None),
        "total_cost": _cost(obj),
    }
    return _page(request, "programmes/participation.html", context)


@require_http_methods(FORMS)
def move_on(request: HttpRequest, number: int, to: str) -> HttpResponse:
    """Move it to the next state: who decided, when and why, and the amount."""
    require(request.user, Action.RECORD_PROGRAMMES)
    obj = get_object_or_404(_all(), pk=number)
    if to not in NEXT[obj.state]:
        messages.warning(request, _("It has another state now. Look again."))
        return redirect("programmes:participation", number=number)
    form = MoveForm(_sent(request), obj=obj, to=to, initial=_first(request, obj, to))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        on, amount = said["on"], said.get("amount")
        try:
            if form.may_pass(remarks_on(obj, to=to, on=on, amount=amount)):
                move(
                    by=request.user,
                    participation=obj,
                    to=to,
                    on=on,
                    reason=said["why"],
                    amount=amount,
                    decided_by=said["decided_by"],
                )
                messages.success(request, _("Saved."))
                return redirect("programmes:participation", number=number)
        except UserError as refusal:
            form.refused(refusal)
    context = {
        "obj": obj,
        "form": form,
        "to": to,
        "title": DOES[GrantState(to)],
        "ends": to in (GrantState.REFUSED, GrantState.WITHDRAWN),
    }
    return _page(request, "programmes/move.html", context)


@require_http_methods(FORMS)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then take the last move back."""
    require(request.user, Action.RECORD_PROGRAMMES)
    obj = get_object_or_404(_all(), pk=number)
    form = WithReason(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            undo_last(by=request.user, participation=obj, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The last move is taken back."))
            return redirect("programmes:participation", number=number)
    context = {"obj": obj, "form": form, "last": obj.changes.last()}
    return _page(request, "programmes/undo.html", context)


@require_http_methods(FORMS)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Correct amounts, the journal number and the facts of the day; the reason is told."""
    require(request.user, Action.RECORD_PROGRAMMES)
    obj = get_object_or_404(_all(), pk=number)
    form = CorrectForm(_sent(request), instance=obj)
    if request.method == "POST" and form.is_valid():
        try:
            correct(
                by=request.user,
                participation=obj,
                values=form.values(),
                reason=form.cleaned_data["why"],
            )
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:participation", number=number)
    return _page(request, "programmes/correct.html", {"obj": obj, "form": form})


def _all() -> QuerySet[Participation]:
    return Participation.objects.select_related(
        "company", "person__later_company", "round__programme"
    )


def _steps(obj: Participation) -> list[Step]:
    ending = (GrantState.REFUSED, GrantState.WITHDRAWN)
    return [
        Step(to, str(label), to in ending) for to, label in DOES.items() if to in NEXT[obj.state]
    ]


def _first(request: HttpRequest, obj: Participation, to: str) -> dict[str, Any]:
    """What the form begins with: today, whoever sits here, and the amount of the step before."""
    first: dict[str, Any] = {
        "on": timezone.localdate(),
        "decided_by": request.user.shown_name,  # type: ignore[union-attr]
    }
    if to in AMOUNT_OF:
        before = (obj.committed_amount, obj.offered_amount, obj.applied_amount)
        first["amount"] = next((amount for amount in before if amount is not None), None)
    return first


def _aid_now(client: Company | Person | None) -> AidTotal | None:
    if client is None:
        return None
    whose = terms.undertaking(client)
    return aid_of(whose.company, whose.people, timezone.localdate()).total


def _cost(obj: Participation) -> Any:
    amounts = (obj.committed_amount, obj.offered_amount, obj.applied_amount)
    amount = next((one for one in amounts if one is not None), None)
    if amount is None or obj.own_contribution is None:
        return None
    return amount + obj.own_contribution


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 400 if request.method == "POST" else 200
    return render(request, template, {"section": "programmes", **context}, status=status)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
