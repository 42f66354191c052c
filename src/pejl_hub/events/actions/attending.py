"""Attendance at the door: came, did not come, came without signing up."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.events.actions.counting import follow
from pejl_hub.events.actions.signing import Given, locked, new_signup, said_by, take
from pejl_hub.events.clients import match_one
from pejl_hub.events.models import Event, Origin, Signup, SignupState

AT_THE_DOOR = (SignupState.REGISTERED, SignupState.ATTENDED, SignupState.NO_SHOW)


class NotYetHeld(UserError):
    """Nobody has attended what lies ahead."""


@transaction.atomic
def mark(*, signup: Signup, state: str, by: AbstractBaseUser, reason: str = "") -> Signup:
    """Say whether somebody came. The same mark again changes nothing.

    Raises
    ------
    NotYetHeld
        Before the event's day, unless the mark is taken back.
    PeriodClosed
        When the event lies in a closed period and there is no reason.
    """
    event = locked(signup.event_id)
    signup = Signup.objects.select_related("event", "attendance").get(pk=signup.pk)
    if signup.state == state:
        return signup
    _require_held(event, state)
    before, signup.state, signup.edited_at = signup.state, SignupState(state), timezone.now()
    signup.save()
    follow(signup=signup, by=by, action="event_signup.marked", reason=reason, before=before)
    return signup


@transaction.atomic
def walk_in(*, event: Event, given: Given, by: AbstractBaseUser, reason: str = "") -> Signup:
    """Add somebody who came without signing up: attended, whatever the number of seats.

    Raises
    ------
    NotYetHeld, PeriodClosed
        As for ``mark``.
    """
    event = locked(event.pk)
    _require_held(event, SignupState.ATTENDED)
    signup = new_signup(event, given, SignupState.ATTENDED, Origin.WALK_IN)
    take(signup, match_one(said_by(given), event.held_on))
    signup.save()
    follow(signup=signup, by=by, action="event_signup.walked_in", reason=reason)
    return signup


def _require_held(event: Event, state: str) -> None:
    if event.cancelled_at:
        raise NotYetHeld(
            given=f"attendance at {event}, which was cancelled",
            needed="an event that takes place",
            remedy="Make a new event.",
        )
    if state != SignupState.REGISTERED and event.held_on > timezone.localdate():
        raise NotYetHeld(
            given=f"attendance at an event on {event.held_on}",
            needed="a day that has come",
            remedy="Wait until the day, or correct the event's date.",
        )
