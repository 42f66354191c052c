"""A duty's occasions: the parts of the period it covers, and the day each is due.

The contract says how often, never by which day; the days are the hub's own and come in as a
``Rule``. Nothing here knows what has been done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pejl.base.errors import UserError
from pejl.base.periods import Period, first_day, is_working_day, last_day
from pejl.contract.goal import Duty

ONE_DAY = timedelta(days=1)
# How many months an occasion of each cadence covers; a running duty's rhythm is the hub's own.
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
RUNNING, ONCE = "running", "once"
# Nobody can say beforehand when these fall due: they are added when somebody asks, or it happens.
UNDATED = frozenset({"on_request", "on_event"})


@dataclass(frozen=True)
class Rule:
    """When an occasion is due: so many working days after the part it covers has ended."""

    working_days: int
    months: int | None = None  # how many months an occasion of a running duty covers

    def __post_init__(self) -> None:
        if self.working_days < 0 or (self.months is not None and not 1 <= self.months <= 12):
            raise UserError(
                given=f"{self.working_days} working days after each {self.months} months",
                needed="no days before the part has ended, and 1 to 12 months",
                remedy="Change the numbers.",
            )


@dataclass(frozen=True)
class Occasion:
    """One time a duty is to be done: ``part`` names what it covers, such as ``2024-03``."""

    duty: str
    part: str
    covers: Period
    due_on: date


def occasions(duty: Duty, period: Period, rule: Rule) -> tuple[Occasion, ...]:
    """The occasions of a duty in the contract's period, the first due first.

    A duty that is done once is due so many working days after the period begins. A duty on
    request or on an event has none, for nobody knows the day. Raises UserError for a running duty
    whose rule has no months.

    Examples
    --------
    >>> duty = Duty("count", "M1.3", {}, "monthly", "hub")
    >>> first, *_ = occasions(duty, Period(date(2024, 1, 1), date(2024, 12, 31)), Rule(10))
    >>> first.part, first.due_on.isoformat()
    ('2024-01', '2024-02-14')
    """
    if duty.cadence in UNDATED:
        return ()
    if duty.cadence == ONCE:
        begins = after(period.start - ONE_DAY, rule.working_days)
        return (Occasion(duty.id, ONCE, period, begins),)
    return tuple(
        Occasion(duty.id, _name(part), part, after(part.end, rule.working_days))
        for part in _parts(period, _months_of(duty, rule))
    )


@lru_cache(maxsize=4096)
def after(day: date, working_days: int) -> date:
    """The day that is so many Danish working days after ``day``; ``day`` itself for none."""
    while working_days > 0:
        day += ONE_DAY
        working_days -= is_working_day(day)
    return day


def _months_of(duty: Duty, rule: Rule) -> int:
    months = MONTHS.get(duty.cadence, rule.months)
    if months is None:
        raise UserError(
            given=f"the duty {duty.id} as it goes, without a rhythm",
            needed="how many months lie between",
            remedy="Choose 1 to 12 months.",
        )
    return months


def _parts(period: Period, months: int) -> Iterator[Period]:
    """The period cut into so many calendar months each; the last part may be shorter."""
    every = period.months()
    for first in range(0, len(every), months):
        within = every[first : first + months]
        begins, ends = first_day(within[0]), last_day(within[-1])
        yield Period(max(begins, period.start), min(ends, period.end))


def _name(part: Period) -> str:
    """``2024-03`` for a month, else from month to month: ``2024-01..2024-03``."""
    first, last = f"{part.start:%Y-%m}", f"{part.end:%Y-%m}"
    return first if first == last else f"{first}..{last}"
