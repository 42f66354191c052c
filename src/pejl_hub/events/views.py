"""The pages of events: the list, one event, making, changing and calling off."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import label
from pejl_hub.events import queries
from pejl_hub.events.actions.making import call_off, change_event, make_event
from pejl_hub.events.actions.posting import post_again
from pejl_hub.events.forms import CallOffForm, EditForm
from pejl_hub.events.house import house
from pejl_hub.events.lists import EVENTS
from pejl_hub.events.models import Event, SignupState
from pejl_hub.events.opening import Opening, opening, seats_left

SIGNUPS_PER_PAGE = 50


@require_safe
def show_events(request: HttpRequest) -> HttpResponseBase:
    """The events, those farthest ahead first, as a list and as files."""
    require(request.user, Action.USE_DESK)
    context = {"section": "events", "may_record": may(request.user, Action.RECORD_EVENTS)}
    return EVENTS.respond(request, context, "events/list.html")


@require_safe
def show_event(request: HttpRequest, number: int) -> HttpResponse:
    """One event: its facts, its numbers, and who signed up."""
    require(request.user, Action.USE_DESK)
    event = get_object_or_404(Event.objects.select_related("round__programme"), pk=number)
    words, state = request.GET.get("q", "").strip(), request.GET.get("tilstand", "")
    found = queries.signups(event, words, state)
    records = may(request.user, Action.RECORD_EVENTS)
    public = f"{settings.PEJL_URL}{reverse('events:take_part', args=[event.token])}"
    context = {
        "section": "events",
        "event": event,
        "area": label(ListName.PRIORITY_AREA, event.priority_area),
        "tally": queries.tally(event),
        "left": seats_left(event),
        "opening": opening(event, timezone.now()).value,
        "open": opening(event, timezone.now()) in (Opening.OPEN, Opening.QUEUE),
        "municipality": house(event.held_on).municipalities.get(event.municipality or ""),
        "public": public if event.published else "",
        "page": Paginator(found, SIGNUPS_PER_PAGE).get_page(request.GET.get("side")),
        "words": words,
        "state": state,
        "states": SignupState.choices,
        "lists": event.lists.all()[:20],
        "may_record": records,
        # Who ticks people off must see who they are; others only if their role sees names.
        "names": records or may(request.user, Action.SEE_NAMES),
        "today": timezone.localdate(),
    }
    return render(request, "events/event.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new event."""
    require(request.user, Action.RECORD_EVENTS)
    form = EditForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _edit(request, form, status=400 if request.method == "POST" else 200)
    try:
        event = make_event(
            values=form.values(), by=request.user, reason=form.cleaned_data["reason"]
        )
    except UserError as refusal:
        return _edit(request, form, status=400, refusal=refusal)
    messages.success(request, _("The event was made."))
    return redirect("events:event", number=event.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """An event, changed."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    form = EditForm(request.POST or None, instance=event)
    if request.method != "POST" or not form.is_valid():
        return _edit(request, form, status=400 if request.method == "POST" else 200)
    try:
        change_event(
            event=event,
            values=form.values(),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except UserError as refusal:
        return _edit(request, form, status=400, refusal=refusal)
    messages.success(request, _("The event was changed."))
    return redirect("events:event", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def call_it_off(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then cancel an event; everybody who signed up is told."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number, cancelled_at=None)
    form = CallOffForm(request.POST or None)
    context = {
        "section": "events",
        "event": event,
        "form": form,
        "tally": queries.tally(event),
    }
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "events/call_off.html", context, status=status)
    try:
        call_off(event=event, by=request.user, **form.cleaned_data)
    except UserError as refusal:
        context |= {"refusal": refusal, "closed": isinstance(refusal, PeriodClosed)}
        return render(request, "events/call_off.html", context, status=400)
    messages.success(request, _("The event is cancelled. Everybody who signed up is told."))
    return redirect("events:event", number=number)


@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send the letters that did not get away."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    sent = post_again(event.pk)
    said = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent)
    messages.info(request, said % {"n": sent})
    return redirect("events:event", number=number)


def _edit(
    request: HttpRequest, form: EditForm, *, status: int, refusal: UserError | None = None
) -> HttpResponse:
    context = {
        "section": "events",
        "form": form,
        # A model form writes what was typed on its instance: the heading says what is stored.
        "event": Event.objects.filter(pk=form.instance.pk).first(),
        "refusal": refusal,
        "closed": isinstance(refusal, PeriodClosed) or bool(form.data.get("reason")),
    }
    return render(request, "events/edit.html", context, status=status)
