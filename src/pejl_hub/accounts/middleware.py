"""The ends of a session, kept at every page."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pejl_hub.accounts import sessions

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
