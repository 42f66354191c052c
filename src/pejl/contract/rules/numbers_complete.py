"""A number says from which date it holds, in which unit, and which clause promises it."""

from collections.abc import Iterator
from typing import Any

from pejl.base.phrases import phrase
from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule


def check(draft: Draft) -> Iterator[Problem]:
    """Each target whose number lacks its date, unit or clause."""
    data = draft.document.data
    goals = data.get("goals") if isinstance(data, dict) else None
    for position, goal in enumerate(goals if isinstance(goals, list) else ()):
        if isinstance(goal, dict) and isinstance(goal.get("target"), dict):
            yield from _target(goal, ("goals", position))


def _target(goal: dict[str, Any], where: Where) -> Iterator[Problem]:
    target, measure = goal["target"], goal.get("measure")
    for key in ("value", "expected"):
        if key in target:
            yield Problem(
                (*where, "target", key),
                phrase("the number {number} stands under no date", number=target[key]),
            )
    if isinstance(measure, dict) and "unit" not in measure:
        yield Problem((*where, "measure"), phrase("the target's number has no unit"))
    values = target.get("values")
    for day, entry in values.items() if isinstance(values, dict) else ():
        yield from _value(entry, (*where, "target", "values", day))


def _value(entry: Any, where: Where) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        yield Problem(where, phrase("the number {number} names no clause", number=entry))
        return
    if "clause" not in entry:
        yield Problem(where, phrase("the number names no clause"))
    if ("value" in entry) == ("expected" in entry):
        yield Problem(
            where, phrase("there must be one number: value when agreed, expected while pending")
        )


RULE = Rule(
    "numbers_complete",
    "Every number stands under the date from which it holds, with its unit and its clause.",
    phrase(
        "Write it as values: {2024-01-01: {value: 1500, clause: K2.1}}, and the unit in measure."
    ),
    check,
)
