"""Every record of a figure's tables, by where it stands: the rows behind it, and all the others.

The rows behind the figure are those of ``records``; the others are what its selections let fall.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import ibis
from ibis import ir

from pejl.indicators.engines.columns import all_of, any_of, in_cells, in_period, meets
from pejl.indicators.engines.records import marked
from pejl.indicators.engines.steps import Step, first_failing, steps
from pejl.indicators.expression import Behind, Page, Scope, Selection, row_columns
from pejl.indicators.result import Placed, Rows, Why

Tables = Mapping[str, ir.Table]
Elsewhere = Mapping[str, tuple[Selection, ...]]
WHY = ("_code", "_column", "_fact")


def placed(tables: Tables, asked: Behind, scope: Scope, elsewhere: Elsewhere) -> ir.Table:
    """All records by table and reason, with how many of those left out other goals count.

    Columns: ``_table``, those of ``WHY``, ``records``, and ``_other0``, … by other goal.
    """
    counts = [f"_other{i}" for i in range(len(elsewhere))]
    others = {name: ibis.literal(0, "int64") for name in counts}
    inside = behind(tables, asked, scope).mutate(**others).select("_table", *WHY, *counts)
    fallen = left_out(tables, asked, scope, elsewhere).values()
    outside = [one.select("_table", *WHY, *counts) for one in fallen]
    rows = reduce(lambda one, other: one.union(other), outside, inside)
    sums = {name: rows[name].sum() for name in counts}
    return rows.group_by("_table", *WHY).aggregate(records=rows.count(), **sums)


def groups(found: Iterable[Mapping[str, Any]], elsewhere: Elsewhere) -> list[Placed]:
    """The rows of ``placed``, by table and reason, what is unknown last."""
    told = [_placed(row, elsewhere) for row in found]
    return sorted(told, key=lambda one: (one.table, *_order(one.why)))


def rows_left_out(tables: Tables, asked: Behind, scope: Scope, why: Why | None) -> ir.Table:
    """The records that are not behind the figure: the columns shown, those of ``WHY`` and order."""
    fallen = left_out(tables, asked, scope, {}).values()
    rows = reduce(lambda one, other: one.union(other), fallen)
    if why is None:
        return rows
    return rows.filter(all_of(_is(rows[n], getattr(why, n[1:])) for n in WHY))


def paged(rows: ir.Table, asked: Behind, page: Page) -> ir.Table:
    """A page of them by date, table and number; what has no date comes last."""
    shown = _by_date(rows).limit(page.limit, offset=page.offset)
    # Ordered again and narrowed last: see ``records``.
    return _by_date(shown).select(*row_columns(asked), *WHY)


def listed(found: Iterable[Mapping[str, Any]], asked: Behind, total: int) -> Rows:
    """The page as rows with their reason last."""
    columns = row_columns(asked)
    rows = [(*(row[c] for c in columns), Why(*(row[c] for c in WHY)).key) for row in found]
    return Rows([*columns, "reason"], rows, total)


def behind(tables: Tables, asked: Behind, scope: Scope) -> ir.Table:
    """The rows behind the figure with ``_code``, ``_column`` and ``_fact``."""
    rows = marked(tables, asked, scope, told=True)
    last = len(asked.having)
    codes = [(rows["counted"], "counted")]
    if asked.key is not None:
        codes.append((rows["_key"].isnull(), "nobody"))
    codes.append((rows["_step"] < last, "having"))
    if asked.new:
        codes.append((~rows["_having"], "known_before"))
    code = ibis.cases(*codes, else_="again")
    of = [(rows["_step"] == i, condition.column) for i, condition in enumerate(asked.having)]
    column = ibis.cases(*of, else_=_nothing()) if of else _nothing()
    below = code == "having"
    return rows.select(
        "_table",
        _code=code,
        _column=ibis.cases((below, column), else_=_nothing()),
        _fact=ibis.cases((below, rows["_fact"]), else_=_nothing()),
    )


def left_out(
    tables: Tables, asked: Behind, scope: Scope, elsewhere: Elsewhere
) -> dict[str, ir.Table]:
    """By table the records in the scope's cells that none of the selections takes."""
    names = dict.fromkeys(one.table for one in asked.of)
    return {name: _of_table(tables[name], name, asked, scope, elsewhere) for name in names}


