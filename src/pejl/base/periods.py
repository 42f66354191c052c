"""Days, months and working days: the only calendar arithmetic in Pejl."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from pejl.base.errors import UserError


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``start`` to ``end``, both included.

    Examples
    --------
    >>> Period(date(2024, 1, 1), date(2024, 3, 31)).months()
    ['2024-01', '2024-02', '2024-03']
    """

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def until(self, day: date) -> "Period":
        """The part of the period up to and including ``day``; UserError outside the period."""
        if day not in self:
            raise UserError(
                given=f"the date {day.isoformat()}",
                needed=f"a date from {self.start.isoformat()} to {self.end.isoformat()}",
                remedy="Choose a date within the contract's period.",
            )
        return Period(self.start, day)

    def months(self) -> list[str]:
        """Each calendar month touched, as ``YYYY-MM``, in order."""
        first, last = _number(self.start), _number(self.end)
        return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(first, last + 1)]

    def whole_months(self) -> list[str]:
        """The calendar months that lie wholly within the period, as ``YYYY-MM``."""
        return [m for m in self.months() if first_day(m) in self and last_day(m) in self]

    def days(self) -> Iterator[date]:
        """Each day in order."""
        for offset in range((self.end - self.start).days + 1):
            yield self.start + timedelta(days=offset)

    def working_days(self) -> int:
        """Days that are neither weekend nor Danish public holiday."""
        return sum(1 for day in self.days() if is_working_day(day))


def _number(day: date) -> int:
    """The day's month, counted from the year nought."""
    return day.year * 12 + day.month - 1


def month_of(day: date) -> str:
    """The month of a day as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """The first day of a ``YYYY-MM`` month."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The last day of a ``YYYY-MM`` month."""
    return (first_day(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether the day is a working day in Denmark."""
    return day.weekday() < 5 and day not in _holidays(day.year)


@lru_cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("DK", years=year)
