"""The wheel as a calendar (RFC 5545): all-day events, the same bytes until something changes."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from pejl_hub.wheel.models import State
from pejl_hub.wheel.queries import Item

KIND = "text/calendar; charset=utf-8"


def calendar(items: Iterable[Item], name: str) -> bytes:
    """The items as a calendar. Titles, days and clauses only: no name of a person leaves."""
    made = Calendar()
    made.add("prodid", "-//Pejl//wheel//DA")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for item in items:
        made.add_component(_event(item))
    return made.to_ical()


def _event(item: Item) -> Event:
    event = Event()
    event.add("uid", f"{item.contract.id}.{item.duty.id}.{item.key}@pejl")
    # The day it last changed, not the day of asking: an unchanged feed is the same bytes.
    event.add("dtstamp", item.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", item.due_on)
    event.add("dtend", _next(item.due_on))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if item.state == State.NOT_NEEDED else "CONFIRMED")
    event.add("summary", f"✓ {item.title}" if item.state == State.DONE else item.title)
    event.add("description", f"{item.duty.clause} · {settings.PEJL_URL}{item.href}")
    return event


def _next(day: date) -> date:
    return day + timedelta(days=1)
