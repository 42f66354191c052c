"""Signing up and cancelling. Seats are given under the event's lock: never one too many."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.companies.models import Language
from pejl_hub.events.actions.counting import follow, give
from pejl_hub.events.actions.posting import post
from pejl_hub.events.clients import Match, Said, match_one
from pejl_hub.events.codes import cancel_secret, hash_of, new_code, new_nonce
from pejl_hub.events.models import Event, LetterKind, Origin, Signup, SignupState
from pejl_hub.events.opening import Opening, first_waiting, has_started, opening, seats_left

SEND_AGAIN_AFTER = timedelta(hours=1)
ACTIVE = (SignupState.REGISTERED, SignupState.WAITING, SignupState.ATTENDED, SignupState.NO_SHOW)


class NoSeat(UserError):
    """Nobody can sign up now: it is full, not open, over or called off."""


@dataclass(frozen=True)
class Given:
    """What somebody gave to sign up; unknown is None."""

    name: str
    email: str | None = None
    cvr: str | None = None
    company_name: str | None = None
    municipality: str | None = None
    language: str = Language.DANISH.value
    consent: str | None = None


def locked(event_id: int) -> Event:
    """The event, held until the transaction ends: who gives seats, gives them alone."""
    return Event.objects.select_for_update().get(pk=event_id)


@transaction.atomic
def sign_up(*, event: Event, given: Given) -> Signup:
    """Take a seat, or a place in the queue. The same address again gets what it has already.

    Raises
    ------
    NoSeat
        When signing up is not open, or it is full and has no waiting list.
    """
    event = locked(event.pk)
    if had := _had(event, given.email):
        return had
    now = opening(event, timezone.now())
    if now not in (Opening.OPEN, Opening.QUEUE):
        raise NoSeat(
            given=f"a sign-up to {event}", needed="an open event", remedy="Choose another event."
        )
    seated = now == Opening.OPEN
    state = SignupState.REGISTERED if seated else SignupState.WAITING
    signup = new_signup(event, given, state, Origin.PUBLIC)
    take(signup, match_one(said_by(given), event.held_on))
    signup.save()
    follow(signup=signup, by=None, action="public_sign_up")
    post(signup, LetterKind.CONFIRMED if seated else LetterKind.WAITING)
    return signup


@transaction.atomic
def cancel(*, signup: Signup, by: AbstractBaseUser | None, reason: str = "") -> bool:
    """Give the seat back; whoever waits longest gets it. False when there was none to give back.

    Somebody outside the hub can cancel only until the event begins.
    """
    event = locked(signup.event_id)
    signup = Signup.objects.select_related("event", "attendance").get(pk=signup.pk)
    late = by is None and has_started(event, timezone.now())
    if signup.state not in (SignupState.REGISTERED, SignupState.WAITING) or late:
        return False
    before, signup.state = signup.state, SignupState.CANCELLED
    signup.edited_at = timezone.now()
    signup.save()
    action = "event_signup.cancelled" if by else "public_cancellation"
    follow(signup=signup, by=by, action=action, reason=reason, before=before)
    post(signup, LetterKind.CANCELLED)
    fill_seats(event, by=by)
    return True


def fill_seats(event: Event, *, by: AbstractBaseUser | None) -> int:
    """Move up those who wait while there are seats; called under the event's lock. How many."""
    moved = 0
    while not _is_over(event) and seats_left(event) != 0 and (signup := first_waiting(event)):
        signup.state = SignupState.REGISTERED
        signup.save()
        follow(
            signup=signup, by=by, action="event_signup.moved_up", before=SignupState.WAITING.value
        )
        post(signup, LetterKind.MOVED_UP)
        moved += 1
    return moved


def new_signup(event: Event, given: Given, state: str, origin: str) -> Signup:
    """A sign-up with its code and its cancel link; not saved, and not matched."""
    nonce = new_nonce()
    return Signup(
        event=event,
        name=given.name,
        email=given.email,
        cvr=given.cvr,
        company_name=given.company_name,
        municipality=given.municipality,
        language=given.language,
        state=state,
        origin=origin,
        consent=given.consent,
        consented_at=timezone.now() if given.consent else None,
        code=new_code(),
        nonce=nonce,
        cancel_hash=hash_of(cancel_secret(nonce)),
    )


def take(signup: Signup, match: Match) -> None:
    """Write down whose it is, or whom it may be; not saved."""
    give(signup, match.client, match.by)
    signup.candidates = [[one.kind, one.number, why] for one, why in match.candidates]


def said_by(given: Given) -> Said:
    """What the matching looks at."""
    return Said(given.cvr, given.email, given.company_name, given.municipality)


def _is_over(event: Event) -> bool:
    return event.cancelled_at is not None or has_started(event, timezone.now())


def _had(event: Event, email: str | None) -> Signup | None:
    """The sign-up that the address has already. Its letter is sent again, but not every minute."""
    if not email:
        return None
    had = event.signups.filter(email__iexact=email, state__in=ACTIVE).order_by("pk").first()
    if had is None:
        return None
    recent = had.letters.filter(written_at__gt=timezone.now() - SEND_AGAIN_AFTER).exists()
    if not recent and had.state in (SignupState.REGISTERED, SignupState.WAITING):
        seated = had.state == SignupState.REGISTERED
        post(had, LetterKind.CONFIRMED if seated else LetterKind.WAITING)
    return had
