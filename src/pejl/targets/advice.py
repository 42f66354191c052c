"""Each goal's advice for next year: what it may bring, or the one thing that stands in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import sqrt

from pejl.contract.goal import Contract, Goal
from pejl.indicators.evaluate import over
from pejl.snapshot.store import Snapshot
from pejl.standing import forecast
from pejl.standing.forecast import scatter_of
from pejl.standing.pace import RISING
from pejl.standing.stand import target_on
from pejl.targets import history
from pejl.targets.counts import CountAhead, count_ahead
from pejl.targets.level import YEARS
from pejl.targets.shares import ShareAhead, share_ahead

ENOUGH = 20  # counted in a year: fewer are told one by one, not forecast
HUNDRED = 100


class Kind(StrEnum):
    """What kind of advice a goal can have."""

    COUNT = "count"
    SHARE = "share"
    SAMPLE = "sample"  # NPS and shares of those asked: how many must answer
    EFFECT = "effect"  # how many companies must be guided
    NONE = "none"


class Why(StrEnum):
    """What stands in the way of a distribution."""

    KIND = "kind"  # not a figure that history can be read from
    YEARS = "years"  # fewer than two years on record
    FEW = "few"  # fewer than twenty counted in a year
    NO_FIGURE = "no_figure"  # nothing measured yet
    PAST = "past"  # the year asked for is not after the contract's


@dataclass(frozen=True)
class Advice:
    """One goal's advice; ``why`` is there when ``ahead`` is not."""

    goal: Goal
    kind: Kind
    target: float | None = None  # this year's, as its figure is written: a share is of 1
    past: Mapping[str, float] = field(default_factory=dict)  # year -> figure
    running: forecast.Forecast | None = None  # the last of them, where it is not over
    ahead: CountAhead | ShareAhead | None = None
    deviation: float | None = None  # of one answer
    answers: int | None = None  # last year's
    figure: float | None = None  # last year's
    why: Why | None = None

    @property
    def op(self) -> str:
        """How the figure is compared with the target; at least, where there is none."""
        return self.goal.target.op if self.goal.target else ">="


def advise(contract: Contract, snapshot: Snapshot, as_of: date, year: int) -> dict[str, Advice]:
    """Every goal's advice for the calendar year, in the contract's order.

    A pure function of its arguments. Goals told in words are left out.
    """
    steps = year - contract.period.end.year
    asked = _Asked(contract, snapshot, as_of, steps)
    goals = (goal for goal in contract.goals.values() if goal.measure["kind"] != "narrative")
    return {goal.id: asked.advice(goal) for goal in goals}


def kind_of(goal: Goal) -> Kind:
    """What kind of advice the goal can have."""
    kind = goal.measure["kind"]
    if kind in RISING:
        return Kind.COUNT
    if kind == "nps" or (kind == "share" and goal.measure.get("of") == "answer"):
        return Kind.SAMPLE
    if kind == "share":
        return Kind.SHARE
    if kind == "reported" and goal.unit == "percentage_point":
        return Kind.EFFECT
    return Kind.NONE


@dataclass(frozen=True)
class _Asked:
    contract: Contract
    snapshot: Snapshot
    as_of: date
    steps: int

    def advice(self, goal: Goal) -> Advice:
        kind = kind_of(goal)
        bare = Advice(goal, kind, _target(goal, min(self.as_of, self.contract.period.end)))
        if self.steps < 1:
            return _without(bare, Why.PAST)
        match kind:
            case Kind.COUNT:
                return self._count(bare)
            case Kind.SHARE:
                return self._share(bare)
            case Kind.SAMPLE:
                return self._sample(bare)
            case Kind.EFFECT:
                return bare
            case _:
                return _without(bare, Why.KIND)

    def _count(self, bare: Advice) -> Advice:
        past = history.counted(self.contract, self.snapshot, bare.goal.id, self.as_of)
        years = past.counts()
        seen = dict(zip(past.names, (year.count for year in years), strict=True))
        told = Advice(bare.goal, bare.kind, bare.target, seen, past.running)
        if len(years) < YEARS:
            return _without(told, Why.YEARS)
        if min(year.count for year in years) < ENOUGH:
            return _without(told, Why.FEW)
        whole = past.months if past.running is None else past.months[:-1]
        ahead = count_ahead(years, _count_scatter(whole), self.steps, most=self._most(bare.goal))
        return Advice(bare.goal, bare.kind, bare.target, seen, past.running, ahead)

    def _most(self, goal: Goal) -> int | None:
        """A hub reaches no more municipalities than it has."""
        if goal.unit != "municipality":
            return None
        return len(self.contract.territory.on(self.contract.period.end))

    def _share(self, bare: Advice) -> Advice:
        past = history.shared(self.contract, self.snapshot, bare.goal.id, self.as_of)
        years = past.shares()
        shares = (year.numerator / year.denominator for year in years)
        told = Advice(bare.goal, bare.kind, bare.target, dict(zip(past.names, shares, strict=True)))
        if len(years) < YEARS:
            return _without(told, Why.YEARS)
        if min(year.denominator for year in years) < ENOUGH:
            return _without(told, Why.FEW)
        usual = max(year.denominator for year in years[-2:])
        ahead = share_ahead(years, _share_scatter(past.months), usual, self.steps)
        return Advice(told.goal, told.kind, told.target, told.past, ahead=ahead)

    def _sample(self, bare: Advice) -> Advice:
        until = self.contract.period.until(min(self.as_of, self.contract.period.end))
        figure = over(self.contract, self.snapshot, bare.goal.id, until).figure
        n = figure.n or figure.denominator
        if not n or figure.value is None:
            return _without(bare, Why.NO_FIGURE)
        value = float(figure.value)
        deviation = (
            sqrt(value * (1 - value))
            if bare.goal.unit == "percent"
            else (figure.standard_error or 0.0) * sqrt(n)
        )
        return Advice(
            bare.goal, bare.kind, bare.target, deviation=deviation, answers=n, figure=value
        )


def _without(advice: Advice, why: Why) -> Advice:
    return Advice(advice.goal, advice.kind, advice.target, advice.past, advice.running, why=why)


def _target(goal: Goal, day: date) -> float | None:
    """The target that holds, agreed or expected; a share is of 1."""
    held = target_on(goal, day)
    number = None if held is None else held.value if held.value is not None else held.expected
    return None if number is None else float(number)


def _count_scatter(years: Sequence[Sequence[tuple[int, int]]]) -> float:
    """How much more than chance the months scatter; chance alone where one year is whole."""
    same = [[n for n, _ in months] for months in years[-3:] if len(months) == len(years[-1])]
    return scatter_of(same) if len(same) > 1 else 1.0


def _share_scatter(years: Sequence[Sequence[tuple[int, int]]]) -> float:
    """The same of shares: each month's numerator about its own year's share."""
    chi, freedom = 0.0, 0
    for months in years:
        known = [(k, n) for k, n in months if n]
        k, n = sum(k for k, _ in known), sum(n for _, n in known)
        p = (k + 0.5) / (n + 1)
        chi += sum((ki - ni * p) ** 2 / (ni * p * (1 - p)) for ki, ni in known)
        freedom += len(known) - 1
    return max(1.0, chi / freedom) if freedom > 0 else 1.0