def _of_table(
    table: ir.Table, name: str, asked: Behind, scope: Scope, elsewhere: Elsewhere
) -> ir.Table:
    mine = [one for one in asked.of if one.table == name]
    dates = dict.fromkeys(one.dated_by for one in mine)
    kept = table.filter(any_of(in_cells(table, day, scope) for day in dates))
    ways = [steps(kept, one, scope) for one in mine]
    kept = kept.mutate(**_places(ways))
    others = [one for i, one in enumerate(ways) if i]
    best = ibis.greatest(*(kept[f"_step{i}"] for i in range(len(ways)))) if others else kept._step0
    kept = kept.mutate(_best=best)
    fallen = kept.filter(all_of(kept[f"_step{i}"] < len(way) for i, way in enumerate(ways)))
    own = {"table": ibis.literal(name), "date": fallen[mine[0].dated_by]}
    return fallen.select(
        **{c: own[c] if c in own else fallen[c] for c in row_columns(asked)},
        _table=ibis.literal(name),
        _date=fallen[mine[0].dated_by],
        _id=fallen["id"],
        **_reason(fallen, ways),
        **{f"_other{i}": _also(fallen, of, name, scope) for i, of in enumerate(elsewhere.values())},
    )


def _places(ways: Sequence[Sequence[Step]]) -> dict[str, ir.Value]:
    """For each selection the first step not passed, and the fact there."""
    failing = [first_failing(way) for way in ways]
    return {f"_step{i}": one.step for i, one in enumerate(failing)} | {
        f"_fact{i}": one.fact for i, one in enumerate(failing)
    }


def _reason(rows: ir.Table, ways: Sequence[Sequence[Step]]) -> dict[str, ir.Value]:
    """The step where the selection that the record came furthest in stopped it."""
    cases = [
        ((rows["_best"] == j) & (rows[f"_step{i}"] == j), i, step)
        for i, way in enumerate(ways)
        for j, step in enumerate(way)
    ]
    return {
        "_code": ibis.cases(*((is_, step.code) for is_, _, step in cases), else_=_nothing()),
        "_column": ibis.cases(
            *((is_, step.column or _nothing()) for is_, _, step in cases), else_=_nothing()
        ),
        "_fact": ibis.cases(*((is_, rows[f"_fact{i}"]) for is_, i, _ in cases), else_=_nothing()),
    }


def _also(rows: ir.Table, of: Sequence[Selection], name: str, scope: Scope) -> ir.IntegerValue:
    """1 where another goal's selections take the record."""
    takes = any_of(
        in_period(rows[one.dated_by], scope.period) & meets(rows, one.where, scope)
        for one in of
        if one.table == name
    )
    return ibis.coalesce(takes, False).cast("int64")


def _is(value: ir.Value, wanted: str | None) -> ir.BooleanValue:
    return value.isnull() if wanted is None else value == wanted


def _nothing() -> ir.StringValue:
    return ibis.null("string")


def _by_date(rows: ir.Table) -> ir.Table:
    return rows.order_by([rows["_date"].asc(nulls_first=False), rows["_table"], rows["_id"]])


def _placed(row: Mapping[str, Any], elsewhere: Elsewhere) -> Placed:
    also = {goal: int(row[f"_other{i}"]) for i, goal in enumerate(elsewhere)}
    why = Why(*(row[c] for c in WHY))
    return Placed(row["_table"], why, int(row["records"]), {g: n for g, n in also.items() if n})


def _order(why: Why) -> tuple[object, ...]:
    return (why.code, why.column is None, why.column or "", why.fact is None, why.fact or "")
