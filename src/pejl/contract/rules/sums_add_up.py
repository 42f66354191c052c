"""The parts that the contract names add up to the total that the contract names."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Goal, TargetValue, at


def check(draft: Draft) -> Iterator[Problem]:
    """Each total that its parts do not add up to, on each date on which a number changes."""
    for goal in draft.contract.goals.values():
        if goal.measure["kind"] == "sum" and goal.target:
            yield from _total(draft, goal)


def _total(draft: Draft, goal: Goal) -> Iterator[Problem]:
    parts = [draft.contract.goals.get(name) for name in goal.measure["goals"]]
    known = [part for part in parts if part is not None]
    totals = goal.target.values if goal.target else {}
    days = {*totals, *(day for part in known if part.target for day in part.target.values)}
    for day in sorted(day for day in days if day >= min(totals)):
        total, added = _number(at(totals, day)), sum(_part(part, day) for part in known)
        if added != total:
            where = draft.entry("goals", goal.id, "target", "values", day.isoformat())
            sums = " + ".join(f"{_part(part, day)}" for part in known)
            yield Problem(
                where,
                phrase(
                    "on {day} the parts are {sums} = {added}, not {total}",
                    day=day,
                    sums=sums,
                    added=added,
                    total=total,
                ),
            )


def _part(goal: Goal, day: date) -> Decimal:
    return _number(at(goal.target.values, day)) if goal.target else Decimal(0)


def _number(promised: TargetValue | None) -> Decimal:
    if promised is None:
        return Decimal(0)
    return promised.value if promised.value is not None else promised.expected or Decimal(0)


RULE = Rule(
    "sums_add_up",
    "The targets of the goals in a sum add up to the sum's own target, on every date.",
    phrase(
        "Correct the number that differs from the source; when the source itself does not add up, "
        "leave the total without a target and say so in an interpretation."
    ),
    check,
)
