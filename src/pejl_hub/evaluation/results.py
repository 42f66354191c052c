"""The evaluation's results on a day. Figures come from ``pejl.indicators.evaluate`` alone.

What that does not count (score intervals, response, groups, weights) comes from ``pejl.surveys``,
over the same snapshot.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pejl.base.periods import Period
from pejl.contract.goal import Contract, Goal, at
from pejl.indicators.evaluate import evaluate
from pejl.indicators.kinds.score import nps_score_interval
from pejl.indicators.kinds.uncertainty import wilson_interval
from pejl.indicators.result import Figure, Interval, Measured
from pejl.snapshot.store import Snapshot
from pejl.standing.stand import target_on
from pejl.surveys import frame
from pejl.surveys.difference import Difference, Ours, Theirs, difference, newest, reported, scale_of
from pejl.surveys.frame import Asked, Held
from pejl.surveys.groups import (
    BY,
    NPS_OF_ALL,
    USE_OF_ALL,
    Group,
    groups,
    scores_of,
    with_pooled,
)
from pejl.surveys.response import Compared, Rate, compare, rate
from pejl.surveys.rules import Rules
from pejl.surveys.verdicts import Verdict, verdict
from pejl.surveys.weighting import Weighted, weighted_nps

MIXED_BY = ("segment", "size")  # a mix that others report is of one of these


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
    reported: Theirs | None
    earlier: int  # figures of the goal that others reported before that one
    difference: Difference | None


@dataclass(frozen=True)
class Results:
    """Everything that the overview shows. ``groups``: dimension -> its groups."""

    goals: list[Result]
    response: Rate
    compared: Mapping[str, list[Compared]]
    groups: Mapping[str, list[Group]]


@dataclass(frozen=True)
class _People:
    """Who was asked, who was to be asked, and what others found: all of one snapshot and day."""

    contract: Contract
    day: date
    period: Period
    invited: Sequence[Asked]
    held: Sequence[Held]
    reported: list[Theirs]
    smallest_stratum: int


def results(contract: Contract, snapshot: Snapshot, day: date, rules: Rules) -> Results:
    """Count and weigh on the day, over what the snapshot holds."""
    period = contract.period.until(min(day, contract.period.end))
    invited = frame.invited_in(frame.asked(snapshot, day), period)
    people = _People(
        contract=contract,
        day=day,
        period=period,
        invited=invited,
        held=frame.held(snapshot, period, rules.type, rules.segments),
        reported=reported(snapshot, day),
        smallest_stratum=rules.smallest_stratum,
    )
    found = evaluate(with_pooled(contract), snapshot, period.end).goals
    nps, use, least = found[NPS_OF_ALL], found[USE_OF_ALL], rules.smallest_group
    return Results(
        goals=[_result(goal, found[goal.id], people) for goal in evaluated(contract)],
        response=rate(invited),
        compared=_compared(contract, invited, least),
        groups={dimension: groups(nps, use, dimension, least) for dimension in BY},
    )


def _compared(
    contract: Contract, invited: Sequence[Asked], least: int
) -> dict[str, list[Compared]]:
    """Respondents beside the silent. Places and teams have a least number, as their figures do."""
    territory = set(contract.territory.on(contract.period.start))

    def place(one: Asked) -> str | None:
        return one.municipality if one.municipality in territory | {None} else "outside"

    return {
        "segment": compare(invited, lambda one: one.segment, list(contract.segments)),
        "size": _asked(
            compare(
                invited,
                lambda one: band(contract, one.employees),
                [one.id for one in contract.size_bands],
            )
        ),
        "municipality": compare(invited, place, least=least),
        "team": compare(invited, lambda one: one.team, least=least),
    }


def _asked(found: list[Compared]) -> list[Compared]:
    return [one for one in found if one.rate.asked]


def evaluated(contract: Contract) -> list[Goal]:
    """The goals that rest on answers, in the contract's order."""
    return [goal for goal in contract.goals.values() if goal.measure.get("of") == "answer"]


def _result(goal: Goal, measured: Measured, people: _People) -> Result:
    interval = sure(goal, measured.figure)
    op = goal.target.op if goal.target else ">="
    target = target_on(goal, people.day)
    aim = None if target is None else target.value if target.value is not None else target.expected
    weigh = goal.measure["kind"] == "nps" and "size" in measured.breakdowns
    theirs = newest(people.reported, goal.id, people.contract.period.start)
    return Result(
        goal=goal,
        measured=measured,
        interval=interval,
        verdict=verdict(measured.figure.value, interval, op, aim),
        target=aim,
        pending=at(goal.status, people.day) == "pending",
        weighted_invited=_weighted(people, people.invited, goal, measured) if weigh else None,
        weighted_held=_weighted(people, people.held, goal, measured) if weigh else None,
        reported=theirs,
        earlier=sum(one.goal == goal.id for one in people.reported) - (theirs is not None),
        difference=_difference(goal, measured, interval, theirs, people),
    )


def _difference(
    goal: Goal,
    measured: Measured,
    interval: Interval | None,
    theirs: Theirs | None,
    people: _People,
) -> Difference | None:
    figure, scale = measured.figure, scale_of(goal)
    if theirs is None or figure.value is None:
        return None
    mine = [one for one in people.invited if _of_segment(goal, one.segment)]
    ours = Ours(
        value=float(figure.value * scale),
        n=figure.n or 0,
        interval=interval and Interval(interval.low * scale, interval.high * scale),
        period=people.period,
        response=rate(mine),
    )
    cells = {name: one.cells for name, one in measured.breakdowns.items() if name in MIXED_BY}
    return difference(ours, theirs, cells, scale)


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
    people: _People, population: Sequence[Asked] | Sequence[Held], goal: Goal, measured: Measured
) -> Weighted:
    """The segment's NPS, each size band counting by its part of the population."""
    sizes = Counter(
        band(people.contract, one.employees) or "unknown"
        for one in population
        if _of_segment(goal, one.segment)
    )
    cells = measured.breakdowns["size"].cells
    answers = {name: scores_of(cells[name]) for name in sizes}
    return weighted_nps(sizes, answers, people.smallest_stratum)


def _of_segment(goal: Goal, segment: str | None) -> bool:
    """Whether the goal asks the segment; one that names none asks all."""
    asked = goal.measure.get("where", {}).get("segment")
    return asked is None or segment in (asked if isinstance(asked, list) else [asked])


def band(contract: Contract, employees: int | None) -> str | None:
    """The size band of a number of employees; None when it is not known."""
    if employees is None:
        return None
    bands = [one for one in contract.size_bands if one.low <= employees]
    return max(bands, key=lambda one: one.low).id if bands else None
