"""Pace: how much of a target is expected by a day, as a share of it.

A shape says which share of the whole period's figure is expected at each month's end; within a
month the share rises with the working days. Shapes come from earlier years (``seasons``) or, when
these say too little, from the calendar alone. See docs/explanation/pace-and-light.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from pejl.base.periods import Period, first_day, last_day, month_of

SEASONAL, WORKING_DAYS, CONSTANT, NONE = "seasonal", "working_days", "constant", "none"
# How the figure of a kind of goal moves; a kind not named here (shares, means, scores, figures
# reported by others) is held against the same number all the way.
RISING = frozenset({"count", "sum", "distinct"})  # never falls: what is counted stays counted
LEVEL = frozenset({"level_growth", "narrative"})  # not by season: its path is a straight line


@dataclass(frozen=True)
class Shape:
    """The share of the period's figure expected by each month's end; the last one is 1."""

    method: str  # SEASONAL | WORKING_DAYS | CONSTANT
    period: Period
    shares: Mapping[str, Fraction]  # month -> share

    def on(self, day: date) -> Fraction:
        """The share expected by the end of ``day``, from 0 to 1; 1 after the period."""
        if day >= self.period.end:
            return Fraction(1)
        month = month_of(day)
        before = self._before(month)
        return before + (self.shares[month] - before) * _elapsed(_within(self.period, month), day)

    def _before(self, month: str) -> Fraction:
        """The share expected when the month begins."""
        earlier = [m for m in self.shares if m < month]
        if earlier:
            return self.shares[max(earlier)]
        return Fraction(1) if self.method == CONSTANT else Fraction(0)


def constant(period: Period) -> Shape:
    """The whole target on every day: shares, means and scores do not grow with the year."""
    return Shape(CONSTANT, period, dict.fromkeys(period.months(), Fraction(1)))


@lru_cache(maxsize=64)
def working_days(period: Period) -> Shape:
    """A straight line over the Danish working days of the period.

    Examples
    --------
    >>> shape = working_days(Period(date(2024, 1, 1), date(2024, 2, 29)))
    >>> shape.on(date(2024, 1, 31))  # 22 of the 43 days that are no weekend and no holiday
    Fraction(22, 43)
    """
    return _shape(WORKING_DAYS, period, [_weight(_within(period, m)) for m in period.months()])


def seasonal(period: Period, years: Sequence[Sequence[int]]) -> Shape:
    """The shape of earlier years pooled: ``years[k][i]`` was counted in month ``i`` of year ``k``.

    Counts are added before they are divided, so a year with more records weighs more. There must
    be something to divide by: at least one year with a count.
    """
    return _shape(SEASONAL, period, [sum(month) for month in zip(*years, strict=True)])


def elapsed(period: Period, month: str, day: date) -> Fraction:
    """The share of a month of the period that has passed when ``day`` ends, from 0 to 1."""
    within = _within(period, month)
    if day < within.start:
        return Fraction(0)
    return Fraction(1) if day >= within.end else _elapsed(within, day)


def _shape(method: str, period: Period, weights: Sequence[int]) -> Shape:
    total = sum(weights)
    running = accumulate(weights)
    shares = zip(period.months(), (Fraction(w, total) for w in running), strict=True)
    return Shape(method, period, dict(shares))


def _within(period: Period, month: str) -> Period:
    """The part of the month that lies in the period."""
    return Period(max(first_day(month), period.start), min(last_day(month), period.end))


@lru_cache(maxsize=1024)
def _weight(period: Period) -> int:
    """Working days; of days without any (a period of a few holidays) the days themselves."""
    return period.working_days() or (period.end - period.start).days + 1


def _elapsed(month: Period, day: date) -> Fraction:
    """The share of the month's working days that has passed when ``day`` ends."""
    return Fraction(month.until(day).working_days(), _weight(month))
