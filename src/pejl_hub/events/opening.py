"""Whether one may sign up to an event now, and how many seats are left."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from pejl_hub.closing.queries import is_closed
from pejl_hub.events.models import Event, Signup, SignupState
from pejl_hub.events.models.signup import SEATED


class Opening(StrEnum):
    """What the public page offers."""

    OPEN = "open"
    QUEUE = "queue"
    FULL = "full"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


def opening(event: Event, now: datetime) -> Opening:
    """What somebody who opens the page now may do. Ask under the event's lock to rely on it."""
    if event.cancelled_at:
        return Opening.CALLED_OFF
    if event.opens_at and now < event.opens_at:
        return Opening.NOT_YET
    if now >= closing_time(event) or is_closed(event.held_on):
        return Opening.CLOSED
    left = seats_left(event)
    if left is None or left > 0:
        return Opening.OPEN
    return Opening.QUEUE if event.waiting_list else Opening.FULL


def starting_time(event: Event) -> datetime:
    """When it starts, in Denmark; midnight when no time is known."""
    naive = datetime.combine(event.held_on, event.starts_at or time())
    return timezone.make_aware(naive)


def has_started(event: Event, now: datetime) -> bool:
    """Whether it has begun; an event without a time begins when its day is over."""
    late = starting_time(event) if event.starts_at else starting_time(event) + timedelta(days=1)
    return now >= late


def closing_time(event: Event) -> datetime:
    """When signing up ends: as said, but never after the event has begun."""
    begun = starting_time(event) if event.starts_at else starting_time(event) + timedelta(days=1)
    return min(event.closes_at, begun) if event.closes_at else begun


def seats_left(event: Event) -> int | None:
    """Free seats, never below 0; None when there is room for all."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - Signup.objects.filter(event=event, state__in=SEATED).count())


def first_waiting(event: Event) -> Signup | None:
    """Who is next."""
    waiting = Signup.objects.filter(event=event, state=SignupState.WAITING)
    return waiting.order_by("pk").first()
