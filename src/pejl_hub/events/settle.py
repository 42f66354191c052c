"""Settling the pile: whose sign-up it is, decided by a user."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.queries import is_closed
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.following import company_of
from pejl_hub.companies.models import Company, Person
from pejl_hub.companies.search import find_clients
from pejl_hub.core.text import whole_number
from pejl_hub.events import queries
from pejl_hub.events.actions.settling import make_person, match_again
from pejl_hub.events.actions.settling import settle as decide
from pejl_hub.events.actions.signing import cancel
from pejl_hub.events.clients import COMPANY, PERSON, Client, tidy_cvr
from pejl_hub.events.models import Event, Signup, SignupState

MOST_FOUND = 20
KINDS = {COMPANY: Company, PERSON: Person}


@require_http_methods(["GET", "HEAD", "POST"])
def show_signup(request: HttpRequest, number: int) -> HttpResponse:
    """One sign-up: who it may be, a search for others, and the choices."""
    require(request.user, Action.RECORD_EVENTS)
    signups = Signup.objects.select_related("event", "company", "person")
    signup = get_object_or_404(signups, pk=number)
    refusal = None
    if request.method == "POST":
        try:
            return _settle(request, signup)
        except UserError as problem:
            refusal = problem
    words = request.GET.get("q", signup.cvr or signup.company_name or signup.name)
    context = {
        "section": "events",
        "signup": signup,
        "event": signup.event,
        "refusal": refusal,
        "closed": is_closed(signup.event.held_on),
        "candidates": queries.with_clients(signup),
        "words": words,
        "found": find_clients(words, limit=MOST_FOUND),
        "fetch": _unknown_number(signup),
        "may_cancel": signup.state in (SignupState.REGISTERED, SignupState.WAITING),
        "next": _next(signup),
    }
    return render(request, "events/signup.html", context, status=400 if refusal else 200)


def _settle(request: HttpRequest, signup: Signup) -> HttpResponse:
    """Do what was chosen, and go on to the next of the pile."""
    chosen, reason = request.POST.get("client", ""), request.POST.get("reason", "")
    if chosen == "new_person":
        make_person(signup=signup, by=request.user, reason=reason)
    elif chosen == "nobody":
        decide(signup=signup, client=None, by=request.user, reason=reason)
        return redirect("events:signup", number=signup.pk)
    else:
        decide(signup=signup, client=_client(chosen), by=request.user, reason=reason)
    messages.success(request, _("%(name)s is settled.") % {"name": signup.name})
    following = _next(signup)
    if following:
        return redirect("events:signup", number=following.pk)
    return redirect("events:event", number=signup.event_id)


@require_POST
def match_all(request: HttpRequest, number: int) -> HttpResponse:
    """Try the rules again on everything in the pile."""
    require(request.user, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    try:
        found = match_again(event=event, by=request.user, reason=request.POST.get("reason", ""))
    except UserError as refusal:
        context = {"section": "events", "event": event, "refusal": refusal, "closed": True}
        return render(request, "events/refused.html", context, status=400)
    said = ngettext("%(n)s was recognised.", "%(n)s were recognised.", found) % {"n": found}
    messages.info(request, said)
    return redirect("events:event", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_for(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then cancel a sign-up for somebody who called; the queue moves up."""
    require(request.user, Action.RECORD_EVENTS)
    signup = get_object_or_404(Signup.objects.select_related("event"), pk=number)
    context = {"section": "events", "signup": signup, "event": signup.event}
    context["closed"] = is_closed(signup.event.held_on)
    if request.method != "POST":
        return render(request, "events/cancel_for.html", context)
    try:
        cancel(signup=signup, by=request.user, reason=request.POST.get("reason", ""))
    except UserError as refusal:
        context |= {"refusal": refusal}
        return render(request, "events/cancel_for.html", context, status=400)
    messages.success(request, _("The sign-up is cancelled."))
    return redirect("events:event", number=signup.event_id)


def _client(chosen: str) -> Client:
    kind, _mark, number = chosen.partition(":")
    if kind not in KINDS:
        raise Http404(chosen)
    return Client(kind, get_object_or_404(KINDS[kind], pk=whole_number(number)).pk)


def _unknown_number(signup: Signup) -> str:
    """A CVR number that checks and is not on record: it can be fetched from the register."""
    number = tidy_cvr(signup.cvr)
    return number if is_cvr(number) and company_of(number) is None else ""


def _next(signup: Signup) -> Signup | None:
    """The next of the event's pile, by name."""
    return queries.signups(signup.event, "", "afklar").exclude(pk=signup.pk).first()
