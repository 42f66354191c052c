"""Why our own figure and the authority's differ: chance, mix, period and response, from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

from pejl.base.periods import Period
from pejl.contract.goal import Goal
from pejl.indicators.result import Figure, Interval
from pejl.snapshot.store import Snapshot
from pejl.surveys.reported import dimension_of, read_mix
from pejl.surveys.response import Rate


@dataclass(frozen=True)
class Theirs:
    """A reported figure as the snapshot holds it. Value and interval are in points or per cent."""

    id: int
    goal: str
    measured_on: date
    value: float
    n: int | None
    interval: Interval | None
    interval_by: str | None
    period: Period | None
    asked: int | None
    mix: Mapping[str, int]
    method: str | None
    source: str | None
    file_sha256: str | None


@dataclass(frozen=True)
class Ours:
    """Our figure in points or per cent, how sure, over which days, of how many asked."""

    value: float
    n: int
    interval: Interval | None
    period: Period
    response: Rate


@dataclass(frozen=True)
class Reweighted:
    """Our figure with their mix; ``covered`` of their answers are in groups that we have too."""

    dimension: str
    value: float
    covered: Fraction


@dataclass(frozen=True)
class Difference:
    """Ours minus theirs and what the data says of it. None: it cannot be said."""

    ours: Ours
    theirs: Theirs
    points: float
    interval: Interval | None  # of the difference: would chance alone explain it?
    reweighted: Reweighted | None

    @property
    def by_chance(self) -> bool | None:
        """Whether no difference at all is within the interval."""
        return None if self.interval is None else self.interval.low <= 0 <= self.interval.high

    @property
    def by_mix(self) -> float | None:
        """How much of the difference goes when ours has their mix."""
        return None if self.reweighted is None else self.ours.value - self.reweighted.value

    @property
    def rest(self) -> float | None:
        """What is left of the difference when ours has their mix."""
        return None if self.reweighted is None else self.reweighted.value - self.theirs.value

    @property
    def same_days(self) -> bool | None:
        """Whether both are about the same days."""
        return None if self.theirs.period is None else self.theirs.period == self.ours.period


def reported(snapshot: Snapshot, until: date) -> list[Theirs]:
    """Every figure that others have reported up to the day, by day and number."""
    rows = snapshot.table("reported").to_pylist()
    known = [_theirs(row) for row in rows if row["measured_on"] <= until]
    return sorted(known, key=lambda one: (one.measured_on, one.id))


def newest(found: list[Theirs], goal: str, start: date) -> Theirs | None:
    """The goal's latest figure since the contract began."""
    mine = [one for one in found if one.goal == goal and one.measured_on >= start]
    return mine[-1] if mine else None


def difference(
    ours: Ours, theirs: Theirs, cells: Mapping[str, Mapping[str, Figure]], scale: int
) -> Difference:
    """Compare the two. ``cells``: dimension -> group -> our figure; ``scale`` 100 for shares."""
    return Difference(
        ours=ours,
        theirs=theirs,
        points=ours.value - theirs.value,
        interval=of_difference(ours.value, ours.interval, theirs.value, theirs.interval),
        reweighted=reweighted(theirs.mix, cells, scale),
    )


def of_difference(
    one: float, around_one: Interval | None, other: float, around_other: Interval | None
) -> Interval | None:
    """95 % interval of one minus the other, out of the two intervals; None without both.

    Zou, G. Y. and Donner, A. (2008), "Construction of confidence limits about effect measures",
    Statistics in Medicine 27(10), 1693–1702: the variances are recovered from the limits.

    Examples
    --------
    >>> of_difference(70.0, Interval(67.0, 73.0), 60.0, Interval(56.0, 64.0))
    Interval(low=5.0, high=15.0)
    """
    if around_one is None or around_other is None:
        return None
    low = sqrt((one - around_one.low) ** 2 + (around_other.high - other) ** 2)
    high = sqrt((around_one.high - one) ** 2 + (other - around_other.low) ** 2)
    return Interval(one - other - low, one - other + high)


def reweighted(
    mix: Mapping[str, int], cells: Mapping[str, Mapping[str, Figure]], scale: int
) -> Reweighted | None:
    """Our groups weighted as theirs are; groups in which we have no answer weigh nothing."""
    dimension = dimension_of(mix, {name: frozenset(found) for name, found in cells.items()})
    if dimension is None:
        return None
    values = {name: cells[dimension][name].value for name in mix}
    usable = {name: mix[name] for name, value in values.items() if value is not None}
    total = sum(usable.values())
    if not total:
        return None
    value = sum((Fraction(n, total) * (values[g] or 0) for g, n in usable.items()), Fraction(0))
    return Reweighted(dimension, float(value * scale), Fraction(total, sum(mix.values())))


def scale_of(goal: Goal) -> int:
    """Shares are kept as fractions of 1 and reported in per cent."""
    return 100 if goal.unit == "percent" else 1


def _theirs(row: Mapping[str, Any]) -> Theirs:
    low, high = row["interval_low"], row["interval_high"]
    start, end = row.get("period_from"), row.get("period_to")
    return Theirs(
        id=row["id"],
        goal=row["goal"],
        measured_on=row["measured_on"],
        value=row["value"],
        n=row["n"],
        interval=None if low is None or high is None else Interval(low, high),
        interval_by=row.get("interval_by"),
        period=None if start is None or end is None else Period(start, end),
        asked=row.get("asked"),
        mix=read_mix(row.get("mix")),
        method=row.get("method"),
        source=row["source"],
        file_sha256=row["file_sha256"],
    )
