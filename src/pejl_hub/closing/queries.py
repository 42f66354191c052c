"""Which days are closed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from pejl_hub.closing.models import Close


def closes_over(days: Iterable[date | None]) -> list[Close]:
    """The closes that bind any of the days, oldest period first; unknown days bind nothing."""
    held = Q(pk__in=[])
    for day in {day for day in days if day}:
        held |= Q(first_day__lte=day, last_day__gte=day)
    return list(Close.objects.filter(held, reopened_at=None).order_by("last_day", "id"))


def is_closed(day: date | None) -> bool:
    """Whether a change that counts on the day needs a reason."""
    return bool(closes_over([day]))
