"""Where somebody is signed in, for how long, and ending it.

A session ends after a time without a sign of life, and after a working day whatever happens. What
is compared stands in the session itself, so that no page needs a query for it; a row of
:class:`SignedIn` beside it is what its owner sees.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import login, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from pejl_hub.accounts.device import device_of
from pejl_hub.accounts.models import How, SignedIn, User
from pejl_hub.audit.actions import record

STAMP = "pejl_signed_in"
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOTED_EVERY_SECONDS = 60


@dataclass(frozen=True)
class Stamp:
    """When somebody signed in and was last seen (seconds since 1970), how, and last proved it."""

    at: float
    seen: float
    how: How
    proved: float

    def ended(self, now: float) -> str:
        """Why the session is over: ``idle``, ``old``, or nothing while it holds."""
        if now - self.at > settings.PEJL_SESSION_MINUTES * 60:
            return "old"
        return "idle" if now - self.seen > settings.PEJL_SESSION_IDLE_MINUTES * 60 else ""


def sign_in(request: HttpRequest, user: User, *, how: How, backend: str = BACKEND) -> None:
    """Open a session for somebody who has proved who they are; its key is a new one."""
    with transaction.atomic():
        login(request, user, backend=backend)
        SignedIn.objects.filter(key=request.session.session_key).update(how=how)
        record(by=user, action="signed_in", obj=user, details={"how": how.value})
    write(request, how=how)


def begin(request: HttpRequest, user: User) -> None:
    """Note a session that has just been opened; called by Django's own signal for all of them."""
    _forget_ended()
    if request.session.session_key is None:
        request.session.save()
    SignedIn.objects.update_or_create(
        key=request.session.session_key,
        defaults={
            "user": user,
            "how": How.PASSWORD,
            "address": address_of(request),
            "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
        },
    )
    now = time.time()
    request.session[STAMP] = [now, now, How.PASSWORD.value, now]


def stamp(request: HttpRequest) -> Stamp | None:
    """What the session holds; None where nobody is signed in, or from before there were stamps."""
    kept = request.session.get(STAMP)
    return Stamp(kept[0], kept[1], How(kept[2]), kept[3]) if kept else None


def write(request: HttpRequest, **changes: Any) -> None:
    """Change a part of the stamp."""
    held = stamp(request)
    if held is not None:
        new = {**vars(held), **changes}
        request.session[STAMP] = [new["at"], new["seen"], How(new["how"]).value, new["proved"]]


def change_how(request: HttpRequest, how: How) -> None:
    """The session is one of another kind from now on: the second step was turned on or off."""
    write(request, how=how)
    SignedIn.objects.filter(key=request.session.session_key).update(how=how)


def note_seen(request: HttpRequest, now: float) -> None:
    """Remember a sign of life, at most once a minute: each costs two writes."""
    held = stamp(request)
    if held is not None and now - held.seen > NOTED_EVERY_SECONDS:
        write(request, seen=now)
        SignedIn.objects.filter(key=request.session.session_key).update(seen_at=timezone.now())


def mine(user: User) -> list[SignedIn]:
    """Where the user is signed in now, the latest seen first."""
    store = _store()
    return [one for one in user.sign_ins.all() if store.exists(one.key)]


@transaction.atomic
def end_one(*, user: User, number: int) -> bool:
    """End one of the user's own sign-ins; whether there was one."""
    found = SignedIn.objects.filter(user=user, pk=number).first()
    if found is None:
        return False
    _end([found])
    record(by=user, action="signed_out_elsewhere", obj=user, details={"browser": found.device})
    return True


@transaction.atomic
def end_all(*, user: User, by: User | None, keep: HttpRequest | None = None) -> None:
    """End every sign-in of the user, but that of the request to keep.

    Sessions that are on no list end as well, because the user's round counts up.
    """
    _end(user.sign_ins.all())
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
    record(by=by, action="signed_out_everywhere", obj=user)
    if keep is not None:
        carry_on(keep, user)


def carry_on(request: HttpRequest, user: User) -> None:
    """Let this one session live on under a new key, after a change that ended the others."""
    held = stamp(request)
    update_session_auth_hash(request, user)
    request.session.save()
    SignedIn.objects.update_or_create(
        key=request.session.session_key,
        defaults={
            "user": user,
            "how": held.how if held else How.PASSWORD,
            "address": address_of(request),
            "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
        },
    )


def forget(request: HttpRequest) -> None:
    """Take a session that is being ended off the list."""
    SignedIn.objects.filter(key=request.session.session_key or "").delete()


def address_of(request: HttpRequest) -> str | None:
    """The network address, as the proxy says if there is one; None when that is none."""
    said = request.META.get(settings.PEJL_CLIENT_ADDRESS) or request.META.get("REMOTE_ADDR")
    try:
        validate_ipv46_address(said or "")
    except ValidationError:
        return None
    return said


def _forget_ended() -> None:
    oldest = timezone.now() - timedelta(minutes=settings.PEJL_SESSION_MINUTES)
    SignedIn.objects.filter(started_at__lt=oldest).delete()


def _end(these: Iterable[SignedIn]) -> None:
    store = _store()
    for one in these:
        store.delete(one.key)
    SignedIn.objects.filter(pk__in=[one.pk for one in these]).delete()


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()
