"""Which days are closed."""

from collections.abc import Iterable
from datetime import date

from pejl_hub.closing.models import Close


def closes_over(days: Iterable[date | None]) -> list[Close]:
    """The closes that bind any of the days, oldest period first; unknown days bind nothing."""
    known = {day for day in days if day}
    if not known:
        return []
    near = {"first_day__lte": max(known), "last_day__gte": min(known), "reopened_at": None}
    found = Close.objects.filter(**near).order_by("last_day", "id")
    return [one for one in found if any(one.first_day <= day <= one.last_day for day in known)]


def is_closed(day: date | None) -> bool:
    """Whether a change that counts on the day needs a reason."""
    return bool(closes_over([day]))
