"""What must be asked to measure a contract: each goal's questions, and its other readings'."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl.base.errors import UserError
from pejl.contract.goal import Contract, Goal
from pejl.indicators.expression import (
    DIMENSIONS,
    OPEN,
    Countable,
    Counts,
    Engine,
    Listing,
    Question,
    Record,
    Scope,
    Selection,
)
from pejl.indicators.kinds import KINDS, Kind
from pejl.indicators.kinds.language import Reading
from pejl.indicators.result import Figure, Measured
from pejl.snapshot.tables import TABLES

Answers = Mapping[Question, Counts | Sequence[Record]]


@dataclass(frozen=True)
class Plan:
    """One reading of one goal: its kind, the questions it asks, and by which dimensions."""

    reading: Reading
    kind: Kind
    asks: Mapping[str, Question]
    by: tuple[str, ...] = ()

    def has(self, dimension: str) -> bool:
        """Whether every record that it is about can be placed in the dimension's cells."""
        return all(one.has(dimension) for one in self.selections())

    def placed(self, scope: Scope) -> bool:
        """Whether the question can be asked of the cells that the scope keeps to."""
        return all(self.has(dimension) for dimension in scope.only)

    def selections(self) -> list[Selection]:
        """Every selection in its questions."""
        return [one for question in self.asks.values() for one in _selections(question)]

    def measured(self, answers: Answers, scope: Scope) -> Measured:
        """The figure that the answers make; not measured where the goal has no place."""
        if not self.placed(scope):
            return Measured(self.reading.goal.id, Figure())
        mine: Mapping[str, Any] = {name: answers[asked] for name, asked in self.asks.items()}
        return self.kind.measured(mine, self.reading, self.by)


def plan(contract: Contract, goal: Goal, as_of: date) -> Plan:
    """How the goal is measured, as the contract has chosen to read it."""
    return _planned(Reading(goal, goal.measure, contract, as_of), tuple(goal.breakdowns))


def other_readings(contract: Contract, as_of: date) -> dict[tuple[str, str, str], Plan]:
    """Every other reading that can be computed, by goal, interpretation and reading."""
    return {
        (one.goal, one.id, name): _planned(
            Reading(contract.goal(one.goal), measure, contract, as_of), ()
        )
        for one in contract.interpretations
        if one.goal is not None
        for name, measure in one.alternatives.items()
        if measure
    }


def answers(plans: Sequence[Plan], engine: Engine, scope: Scope) -> Answers:
    """Ask every question once, by all the dimensions that anybody asks it by."""
    countable: dict[Countable, frozenset[str]] = {}
    found: dict[Question, Counts | Sequence[Record]] = {}
    for one in plans:
        for question in one.asks.values() if one.placed(scope) else ():
            if not isinstance(question, Listing):
                asked = countable.get(question, frozenset())
                countable[question] = asked | one.kind.needs(one.by)
            elif question not in found:
                found[question] = engine.listing(question, scope)
    for counted, counts in engine.counts(countable, scope).items():
        found[counted] = counts
    return found


def names(plans: Iterable[Plan], engine: Engine) -> dict[str, tuple[str, ...]]:
    """The cells of each open dimension that is asked by: the names in the tables counted."""
    found: dict[str, set[str]] = {}
    for one in plans:
        for dimension in set(OPEN) & set(one.by):
            for table in {selection.table for selection in one.selections()}:
                held = engine.names(table, DIMENSIONS[dimension])
                found.setdefault(dimension, set()).update(held)
    return {dimension: tuple(sorted(held)) for dimension, held in found.items()}


def _planned(reading: Reading, by: tuple[str, ...]) -> Plan:
    name = reading.measure.get("kind")
    if name not in KINDS:
        raise UserError(
            given=f"the kind {name!r} for the goal {reading.goal.id}",
            needed=f"one of {', '.join(KINDS)}",
            remedy="Correct `kind` in the contract file.",
        )
    made = Plan(reading, KINDS[name], KINDS[name].ask(reading), by)
    _refuse_impossible(made)
    return made


def _refuse_impossible(made: Plan) -> None:
    """A breakdown, or a municipality's figure, needs the column that decides the cell."""
    for dimension in made.by:
        if not made.has(dimension):
            raise UserError(
                given=f"the breakdown of {made.reading.goal.id} by {dimension}",
                needed=f"records with a {dimension} in {_tables(made)}",
                remedy="Remove the breakdown in the contract file.",
            )


def _tables(made: Plan) -> str:
    return ", ".join(sorted({TABLES[one.table].name for one in made.selections()}))


def _selections(question: Question) -> Sequence[Selection]:
    return [question.of] if isinstance(question, Listing) else question.of
