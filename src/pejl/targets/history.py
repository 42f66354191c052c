"""What the years on record had, by the newest contract's own rules; the running year forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pejl.base.periods import Period, month_of
from pejl.contract.goal import Contract
from pejl.indicators.evaluate import daily, over
from pejl.snapshot.store import Snapshot
from pejl.standing import forecast, pace
from pejl.standing.seasons import back
from pejl.standing.stand import months_of
from pejl.targets.counts import CountYear
from pejl.targets.shares import ShareYear

MOST = 5  # habits change: older years say little about the next
# An 80 % interval is so many standard deviations wide.
WIDE = 2 * forecast.NORMAL.inv_cdf(forecast.HIGH)


@dataclass(frozen=True)
class Past:
    """The years of a goal, oldest first, with their months; ``running`` is the last's forecast."""

    periods: Sequence[Period]
    months: Sequence[Sequence[tuple[int, int]]]  # numerator and denominator; 0 for a count
    running: forecast.Forecast | None = None

    @property
    def names(self) -> list[str]:
        """The calendar year in which each year ends."""
        return [str(period.end.year) for period in self.periods]

    def counts(self) -> list[CountYear]:
        """The years as counts; a running year as it is forecast."""
        years = [CountYear(float(sum(n for n, _ in months))) for months in self.months]
        if self.running is not None:
            deviation = (self.running.high - self.running.low) / WIDE
            years[-1] = CountYear(self.running.mid, deviation**2)
        return years

    def shares(self) -> list[ShareYear]:
        """The years as shares; a running year as far as it has come."""
        sums = [tuple(map(sum, zip(*months, strict=True))) for months in self.months]
        return [ShareYear(int(k), int(n)) for k, n in sums]


def counted(contract: Contract, snapshot: Snapshot, goal_id: str, as_of: date) -> Past:
    """The years of a goal that is counted; those before the first on record are left out.

    A year is on record when something was counted in its first three months. The contract's own
    year is forecast until it is over, and left out where no forecast can be made.
    """
    periods = [back(contract.period, years) for years in range(MOST, -1, -1)]
    found = [_count_months(contract, snapshot, goal_id, period, as_of) for period in periods]
    whole = [(p, m) for p, m in zip(periods, found, strict=True) if _on_record(m)]
    if not whole or whole[-1][0] != contract.period or as_of >= contract.period.end:
        return Past([p for p, _ in whole], [m for _, m in whole])
    ahead = _forecast(contract.period, [m for _, m in whole], as_of)
    kept = whole if ahead is not None else whole[:-1]
    return Past([p for p, _ in kept], [m for _, m in kept], ahead)


def shared(contract: Contract, snapshot: Snapshot, goal_id: str, as_of: date) -> Past:
    """The years of a goal that is a share; those without records are left out."""
    periods = [back(contract.period, years) for years in range(MOST, -1, -1)]
    kept: list[tuple[Period, list[tuple[int, int]]]] = []
    for period in periods:
        until = Period(period.start, min(period.end, as_of))
        months = months_of(over(contract, snapshot, goal_id, until))
        if sum(n for _, n in months):
            kept.append((period, months))
    return Past([p for p, _ in kept], [m for _, m in kept])


def _count_months(
    contract: Contract, snapshot: Snapshot, goal_id: str, period: Period, as_of: date
) -> list[tuple[int, int]]:
    # A snapshot may hold what was known of days after the date; they are not counted yet.
    until = Period(period.start, min(period.end, as_of))
    months = dict.fromkeys(period.months(), 0)
    for day, amount in (daily(contract, snapshot, goal_id, until) or {}).items():
        months[month_of(day)] += amount
    return [(amount, 0) for amount in months.values()]


def _on_record(months: Sequence[tuple[int, int]]) -> bool:
    return sum(n for n, _ in months[:3]) > 0


def _forecast(
    period: Period, years: Sequence[Sequence[tuple[int, int]]], as_of: date
) -> forecast.Forecast | None:
    earlier = [[n for n, _ in months] for months in years[:-1]]
    parts: list[Fraction] = [pace.elapsed(period, month, as_of) for month in period.months()]
    whole = [year for year in earlier if len(year) == len(parts)]
    return forecast.count(sum(n for n, _ in years[-1]), whole[-3:], parts)
