"""The pages that people outside the hub see: sign up, thanks, cancel. They need no script.

A GET changes nothing, for mail scanners follow links. The pages take no cookie: the secret in the
address is what allows the act, so there is nothing for a forged form to borrow (``csrf_exempt``).
"""

from functools import wraps
from typing import Protocol

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pejl_hub.companies.models import Language
from pejl_hub.events import tries
from pejl_hub.events.actions.signing import NoSeat, cancel, sign_up
from pejl_hub.events.codes import hash_of
from pejl_hub.events.forms import SignupForm
from pejl_hub.events.house import house
from pejl_hub.events.models import Event, Signup, SignupState
from pejl_hub.events.opening import Opening, has_started, opening, seats_left


class View(Protocol):
    """A page behind a link."""

    def __call__(self, request: HttpRequest, secret: str) -> HttpResponse: ...


def behind_a_link(view: View) -> View:
    """Open to all, kept by nobody, and closed for a while to those who guess."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponse:
        if tries.too_many(tries.GUESSES, tries.address_of(request)):
            return _page(request, "too_many", status=429)
        response = view(request, secret)
        # The secret stands in the address: it must reach no other site and no search engine.
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(csrf_exempt(never_cache(guarded)))


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, secret: str) -> HttpResponse:
    """The event and the form; a valid POST is the sign-up."""
    event = Event.objects.filter(token=secret, published=True).first()
    if event is None:
        return _leads_nowhere(request)
    with translation.override(_language(request)):
        form = SignupForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _sign_up(request, event, form)
        return _event_page(request, event, form, 400 if request.method == "POST" else 200)


def _sign_up(request: HttpRequest, event: Event, form: SignupForm) -> HttpResponse:
    """Take the sign-up. Who has signed up already is thanked alike: that is nobody else's to know.

    Counted per network address, and per e-mail address written to.
    """
    limits = ((tries.SIGNUPS, tries.address_of(request)), (tries.LETTERS, form["email"].value()))
    if any(tries.too_many(limit, whose) for limit, whose in limits):
        return _page(request, "too_many", status=429)
    for limit, whose in limits:
        tries.note(limit, whose)
    queue = opening(event, timezone.now()) == Opening.QUEUE
    try:
        sign_up(event=event, given=form.given(_language(request), _consent()))
    except NoSeat:
        return _event_page(request, event, form, 409)
    thanks = reverse("events:thanks", args=[event.token])
    return redirect(f"{thanks}?sprog={_language(request)}{'&koe=1' if queue else ''}")


@behind_a_link
@require_safe
def thanks(request: HttpRequest, secret: str) -> HttpResponse:
    """The sign-up has been kept. The address says nothing about whose it is."""
    event = Event.objects.filter(token=secret, published=True).first()
    if event is None:
        return _leads_nowhere(request)
    queue = request.GET.get("koe") == "1"
    return _page(request, "thanks", event=event, hub=house(event.held_on).name, queue=queue)


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_signup(request: HttpRequest, secret: str) -> HttpResponse:
    """A GET asks; a POST gives the seat back."""
    found = Signup.objects.select_related("event").filter(cancel_hash=hash_of(secret)).first()
    if found is None:
        return _leads_nowhere(request)
    context = {"event": found.event, "hub": house(found.event.held_on).name, "signup": found}
    if request.method == "POST":
        cancel(signup=found, by=None)
        found.refresh_from_db()
    name = "cancelled" if found.state == SignupState.CANCELLED else "cancel"
    late = has_started(found.event, timezone.now())
    context["open"] = found.state in (SignupState.REGISTERED, SignupState.WAITING) and not late
    return _page(request, name, **context)


def _event_page(
    request: HttpRequest, event: Event, form: SignupForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "event": event,
        "hub": house(event.held_on).name,
        "opening": opening(event, timezone.now()).value,
        "left": seats_left(event),
        "consent": _consent(),
    }
    return _page(request, "sign_up", status=status, **context)


def _consent() -> str:
    return _(
        "The hub may keep my name and e-mail address for this event, and write to me about it."
    )


def _leads_nowhere(request: HttpRequest) -> HttpResponse:
    """One page for links unknown and taken down."""
    tries.note(tries.GUESSES, tries.address_of(request))
    return _page(request, "nowhere", status=404)


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: object) -> HttpResponse:
    language = _language(request)
    with translation.override(language):
        other = Language.DANISH if language == Language.ENGLISH else Language.ENGLISH
        shown = {"language": language, "other_language": other.value, **context}
        return render(request, f"events/public/{name}.html", shown, status=status)


def _language(request: HttpRequest) -> str:
    """As asked for on the page, else Danish."""
    asked = request.GET.get("sprog", "")
    return asked if asked in Language.values else Language.DANISH.value
