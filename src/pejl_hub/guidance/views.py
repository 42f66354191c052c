"""The pages of guidance: record one, see it, correct it, move it, withdraw it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.reason import WithReason
from pejl_hub.codes.queries import label
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.wayback import own_address
from pejl_hub.guidance.actions.moving import MOVES, follow_up, move, undo_withdrawal, withdraw
from pejl_hub.guidance.actions.recording import edit, record
from pejl_hub.guidance.facts import habits
from pejl_hub.guidance.forms import GuidanceForm, WhyForm
from pejl_hub.guidance.models import Guidance, GuidanceState, GuidanceType
from pejl_hub.guidance.whom import Whom, whom

FORM = ["GET", "HEAD", "POST"]
SECTION = "guidance"


@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Record a guidance, held or planned. ``find`` only looks up whom, ``restore`` a draft."""
    require(request.user, Action.RECORD_GUIDANCE)
    if request.method != "POST":
        return _new_page(request, _first(request), whom(request.GET))
    found = whom(request.POST)
    if {"find", "restore"} & set(request.POST):
        return _new_page(request, request.POST.dict(), found)
    form = GuidanceForm(request.POST, whom=found, initial={})
    if form.is_valid() and (made := _recorded(request, form)):
        messages.success(request, _("The guidance was saved."))
        return redirect("guidance:detail", number=made.pk)
    return _edit_page(request, form, status=400)


def _first(request: HttpRequest) -> dict[str, Any]:
    """What a new form begins with: today, and what was so the last time."""
    usual = {"type": GuidanceType.SPECIALISED, "held_on": timezone.localdate()}
    return usual | {name: value for name, value in habits(request.user).items() if value}


def _new_page(request: HttpRequest, initial: dict[str, Any], found: Whom) -> HttpResponse:
    shown = initial | {"client": found.key, "who": found.typed}
    shown["ny"] = "person" if found.is_new else ""
    return _edit_page(request, GuidanceForm(whom=found, initial=shown))


