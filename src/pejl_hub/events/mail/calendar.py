"""The calendar file of a sign-up (RFC 5545, and RFC 5546 for what is asked of the calendar)."""

from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from pejl_hub.events.models import Event as Gathering
from pejl_hub.events.models import Signup

REQUEST, CANCEL = "REQUEST", "CANCEL"


def calendar_file(signup: Signup, method: str, organiser: str) -> bytes:
    """The file that puts the event into a calendar, or takes it out again.

    ``method`` is REQUEST or CANCEL. A sign-up has one UID for good: the calendar knows by it that
    a change or a cancellation is of what it holds, and by SEQUENCE which is the newest.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Pejl//Pejl//DA")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_entry(signup, method, organiser))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def uid(signup: Signup) -> str:
    """What a calendar knows the sign-up by."""
    host = urlsplit(settings.PEJL_URL).hostname or "localhost"
    return f"signup-{signup.pk}-{signup.cancel_hash[:12]}@{host}"


def _entry(signup: Signup, method: str, organiser: str) -> Event:
    event, entry = signup.event, Event()
    gone = method == CANCEL
    entry.add("uid", uid(signup))
    entry.add("dtstamp", timezone.now())
    entry.add("sequence", event.sequence + gone)
    entry.add("status", "CANCELLED" if gone else "CONFIRMED")
    entry.add("summary", event.title)
    entry.add("dtstart", _moment(event, event.starts_at))
    if event.starts_at and event.ends_at:
        entry.add("dtend", _moment(event, event.ends_at))
    if where := " · ".join(filter(None, (event.place, event.link))):
        entry.add("location", where)
    if event.description:
        entry.add("description", event.description)
    entry.add("organizer", _address(settings.DEFAULT_FROM_EMAIL, organiser))
    guest = _address(signup.email or "", signup.name)
    guest.params["PARTSTAT"] = "DECLINED" if gone else "ACCEPTED"
    guest.params["ROLE"] = "REQ-PARTICIPANT"
    entry.add("attendee", guest, encode=0)
    return entry


def _moment(event: Gathering, clock: time | None) -> datetime | date:
    """The time in Denmark, named so: an hour after the clocks change is still the hour said."""
    if clock is None:
        return event.held_on
    naive = datetime.combine(event.held_on, clock)
    return naive.replace(tzinfo=timezone.get_default_timezone())


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email.rpartition('<')[2].rstrip('>')}")
    address.params["CN"] = _plain(name)
    return address


def _plain(name: str) -> str:
    """A parameter of the file may hold neither quotation marks nor control characters."""
    kept = "".join(one if one.isprintable() and one != '"' else " " for one in name)
    return " ".join(kept.split()) or _("Participant")
