"""What was counted each day: the steps whose running sum is the figure."""

from collections.abc import Mapping
from datetime import date
from functools import reduce

import ibis
from ibis import ir

from pejl.indicators.engines.asking import Asking, key_of
from pejl.indicators.engines.columns import in_cells, in_period, meets
from pejl.indicators.engines.gather import gather, plan_for
from pejl.indicators.expression import Countable, Distinct, Scope, Selection, Tally

Tables = Mapping[str, ir.Table]


def daily(asking: Asking, tables: Tables, asked: Countable, scope: Scope) -> dict[date, int]:
    """The days with something to count and how much, in order."""

    rows = asking.read(("daily", asked, key_of(scope)), lambda: _steps(tables, asked, scope))
    return {row["day"]: int(row["amount"]) for row in rows.to_pylist()}


def _steps(tables: Tables, asked: Countable, scope: Scope) -> ir.Table:
    if isinstance(asked, Distinct):
        return first_days(tables, asked, scope).order_by("day")
    return each_day(tables, asked, scope).order_by("day")


def each_day(tables: Tables, asked: Tally, scope: Scope) -> ir.Table:
    """Columns: ``day`` and ``amount``, the records of the day or the sum over them."""
    parts = [_kept(tables[one.table], one, asked.add, scope) for one in asked.of]
    rows = reduce(lambda one, other: one.union(other), parts)
    return rows.group_by("day").aggregate(amount=rows.amount.sum())


def first_days(tables: Tables, asked: Distinct, scope: Scope) -> ir.Table:
    """Columns: ``day`` and ``amount``, the keys that the day is the first of."""
    plan, key = plan_for({asked: ()}), f"key_{asked.key}"
    rows = gather(tables, plan, scope)
    counted = rows.filter(plan.marks.about(rows, asked), rows[key].notnull())
    firsts = counted.group_by(key).aggregate(day=counted.day.min())
    return firsts.group_by("day").aggregate(amount=firsts.count())


def _kept(table: ir.Table, one: Selection, add: str | None, scope: Scope) -> ir.Table:
    kept = table.filter(
        in_period(table[one.dated_by], scope.period),
        in_cells(table, one.dated_by, scope),
        meets(table, one.where, scope),
    )
    amount = ibis.literal(1, "int64") if add is None else ibis.coalesce(kept[add], 0)
    return kept.select(day=kept[one.dated_by], amount=amount)
