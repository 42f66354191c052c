"""A record's way into a figure, step by step: the first step that it does not pass says why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
from ibis import ir

from pejl.indicators.engines.columns import meets
from pejl.indicators.expression import Condition, Scope, Selection

# Operators that compare words: of these the record's own word tells more than "another".
BY_WORD = ("=", "in")
OTHER = "other"


@dataclass(frozen=True)
class Step:
    """Whether a record passes, and what it has there: its word, ``other``, or null."""

    passed: ir.BooleanValue
    code: str
    column: str | None
    fact: ir.StringValue


@dataclass(frozen=True)
class Failing:
    """The place of the first step that is not passed (how many there are: none), and its fact."""

    step: ir.IntegerValue
    fact: ir.StringValue

    def columns(self) -> dict[str, ir.Value]:
        """As columns of a table."""
        return {"_step": self.step, "_fact": self.fact}


def steps(table: ir.Table, one: Selection, scope: Scope) -> list[Step]:
    """A record's way into a selection: dated, within the period, then condition by condition."""
    day, nothing = table[one.dated_by], ibis.null("string")
    return [
        Step(day.notnull(), "no_date", None, nothing),
        Step(_held(day >= ibis.literal(scope.period.start)), "before", None, nothing),
        Step(_held(day <= ibis.literal(scope.period.end)), "after", None, nothing),
        *where_steps(table, one.where, scope),
    ]


def where_steps(table: ir.Table, conditions: Iterable[Condition], scope: Scope) -> list[Step]:
    """A step for each condition."""
    return [
        Step(_held(meets(table, [one], scope)), "where", one.column, _fact(table, one))
        for one in conditions
    ]


def first_failing(way: Sequence[Step]) -> Failing:
    """The first step that a record does not pass."""
    last = ibis.literal(len(way), "int8")
    if not way:
        return Failing(last, ibis.null("string"))
    places = [(~step.passed, ibis.literal(i, "int8")) for i, step in enumerate(way)]
    facts = [(~step.passed, step.fact) for step in way]
    return Failing(ibis.cases(*places, else_=last), ibis.cases(*facts, else_=ibis.null("string")))


def _held(flag: ir.BooleanValue) -> ir.BooleanValue:
    """A missing fact passes nothing."""
    return ibis.coalesce(flag, False)


def _fact(table: ir.Table, condition: Condition) -> ir.StringValue:
    value = table[condition.column]
    if condition.op in BY_WORD:
        return value.cast("string").lower() if value.type().is_boolean() else value.cast("string")
    return ibis.cases((value.notnull(), ibis.literal(OTHER)), else_=ibis.null("string"))
