"""A figure is broken down only by what its records know, and says truly what adds up."""

from collections.abc import Iterator

from pejl.base.phrases import phrase
from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Contract, Goal
from pejl.snapshot.tables import TABLES

# An adviser is nobody's breakdown: a contract never publishes a single person.
COLUMN_OF = {
    "municipality": "municipality",
    "segment": "segment",
    "size": "employees",
    "team": "team",
    "area": "priority_area",
}
DIMENSIONS = ("month", *COLUMN_OF)


def check(draft: Draft) -> Iterator[Problem]:
    """Each breakdown that does not exist or that the goal's records cannot give."""
    for goal in draft.contract.goals.values():
        where = draft.entry("goals", goal.id)
        tables = [name for name in _tables(draft.contract, goal) if name in TABLES]
        for dimension in goal.breakdowns:
            if message := _misfit(dimension, tables):
                yield Problem(
                    (*where, "breakdowns"), phrase("{id}: {message}", id=goal.id, message=message)
                )
        yield from _sums(goal, (*where, "measure"))


def _tables(contract: Contract, goal: Goal) -> Iterator[str]:
    """The tables that the goal counts, its own or those of the goals that it puts together."""
    named = [
        contract.goals[name] for name in goal.measure.get("goals", ()) if name in contract.goals
    ]
    for each in (goal, *named):
        for part in (each.measure, *each.measure.get("parts", ())):
            if "of" in part:
                yield part["of"]


def _misfit(dimension: str, tables: list[str]) -> str | None:
    if dimension not in DIMENSIONS:
        return phrase(
            "there is no breakdown {name}; there are {names}", name=dimension, names=DIMENSIONS
        )
    if not tables:
        return phrase("the measure counts no records that have a {name}", name=dimension)
    for name in tables:
        columns = {column.name for column in TABLES[name].columns}
        if dimension != "month" and COLUMN_OF[dimension] not in columns:
            return phrase("the table {table} knows no {name}", table=name, name=dimension)
    return None


def _sums(goal: Goal, where: Where) -> Iterator[Problem]:
    for dimension in goal.measure.get("adds_up_over", ()):
        if dimension not in goal.breakdowns:
            yield Problem(
                where,
                phrase(
                    "{id} adds up over {name}, but has no such breakdown",
                    id=goal.id,
                    name=dimension,
                ),
            )


RULE = Rule(
    "breakdowns_known",
    "Breakdowns are month, municipality, segment, size, team or area; the records know them.",
    phrase("Remove the breakdown, or measure records that know it."),
    check,
)
