"""The records behind a figure: filtered, marked and paged where they are, not in Python."""

from collections.abc import Mapping
from functools import reduce

import ibis
import pyarrow as pa
from ibis import ir

from pejl.indicators.engines.columns import all_of, in_cells, in_period, meets
from pejl.indicators.engines.gather import before
from pejl.indicators.engines.steps import first_failing, where_steps
from pejl.indicators.expression import Behind, Distinct, Page, Scope, Selection, row_columns
from pejl.indicators.result import Rows

Tables = Mapping[str, ir.Table]
ORDER = ["_date", "_table", "_id"]


def paged(tables: Tables, asked: Behind, scope: Scope, page: Page) -> ir.Table:
    """The page of rows with ``counted`` last, by date, table and number."""
    shown = marked(tables, asked, scope).order_by(ORDER).limit(page.limit, offset=page.offset)
    # Ordered again and narrowed last: Spark has no OFFSET, and Ibis adds a column to number by.
    return shown.order_by(ORDER).select(*row_columns(asked), "counted")


def totals(tables: Tables, asked: Behind, scope: Scope) -> ir.Table:
    """How many rows there are, and how many are counted: one row, ``total`` and ``counted``."""
    found = marked(tables, asked, scope)
    return found.aggregate(
        total=found.count(), counted=ibis.coalesce(found["counted"].cast("int64").sum(), 0)
    )


def as_rows(shown: pa.Table, said: pa.Table) -> Rows:
    """A page and the totals as an answer."""
    rows = list(zip(*(column.to_pylist() for column in shown.columns), strict=True))
    total, counted = (int(said[name][0].as_py()) for name in ("total", "counted"))
    return Rows(shown.column_names, rows, total, counted)


def marked(tables: Tables, asked: Behind, scope: Scope, *, told: bool = False) -> ir.Table:
    """The records with ``counted`` and, to order by, ``_date``, ``_table`` and ``_id``.

    With ``told`` also ``_step`` and ``_fact``: which condition of ``having`` is the first that is
    not met (their number: all are), and what the record has there.
    """
    parts = [_part(tables[one.table], one, asked, scope, told) for one in asked.of]
    rows = reduce(lambda one, other: one.union(other), parts)
    if asked.key is None:
        return rows.mutate(counted=rows["_having"])
    if asked.new:
        rows = _without_old(rows, tables, asked, scope)
    same = [rows["_key"], rows["_having"]]
    within = ibis.window(group_by=same, order_by=[rows[name] for name in ORDER])
    first = ibis.row_number().over(within) == 0
    return rows.mutate(counted=all_of([rows["_having"], rows["_key"].notnull(), first]))


def _part(
    table: ir.Table, one: Selection, asked: Behind, scope: Scope, told: bool = False
) -> ir.Table:
    kept = table.filter(
        in_period(table[one.dated_by], scope.period),
        meets(table, one.where, scope),
        in_cells(table, one.dated_by, scope),
    )
    own = {"table": ibis.literal(one.table), "date": kept[one.dated_by]}
    shown = {name: own[name] if name in own else kept[name] for name in row_columns(asked)}
    return kept.select(
        **shown,
        _table=ibis.literal(one.table),
        _date=kept[one.dated_by],
        _id=kept["id"],
        _key=kept[asked.key] if asked.key else ibis.null("string"),
        _having=ibis.coalesce(meets(kept, asked.having, scope), False),
        **(first_failing(where_steps(kept, asked.having, scope)).columns() if told else {}),
    )


def _without_old(rows: ir.Table, tables: Tables, asked: Behind, scope: Scope) -> ir.Table:
    """The same rows; those of keys seen before the period no longer count."""
    old = before(tables, Distinct(asked.of, asked.key or "", new=True), scope)
    joined = rows.left_join(old, rows["_key"] == old.old)
    having = joined["_having"] & joined.old.isnull()
    return joined.mutate(_having=having).drop("old")