def _recorded(request: HttpRequest, form: GuidanceForm) -> Guidance | None:
    try:
        return record(
            client=form.the_client(),
            talk=form.talk(),
            judged=form.judged(),
            state=form.clean_state(request.POST.get("state", "")),
            token=form.cleaned_data["token"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except UserError as refusal:
        form.refused(refusal)
        return None


@require_safe
def client_block(request: HttpRequest) -> HttpResponse:
    """The part of the form that says whom: asked for anew when somebody is picked."""
    require(request.user, Action.RECORD_GUIDANCE)
    found = whom(request.GET)
    initial = request.GET.dict() | {"client": found.key, "ny": "person" if found.is_new else ""}
    if request.GET.get("skift"):
        initial["segment"] = ""
    form = GuidanceForm(whom=found, initial=initial)
    return render(request, "guidance/_client.html", {"form": form, "whom": found})


@require_http_methods(FORM)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Correct a guidance."""
    require(request.user, Action.RECORD_GUIDANCE)
    guidance = get_object_or_404(_with_clients(Guidance.objects), pk=number)
    about = Whom(client=guidance.company or guidance.person)
    data = request.POST if request.method == "POST" and "restore" not in request.POST else None
    initial = _stored(guidance) | ({} if data else request.POST.dict())
    form = GuidanceForm(data, whom=about, guidance=guidance, initial=initial)
    if data and form.is_valid():
        try:
            edit(
                guidance=guidance,
                talk=form.talk(),
                judged=form.judged(),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except UserError as refusal:
            form.refused(refusal)
        else:
            request.session["draft_done"] = str(form.cleaned_data["token"])
            messages.success(request, _("The guidance was corrected."))
            return redirect("guidance:detail", number=number)
    return _edit_page(request, form, status=400 if data else 200)


def _stored(guidance: Guidance) -> dict[str, Any]:
    fields = [name for name in GuidanceForm.base_fields if hasattr(guidance, name)]
    return {name: getattr(guidance, name) for name in fields}


def _edit_page(request: HttpRequest, form: GuidanceForm, status: int = 200) -> HttpResponse:
    context = {"section": SECTION, "form": form, "whom": form.whom, "guidance": form.guidance}
    context["draft_token"] = form["token"].value()
    context["asked_to_find"] = "find" in request.POST or "cvr" in request.GET
    return render(request, "guidance/edit.html", context, status=status)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One guidance; a withdrawn one still has its page."""
    require(request.user, Action.USE_DESK)
    guidance = get_object_or_404(_with_clients(Guidance.everything), pk=number)
    named = ("priority_area", "need", "outcome", "next_step", "team")
    context = {
        "section": SECTION,
        "guidance": guidance,
        "said": {name: label(name, getattr(guidance, name)) for name in named},
        "moves": [(state.value, state.label) for state in _moves(guidance)],
        "may_write": may(request.user, Action.RECORD_GUIDANCE),
        "late_by": _late_by(guidance),
        "draft_done": request.session.pop("draft_done", ""),
    }
    return render(request, "guidance/detail.html", context)


def _moves(guidance: Guidance) -> list[GuidanceState]:
    """Where it may go now: nothing has happened on a day to come."""
    ahead = guidance.held_on > timezone.localdate()
    early = (GuidanceState.HELD, GuidanceState.NO_SHOW) if ahead else ()
    return [state for state in MOVES[guidance.state] if state not in early]


def _late_by(guidance: Guidance) -> int | None:
    if not guidance.recorded_late or guidance.recorded_on is None:
        return None
    return (guidance.recorded_on - guidance.held_on).days


@require_POST
def to_state(request: HttpRequest, number: int) -> HttpResponse:
    """Say what became of it; a closed month asks why on a page of its own."""
    require(request.user, Action.RECORD_GUIDANCE)
    guidance = get_object_or_404(_with_clients(Guidance.objects), pk=number)
    form, state = WithReason(request.POST), request.POST.get("state", "")
    label_of = dict(GuidanceState.choices).get(state, state)
    title = _("Now: %(state)s") % {"state": label_of}

    def act() -> None:
        move(guidance=guidance, state=state, by=request.user, reason=form.cleaned_data["reason"])

    return _act(request, guidance, form, act, title, _("It was noted."), hidden={"state": state})


@require_http_methods(FORM)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why, and withdraw."""
    require(request.user, Action.RECORD_GUIDANCE)
    guidance = get_object_or_404(_with_clients(Guidance.objects), pk=number)
    form = WhyForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        told = form.cleaned_data
        withdraw(guidance=guidance, why=told["why"], by=request.user, reason=told["reason"])

    return _act(
        request, guidance, form, act, _("Withdraw the guidance"),
        _("The guidance is withdrawn and counts nowhere. It can be undone here."),
    )  # fmt: skip


@require_POST
def bring_back(request: HttpRequest, number: int) -> HttpResponse:
    """Let a withdrawn guidance count again."""
    require(request.user, Action.RECORD_GUIDANCE)
    guidance = get_object_or_404(_with_clients(Guidance.everything), pk=number)
    form = WithReason(request.POST)

    def act() -> None:
        undo_withdrawal(guidance=guidance, by=request.user, reason=form.cleaned_data["reason"])

    return _act(request, guidance, form, act, _("Let it count again"), _("It counts again."))


@require_POST
def done(request: HttpRequest, number: int) -> HttpResponse:
    """What was to follow is done."""
    require(request.user, Action.RECORD_GUIDANCE)
    follow_up(guidance=get_object_or_404(Guidance, pk=number), by=request.user)
    messages.success(request, _("The follow-up is done."))
    return redirect(_next(request, number))


def _act(
    request: HttpRequest,
    guidance: Guidance,
    form: WithReason,
    act: Callable[[], None],
    title: str,
    told: str,
    hidden: dict[str, str] | None = None,
) -> HttpResponse:
    """Do it and go back; else ask what is missing, on a page of its own."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except PeriodClosed as refusal:
            form.refused(refusal)
        except UserError as refusal:
            if not isinstance(form, WhyForm):
                messages.error(request, in_words(refusal))
                return redirect(_next(request, guidance.pk))
            form.refused(refusal)
        else:
            messages.success(request, told)
            return redirect(_next(request, guidance.pk))
    context = {"section": SECTION, "guidance": guidance, "form": form, "title": title}
    context |= {"hidden": hidden or {}, "next": request.POST.get("next", "")}
    status = 400 if request.method == "POST" else 200
    return render(request, "guidance/act.html", context, status=status)


def _next(request: HttpRequest, number: int) -> str:
    """Back to where the button stood: an address of this hub, else the guidance's own page."""
    asked = own_address(request, request.POST.get("next", ""))
    return asked or reverse("guidance:detail", args=[number])


def _with_clients(rows: Any) -> Any:
    return rows.select_related("company", "person")
