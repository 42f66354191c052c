"""A number that the contract is held to stands in the words of its clause."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pejl.base.phrases import phrase
from pejl.contract.danish import numbers_in
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Contract, Goal

# Percent and percentage points are different units, and the quote must say which it is.
MARKS = {"percent": ("%", "pct", "procent "), "percentage_point": ("procentpoint",)}


def check(draft: Draft) -> Iterator[Problem]:
    """Each target, and each limit in a goal's measure, that its clause's quote does not hold."""
    for goal in draft.contract.goals.values():
        yield from _targets(draft, goal)
        for number in _limits(goal.measure):
            if not _stands(draft.contract, goal.clause, number, ""):
                where = draft.entry("goals", goal.id, "measure")
                yield Problem(
                    where,
                    phrase(
                        "the quote of {clause} does not hold the limit {number}",
                        clause=goal.clause,
                        number=number,
                    ),
                )


def _targets(draft: Draft, goal: Goal) -> Iterator[Problem]:
    for day, promised in goal.target.values.items() if goal.target else ():
        number = promised.value if promised.value is not None else promised.expected
        if not _stands(draft.contract, promised.clause, number, goal.unit):
            field = "value" if promised.value is not None else "expected"
            where = draft.entry("goals", goal.id, "target", "values", day.isoformat(), field)
            said = f"{number} ({goal.unit})"
            yield Problem(
                where,
                phrase(
                    "the quote of {clause} does not hold the number {number}",
                    clause=promised.clause,
                    number=said,
                ),
            )


def _stands(contract: Contract, clause: str, number: Decimal | None, unit: str) -> bool:
    if clause not in contract.clauses:
        return True  # references_exist says it
    found = numbers_in(contract.clauses[clause].quote)
    return any(
        said.value == number and said.followed_by.startswith(MARKS.get(unit, ("",)))
        for said in found
    )


def _limits(measure: Mapping[str, Any]) -> Iterator[Decimal]:
    for part in (measure, *measure.get("parts", ())):
        for conditions in (part.get("where", {}), part.get("having", {})):
            for condition in conditions.values():
                yield from _numbers(condition)


def _numbers(condition: Any) -> Iterator[Decimal]:
    given = condition.get("value") if isinstance(condition, Mapping) else condition
    for value in given if isinstance(given, list) else [given]:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield Decimal(value)


RULE = Rule(
    "numbers_in_quotes",
    "A target's number, and a limit in a goal's measure, stands in the quote of its clause; a "
    "percentage with its sign.",
    phrase("Correct the number, or name the clause that promises it."),
    check,
)
