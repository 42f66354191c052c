"""What is closed, what is due, and what was corrected since."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from pejl.base.periods import last_day, month_of
from pejl_hub.closing.models import Close, Correction
from pejl_hub.status import queries

ONE_DAY = timedelta(days=1)


def closes() -> QuerySet[Close]:
    """Every close, the newest period first, with the number of its corrections."""
    people = ("closed_by", "reopen_asked_by", "reopened_by")
    counted = Close.objects.select_related(*people).annotate(corrected=Count("corrections"))
    return counted.order_by("-last_day", "-id")


def latest_close() -> Close | None:
    """The newest close that binds."""
    return Close.objects.filter(reopened_at=None).order_by("-last_day", "-id").first()


def close_before(day: date) -> Close | None:
    """The newest binding close of a period that ended before the day."""
    return Close.objects.filter(reopened_at=None, last_day__lt=day).order_by("-last_day").first()


def first_open_day(until: date) -> date:
    """The first day that a close up to ``until`` would sign: no day is signed twice, or left out.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    contract = queries.contract_on(until)
    start = contract.period.start if contract else until.replace(day=1)
    last = latest_close()
    return max(start, last.last_day + ONE_DAY) if last else start


def due_months() -> Sequence[date]:
    """The last days of the months that are over and not closed, oldest first."""
    end = min(timezone.localdate(), queries.contracts()[-1].period.end + ONE_DAY) - ONE_DAY
    day, found = first_open_day(queries.default_day()), list[date]()
    while last_day(month_of(day)) <= end:
        found.append(last_day(month_of(day)))
        day = found[-1] + ONE_DAY
    return found


def corrections(close: Close) -> QuerySet[Correction]:
    """The corrections of a closed period, newest first."""
    return close.corrections.select_related("entry").order_by("-entry__at", "-id")
