"""Reads the measure of a goal: the contract's words turned into selections and conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pejl.base.errors import UserError
from pejl.base.periods import Period
from pejl.contract.goal import Contract, Goal, at
from pejl.indicators.expression import OPERATORS, Condition, Selection
from pejl.snapshot.tables import TABLES

Measure = Mapping[str, Any]
LOWER_END = "lower_end"  # the other reading of a sample's figure: what is sure of it


@dataclass(frozen=True)
class Reading:
    """One way to read a goal: a measure, in its contract, on a date."""

    goal: Goal
    measure: Measure
    contract: Contract
    as_of: date

    def counted(self) -> Period:
        """The contract's period up to the date; all of it when the date is later."""
        period = self.contract.period
        return period.until(min(self.as_of, period.end))

    def target(self) -> Fraction | None:
        """The number aimed at on the date, agreed or expected, in the unit of the text."""
        aim = at(self.goal.target.values, self.as_of) if self.goal.target else None
        number = None if aim is None else aim.expected if aim.value is None else aim.value
        return None if number is None else Fraction(number)


def selections(measure: Measure, contract: Contract) -> tuple[Selection, ...]:
    """The records that a measure is about: its own, its parts', or those of the goals it names."""
    if "goals" in measure:
        named = [contract.goals[goal].measure for goal in measure["goals"]]
        return tuple(one for other in named for one in selections(other, contract))
    if "parts" in measure:
        return tuple(one for part in measure["parts"] for one in selections(part, contract))
    return (_selection(measure),)


def conditions(words: Mapping[str, Any]) -> tuple[Condition, ...]:
    """``{column: condition}``; a scalar is "equals", a list "one of", a mapping names its op.

    Examples
    --------
    >>> conditions({"state": "held", "employees": {"op": ">=", "value": 5}})
    ... # doctest: +NORMALIZE_WHITESPACE
    (Condition(column='state', op='=', value='held'),
     Condition(column='employees', op='>=', value=5))
    """
    return tuple(_condition(column, word) for column, word in words.items())


def _selection(measure: Measure) -> Selection:
    table = measure.get("of")
    if table not in TABLES:
        raise UserError(
            given=f"a measure of {table!r}",
            needed=f"one of the tables {', '.join(TABLES)}",
            remedy="Correct `of` in the contract file.",
        )
    where = conditions(measure.get("where", {}))
    dated_by = measure.get("dated_by", TABLES[table].dated_by)
    _refuse_unknown_columns(table, [dated_by, *(condition.column for condition in where)])
    return Selection(table, dated_by, where)


def _condition(column: str, word: Any) -> Condition:
    if isinstance(word, Mapping):
        if word.get("op") not in OPERATORS:
            raise UserError(
                given=f"the condition {dict(word)!r} on {column}",
                needed=f"an op among {', '.join(OPERATORS)}",
                remedy="Correct the condition in the contract file.",
            )
        return Condition(column, word["op"], word.get("value"))
    if isinstance(word, list | tuple):
        return Condition(column, "in", tuple(word))
    return Condition(column, "=", word)


def _refuse_unknown_columns(table: str, columns: list[str]) -> None:
    known = {column.name for column in TABLES[table].columns}
    for column in columns:
        if column not in known:
            raise UserError(
                given=f"the column {column} of {table}",
                needed=f"one of {', '.join(sorted(known))}",
                remedy="Correct the measure in the contract file.",
            )
