"""Between the two steps: who gave the right password, until the code has come too.

It stands in the session of somebody who is nobody yet, holds for ten minutes, and holds only as
long as the password is the one that was given.
"""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare

from pejl_hub.accounts.models import User

KEY = "pejl_between_the_steps"
HOLDS_SECONDS = 600


def wait_for_code(request: HttpRequest, user: User, then: str) -> None:
    """The password was right; ``then`` is where the user wants to go."""
    request.session.cycle_key()
    request.session[KEY] = [user.pk, time.time(), user.get_session_auth_hash(), then]


def who_waits(request: HttpRequest) -> User | None:
    """The user whose code is awaited; None when nobody's is, or it took too long."""
    kept: list[Any] | None = request.session.get(KEY)
    if not kept or time.time() - kept[1] > HOLDS_SECONDS:
        return None
    user = User.objects.filter(pk=kept[0], is_active=True).first()
    same = user is not None and constant_time_compare(user.get_session_auth_hash(), kept[2])
    return user if same else None


def where_to(request: HttpRequest) -> str:
    """Where the one who waits wants to go, or nothing; the wait is over."""
    kept = request.session.pop(KEY, None)
    return str(kept[3]) if kept else ""


def landing(user: User) -> str:
    """Where the day begins: the page of the user's role, else the overview."""
    return resolve_url(settings.LANDING.get(user.role, settings.LOGIN_REDIRECT_URL))
