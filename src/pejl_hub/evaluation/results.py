"""The evaluation's results on a day. Figures come from ``pejl.indicators.evaluate`` alone.

What that does not count (score intervals, response, groups, weights) comes from ``pejl.surveys``,
over the same snapshot.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pejl.contract.goal import Contract, Goal, at
from pejl.indicators.evaluate import evaluate
from pejl.indicators.kinds.uncertainty import wilson_interval
from pejl.indicators.result import Figure, Interval, Measured
from pejl.snapshot.store import Snapshot
from pejl.standing.stand import target_on
from pejl.surveys import frame
from pejl.surveys.frame import Asked, Held
from pejl.surveys.groups import Group, by_group, scores
from pejl.surveys.intervals import nps_score_interval
from pejl.surveys.response import Compared, Rate, compare, rate
from pejl.surveys.rules import Rules
from pejl.surveys.verdicts import Verdict, verdict
from pejl.surveys.weighting import Weighted, weighted_nps
from pejl_hub.evidence.models import ReportedFigure

Key = Callable[[Asked], str | None]


@dataclass(frozen=True)
class Result:
    """One goal of the evaluation: our figure, how sure, both readings, weights, the others'."""

    goal: Goal
    measured: Measured
    interval: Interval | None
    verdict: Verdict
    target: Decimal | None  # of 1 for a share, as everywhere
    pending: bool  # the target is only expected, and nothing is scored
    weighted_invited: Weighted | None
    weighted_held: Weighted | None
    reported: ReportedFigure | None

    @property
    def difference(self) -> float | None:
        """The authority's figure minus ours, in the goal's unit as it is written."""
        value = self.measured.figure.value
        if self.reported is None or value is None:
            return None
        scale = 100 if self.goal.unit == "percent" else 1
        return float(self.reported.value) - float(value) * scale


@dataclass(frozen=True)
class Results:
    """Everything that the overview shows."""

    goals: list[Result]
    response: Rate
    by_segment: list[Compared]
    by_size: list[Compared]
    teams: list[Group]
    areas: list[Group]
    municipalities: list[Group]
    months: list[Group]
    advisers: list[Group]


def results(contract: Contract, snapshot: Snapshot, day: date, rules: Rules) -> Results:
    """Count and weigh on the day, over what the snapshot holds."""
    period = contract.period.until(min(day, contract.period.end))
    everyone = frame.asked(snapshot, day)
    invited = frame.invited_in(everyone, period)
    answered = [
        one for one in everyone if one.answered_on is not None and one.answered_on in period
    ]
    held = frame.held(snapshot, period, rules.type, rules.segments)
    found = evaluate(contract, snapshot, period.end)
    goals = [
        _result(contract, goal, found.goals[goal.id], (invited, answered, held), day, rules)
        for goal in evaluated(contract)
    ]
    least = rules.smallest_group

    def groups(key: Key) -> list[Group]:
        return by_group(answered, key, least)

    return Results(
        goals=goals,
        response=rate(invited),
        by_segment=compare(invited, lambda one: one.segment, list(contract.segments)),
        by_size=compare(invited, lambda one: band(contract, one.employees)),
        teams=groups(lambda one: one.team),
        areas=groups(lambda one: one.area),
        municipalities=groups(lambda one: one.municipality),
        months=groups(lambda one: f"{one.answered_on:%Y-%m}"),
        advisers=groups(lambda one: one.adviser),
    )


def evaluated(contract: Contract) -> list[Goal]:
    """The goals that rest on answers, in the contract's order."""
    return [goal for goal in contract.goals.values() if goal.measure.get("of") == "answer"]


def _result(
    contract: Contract,
    goal: Goal,
    measured: Measured,
    people: tuple[Sequence[Asked], Sequence[Asked], Sequence[Held]],
    day: date,
    rules: Rules,
) -> Result:
    interval = sure(goal, measured.figure)
    target = target_on(goal, day)
    aim = None if target is None else target.value if target.value is not None else target.expected
    op = goal.target.op if goal.target else ">="
    invited, answered, held = people
    segment = goal.measure.get("where", {}).get("segment")
    weigh = goal.measure["kind"] == "nps"
    return Result(
        goal=goal,
        measured=measured,
        interval=interval,
        verdict=verdict(measured.figure.value, interval, op, aim),
        target=aim,
        pending=at(goal.status, day) == "pending",
        weighted_invited=_weighted(contract, invited, answered, segment, rules) if weigh else None,
        weighted_held=_weighted(contract, held, answered, segment, rules) if weigh else None,
        reported=ReportedFigure.objects.filter(
            goal=goal.id, measured_on__gte=contract.period.start, measured_on__lte=day
        )
        .order_by("-measured_on", "-id")
        .first(),
    )


def sure(goal: Goal, figure: Figure) -> Interval | None:
    """The score interval of an NPS, Wilson's of a share; None without answers."""
    if goal.measure["kind"] == "nps":
        if not figure.n:
            return None
        detail = figure.detail
        return nps_score_interval(
            int(detail["promoters"] or 0), int(detail["detractors"] or 0), figure.n
        )
    if not figure.denominator:
        return None
    return wilson_interval(figure.numerator or 0, figure.denominator)


def _weighted(
    contract: Contract,
    population: Sequence[Asked] | Sequence[Held],
    answered: Sequence[Asked],
    segment: str | None,
    rules: Rules,
) -> Weighted:
    """The segment's NPS, each size band counting by its part of the population."""
    sizes = Counter(
        band(contract, one.employees) or "unknown" for one in population if one.segment == segment
    )
    mine = [one for one in answered if one.segment == segment]
    answers = {
        name: scores(one for one in mine if (band(contract, one.employees) or "unknown") == name)
        for name in sizes
    }
    return weighted_nps(sizes, answers, rules.smallest_stratum)


def band(contract: Contract, employees: int | None) -> str | None:
    """The size band of a number of employees; None when it is not known."""
    if employees is None:
        return None
    bands = [one for one in contract.size_bands if one.low <= employees]
    return max(bands, key=lambda one: one.low).id if bands else None
