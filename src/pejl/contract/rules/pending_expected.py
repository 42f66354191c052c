"""A pending goal has an expected number and is never held to it; an agreed one has a value."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Goal, at


def check(draft: Draft) -> Iterator[Problem]:
    """Each goal whose number does not suit its status, on each date on which either changes."""
    for goal in draft.contract.goals.values():
        yield from _numbers(draft, goal)
        if "pending" in goal.status.values() and not goal.awaits:
            where = draft.entry("goals", goal.id, "status")
            yield Problem(
                where, phrase("{id} is pending, but does not say what it awaits", id=goal.id)
            )


def _numbers(draft: Draft, goal: Goal) -> Iterator[Problem]:
    values = goal.target.values if goal.target else {}
    for day in sorted({*goal.status, *values}):
        promised, status = at(values, day), at(goal.status, day)
        if promised is None:
            continue
        field = "value" if promised.value is not None else "expected"
        if (status, field) in (("pending", "value"), ("agreed", "expected")):
            where = draft.entry("goals", goal.id, "target", "values", day.isoformat(), field)
            yield Problem(
                where,
                phrase(
                    "{id} is {status} on {day}, but its number is under {field}",
                    id=goal.id,
                    status=status,
                    day=day,
                    field=field,
                ),
            )


RULE = Rule(
    "pending_expected",
    "A pending goal has expected, never value, and says what it awaits; an agreed one has value.",
    phrase(
        "Use expected while the goal is pending; when it is agreed, amend both status and number."
    ),
    check,
)
