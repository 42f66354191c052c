"""At the door, on a phone: tick people off, add those who came unannounced, read their codes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.queries import is_closed
from pejl_hub.events import queries
from pejl_hub.events.actions.attending import AT_THE_DOOR, mark, walk_in
from pejl_hub.events.codes import tidy_code
from pejl_hub.events.forms import WalkInForm
from pejl_hub.events.models import Event, Signup, SignupState

PER_PAGE = 100


@require_safe
def show_door(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody who signed up, one big row each."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    words = request.GET.get("q", "").strip()
    found = queries.signups(event, words, "").exclude(state=SignupState.CANCELLED)
    context = {
        "section": "events",
        "event": event,
        "words": words,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("side")),
        "tally": queries.tally(event),
        "closed": is_closed(event.held_on),
        "too_early": event.held_on > timezone.localdate(),
    }
    return render(request, "events/door.html", context)


@require_POST
def mark_signup(request: HttpRequest, number: int) -> HttpResponse:
    """Came, did not come, or taken back. The answer is the row itself, or the list at the row."""
    require(request.user, Action.RECORD_EVENTS)
    signup = get_object_or_404(Signup.objects.select_related("event"), pk=number)
    state, refusal = request.POST.get("state", ""), None
    if state not in AT_THE_DOOR:
        return redirect("events:door", number=signup.event_id)
    try:
        mark(signup=signup, state=state, by=request.user, reason=request.POST.get("reason", ""))
    except UserError as problem:
        refusal = problem
    return _row(request, signup.pk, refusal)


def _row(request: HttpRequest, number: int, refusal: UserError | None) -> HttpResponse:
    signup = Signup.objects.select_related("event", "company", "person").get(pk=number)
    context = {
        "signup": signup,
        "event": signup.event,
        "refusal": refusal,
        "closed": is_closed(signup.event.held_on),
        "words": request.POST.get("q", ""),
        "tally": queries.tally(signup.event),
    }
    if request.htmx:
        return render(request, "events/_door_answer.html", context)
    if refusal:
        return render(request, "events/refused.html", {**context, "section": "events"}, status=400)
    query = f"?{urlencode({'q': context['words']})}" if context["words"] else ""
    return redirect(f"{reverse('events:door', args=[signup.event_id])}{query}#t{number}")


@require_http_methods(["GET", "HEAD", "POST"])
def add_walk_in(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody came without signing up."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    form = WalkInForm(request.POST or None, initial={"name": request.GET.get("navn", "")})
    context = {"section": "events", "event": event, "form": form}
    context["closed"] = is_closed(event.held_on)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "events/walk_in.html", context, status=status)
    try:
        signup = walk_in(
            event=event,
            given=form.given(),
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except UserError as refusal:
        context |= {"refusal": refusal}
        return render(request, "events/walk_in.html", context, status=400)
    messages.success(request, _("%(name)s has attended.") % {"name": signup.name})
    return redirect("events:door", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """A code typed by hand."""
    require(request.user, Action.RECORD_EVENTS)
    context: dict[str, object] = {"section": "events"}
    if request.method == "POST":
        code = tidy_code(request.POST.get("code", ""))
        if Signup.objects.filter(code=code).exists():
            return redirect("events:code", code=code)
        context |= {"typed": request.POST.get("code", ""), "unknown": True}
    return render(
        request, "events/ask_code.html", context, status=400 if "unknown" in context else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_code(request: HttpRequest, code: str) -> HttpResponse:
    """Whose code it is, and by POST: they have attended. Opening the page confirms nothing."""
    require(request.user, Action.RECORD_EVENTS)
    signups = Signup.objects.select_related("event", "company", "person")
    signup = get_object_or_404(signups, code=tidy_code(code))
    context = {"section": "events", "signup": signup, "event": signup.event}
    context["closed"] = is_closed(signup.event.held_on)
    if request.method != "POST":
        return render(request, "events/code.html", context)
    try:
        mark(
            signup=signup,
            state=SignupState.ATTENDED,
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except UserError as refusal:
        context |= {"refusal": refusal, "closed": isinstance(refusal, PeriodClosed)}
        return render(request, "events/code.html", context, status=400)
    return redirect("events:code", code=signup.code)
