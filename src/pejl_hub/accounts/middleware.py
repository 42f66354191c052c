"""Kept at every page: the ends of a session, and the second step of signing in."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.models import How

Next = Callable[[HttpRequest], HttpResponse]


def keep_sessions_short(get_response: Next) -> Next:
    """End a session that nobody has used for long, or that is older than a working day."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Whoever has no cookie is asked nothing, so that a public page varies with none.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _look(request)
        return get_response(request)

    return middleware


def _look(request: HttpRequest) -> None:
    now, held = time.time(), sessions.stamp(request)
    if held is None:  # opened by a version that did not write when
        sessions.begin(request, request.user)
    elif why := held.ended(now):
        logout(request)
        messages.info(request, _said(why))
    else:
        sessions.note_seen(request, now)


def _said(why: str) -> str:
    if why == "idle":
        return _("You were signed out because nothing happened for a long time. Sign in again.")
    return _("You were signed out because you had been signed in for a whole day. Sign in again.")


class AskForCode:
    """Whoever must sign in in two steps, and has not turned that on, may do nothing else before."""

    OPEN = frozenset({"accounts:turn_on", "accounts:prove", "accounts:sign_out"})

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but what comes after."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, given: Any, more: Any
    ) -> HttpResponse | None:
        """Send them to the page where it is turned on; pages that are open to all stay open."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        held = sessions.stamp(request)
        if held is None or held.how != How.PASSWORD or not second.needs_code(request.user):
            return None
        match = request.resolver_match
        return None if match and match.view_name in self.OPEN else redirect("accounts:turn_on")
