"""Making, changing, publishing and calling off an event."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.events.actions.counting import follow, freeze_anew
from pejl_hub.events.actions.posting import post
from pejl_hub.events.actions.signing import fill_seats, locked
from pejl_hub.events.codes import new_token
from pejl_hub.events.models import Event, LetterKind, Signup, SignupState
from pejl_hub.events.opening import has_started

# What stands in people's calendars: a change is told to those who have signed up.
IN_THE_CALENDAR = ("title", "held_on", "starts_at", "ends_at", "place", "link")


@transaction.atomic
def make_event(*, values: Mapping[str, Any], by: AbstractBaseUser, reason: str = "") -> Event:
    """Make an event of the form's values. PeriodClosed when its day is closed, without reason."""
    event = Event(**values)
    _link(event)
    event.save()
    write_change(
        by=by,
        action="event.made",
        obj=event,
        days=[event.held_on],
        after=facts(event),
        reason=reason,
        kind=CorrectionKind.LATE,
    )
    return event


@transaction.atomic
def change_event(
    *, event: Event, values: Mapping[str, Any], by: AbstractBaseUser, reason: str = ""
) -> Event:
    """Change an event; those who signed up are told when their calendar is wrong.

    Raises
    ------
    PeriodClosed
        When the old or the new day is closed, and there is no reason.
    """
    event = locked(event.pk)
    before = Event.objects.get(pk=event.pk)
    for name, value in values.items():
        setattr(event, name, value)
    _link(event)
    news = any(getattr(before, name) != getattr(event, name) for name in IN_THE_CALENDAR)
    event.sequence += news
    event.edited_at = timezone.now()
    event.save()
    if before.held_on != event.held_on:
        freeze_anew(event)
    _log(event, before, by, "event.changed", reason)
    fill_seats(event, by=by)
    if news:
        _tell(event, LetterKind.CHANGED)
    return event


@transaction.atomic
def call_off(*, event: Event, because: str, by: AbstractBaseUser, reason: str = "") -> Event:
    """Cancel an event: every sign-up is cancelled, and told so with a calendar file.

    Raises
    ------
    UserError
        When somebody has attended it already.
    """
    event = locked(event.pk)
    _require_nobody_came(event)
    if event.cancelled_at:
        return event
    before = Event.objects.get(pk=event.pk)
    event.cancelled_at, event.cancelled_because = timezone.now(), because
    event.sequence += 1
    event.edited_at = timezone.now()
    event.save()
    _log(event, before, by, "event.called_off", reason)
    open_ones = event.signups.filter(state__in=[SignupState.REGISTERED, SignupState.WAITING])
    for signup in open_ones.select_related("event", "attendance"):
        was, signup.state = signup.state, SignupState.CANCELLED
        signup.save()
        follow(signup=signup, by=by, action="event_signup.called_off", before=was, reason=reason)
        if not has_started(before, timezone.now()):
            post(signup, LetterKind.CALLED_OFF)
    return event


def _link(event: Event) -> None:
    """What is published has a link, which stays when it is taken down and put up again."""
    if event.published and not event.token:
        event.token = new_token()


def _log(event: Event, before: Event, by: AbstractBaseUser, action: str, reason: str) -> None:
    write_change(
        by=by,
        action=action,
        obj=event,
        days=[before.held_on, event.held_on],
        before=facts(before),
        after=facts(event),
        reason=reason,
    )


def _tell(event: Event, kind: LetterKind) -> None:
    if has_started(event, timezone.now()):
        return
    for signup in Signup.objects.filter(event=event, state=SignupState.REGISTERED):
        post(signup, kind)


def _require_nobody_came(event: Event) -> None:
    if event.signups.filter(state=SignupState.ATTENDED).exists():
        raise UserError(
            given=f"a cancellation of {event}, which somebody has attended",
            needed="an event that did not take place",
            remedy="Take the attendance back first.",
        )
