"""The seasons of earlier years: what a goal counted month by month in the years on record."""

from collections import Counter
from datetime import date

from pejl.base.periods import Period, first_day, last_day, month_of
from pejl.contract.goal import Contract
from pejl.indicators.evaluate import daily
from pejl.snapshot.store import Snapshot

# Fewer in a year say more about chance than about the season: with 50, a month that has a tenth
# of the year is known to within some 8 percentage points (95 %).
ENOUGH = 50
# Habits change: older years than these say little about this one.
YEARS = 3


def earlier_years(contract: Contract, snapshot: Snapshot, goal_id: str) -> list[list[int]]:
    """What was counted in each month of each earlier year that says enough, the latest first.

    A year says enough when it is on record as a whole, which shows by something counted in both
    its first and its last month, and at least ``ENOUGH`` were counted in it. Empty for a goal
    whose kind has no daily series.
    """
    periods = [back(contract.period, years) for years in range(1, YEARS + 1)]
    months = [_months(contract, snapshot, goal_id, period) for period in periods]
    return [counts for counts in months if says_enough(counts)]


def says_enough(counts: list[int]) -> bool:
    """Whether a year's months show a season."""
    return bool(counts) and counts[0] > 0 and counts[-1] > 0 and sum(counts) >= ENOUGH


def back(period: Period, years: int) -> Period:
    """The same days some years earlier; a month's last day stays its last day.

    Examples
    --------
    >>> back(Period(date(2023, 3, 1), date(2024, 2, 29)), 1)
    Period(start=datetime.date(2022, 3, 1), end=datetime.date(2023, 2, 28))
    """
    return Period(_back(period.start, years), _back(period.end, years))


def _back(day: date, years: int) -> date:
    month = f"{day.year - years:04d}-{day.month:02d}"
    if day == last_day(month_of(day)):
        return last_day(month)
    return first_day(month).replace(day=day.day)


def _months(contract: Contract, snapshot: Snapshot, goal_id: str, period: Period) -> list[int]:
    days = daily(contract, snapshot, goal_id, period)
    if days is None:
        return []
    counted: Counter[str] = Counter()
    for day, amount in days.items():
        counted[month_of(day)] += amount
    return [counted[month] for month in period.months()]
