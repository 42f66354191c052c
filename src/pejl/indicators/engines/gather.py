"""The records of all tables that any question is about, gathered once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
from ibis import ir

from pejl.indicators.engines.columns import all_of, cell, in_cells, in_period, meets
from pejl.indicators.engines.marks import Marks, Name, Old, marks_for
from pejl.indicators.expression import (
    DIMENSIONS,
    Countable,
    Distinct,
    Scope,
    Selection,
    Tally,
)

Tables = Mapping[str, ir.Table]


@dataclass(frozen=True)
class Plan:
    """What to gather: marks of selections, keys and what they are asked of, sums, and cells."""

    marks: Marks
    keys: Mapping[str, Sequence[Selection]]
    adds: Sequence[str]
    dimensions: Sequence[str]
    new: Sequence[Distinct]

    @property
    def selections(self) -> list[Selection]:
        """Every selection that has a mark."""
        return [name for name in self.marks.names if isinstance(name, Selection)]


def plan_for(asked: Mapping[Countable, Iterable[str]]) -> Plan:
    """What the questions need, each by its dimensions; the month is always needed."""
    distinct = [question for question in asked if isinstance(question, Distinct)]
    tallies = [question for question in asked if isinstance(question, Tally)]
    return Plan(
        marks=marks_for(asked),
        keys={
            key: [one for question in distinct if question.key == key for one in question.of]
            for key in sorted({question.key for question in distinct})
        },
        adds=sorted({tally.add for tally in tallies if tally.add is not None}),
        dimensions=sorted({"month", *(name for by in asked.values() for name in by)}),
        new=[question for question in distinct if question.new],
    )


def gather(tables: Tables, plan: Plan, scope: Scope) -> ir.Table:
    """The records in the period that are in any of the selections.

    Columns: ``day``; ``key_…`` per key; ``add_…`` per column to add; a cell per dimension; and
    the marks. What a table has no column for is null, or nothing to add.
    """
    places = dict.fromkeys((one.table, one.dated_by) for one in plan.selections)
    parts = [_part(tables, place, plan, scope) for place in places]
    rows = reduce(lambda one, other: one.union(other), parts)
    cells = {dimension: cell(rows, "day", dimension, scope) for dimension in plan.dimensions}
    kept = ["day", *_named("key", list(plan.keys)), *_named("add", plan.adds), *plan.marks.columns]
    return rows.select(*kept, **cells)


def before(tables: Tables, question: Distinct, scope: Scope) -> ir.Table:
    """The keys that had such a record before the period. Column: ``old``."""
    parts = []
    for selection in question.of:
        table = tables[selection.table]
        earlier = table[selection.dated_by] < ibis.literal(scope.period.start)
        kept = table.filter(
            earlier, meets(table, selection.where, scope), table[question.key].notnull()
        )
        parts.append(kept.select(old=kept[question.key]))
    return reduce(lambda one, other: one.union(other), parts).distinct()


def _part(tables: Tables, place: tuple[str, str], plan: Plan, scope: Scope) -> ir.Table:
    """The records of one table, by one of its date columns, with the facts that give the cells."""
    name, dated_by = place
    table = tables[name]
    mine = [one for one in plan.selections if (one.table, one.dated_by) == place]
    new = [question for question in plan.new if any(one in mine for one in question.of)]
    kept = table.filter(in_period(table[dated_by], scope.period), in_cells(table, dated_by, scope))
    kept = _with_old(kept, tables, new, scope)
    own = {key for key, of in plan.keys.items() if any(one in mine for one in of)}
    # Selections share most of their conditions, and an expression takes time to build.
    met = {one: meets(kept, [one], scope) for of in mine for one in of.where}
    flags: dict[Name, ir.BooleanValue] = {of: all_of(met[one] for one in of.where) for of in mine}
    flags |= {Old(question): kept[f"old_{i}"].notnull() for i, question in enumerate(new)}
    rows = kept.select(day=kept[dated_by], **_facts(kept, plan, own), **plan.marks.written(flags))
    return rows.filter(plan.marks.any(rows, mine))


def _with_old(table: ir.Table, tables: Tables, new: Sequence[Distinct], scope: Scope) -> ir.Table:
    """The records with ``old_0``, …: the key where it was seen before the period, else null."""
    for i, question in enumerate(new):
        old = before(tables, question, scope).rename({f"old_{i}": "old"})
        table = table.left_join(old, table[question.key] == old[f"old_{i}"])
    return table


def _facts(table: ir.Table, plan: Plan, own: set[str]) -> dict[str, Any]:
    """The facts that give the cells, what is added, and the keys that are asked of this table."""
    cells = [DIMENSIONS[name] for name in plan.dimensions if name in DIMENSIONS]
    facts = {fact: _fact(table, fact) for fact in cells}
    keys = {f"key_{k}": table[k] if k in own else ibis.null("string") for k in plan.keys}
    adds = {f"add_{name}": ibis.coalesce(_fact(table, name), 0) for name in plan.adds}
    return facts | keys | adds


def _fact(table: ir.Table, name: str) -> ir.Value:
    """The column, or null in a table without it: keys and places are text, the rest numbers."""
    if name in table.columns:
        return table[name]
    return ibis.null("string" if name in TEXTS else "int64")


def _named(kind: str, names: Sequence[str]) -> list[str]:
    return [f"{kind}_{name}" for name in names]


TEXTS = frozenset({"client", "municipality", "segment", "team", "priority_area", "adviser"})
