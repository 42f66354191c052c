"""The query behind a figure as SQL that a person can read, and run over a snapshot's files.

It is the expression that lists the rows behind the figure, with nothing kept but what counts.
"""

from datetime import date
from typing import Any

from ibis import ir

from pejl.contract.goal import Contract
from pejl.indicators.account import WHOLE, Asked, Cell, ask
from pejl.indicators.engines.records import marked
from pejl.indicators.kinds.dated import Dated
from pejl.indicators.kinds.nps import DETRACTOR, PROMOTER
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES

WIDTH = 90


def sql(
    contract: Contract, snapshot: Snapshot, goal_id: str, as_of: date, cell: Cell = WHOLE
) -> str | None:
    """DuckDB SQL over tables named as the snapshot's: ``rows``, ``counted`` and sums.

    None for goals that are read off a list (a level, a report, milestones), and for those that
    have no such cell. Raises as ``account`` does.
    """
    asked = ask(contract, snapshot, goal_id, as_of, cell)
    if asked is None or isinstance(asked.made.kind, Dated):
        return None
    # Loaded late: writing SQL for people is rare, and takes a second to load.
    import ibis
    import sqlglot

    tables = {
        name: ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name)
        for name, table in TABLES.items()
    }
    written = str(ibis.to_sql(_totals(marked(tables, asked.behind, asked.scope), asked)))
    plain = _plain(sqlglot.parse_one(written, dialect="duckdb"))
    return str(plain.sql(dialect="duckdb", pretty=True, max_text_width=WIDTH))


def _totals(rows: ir.Table, asked: Asked) -> ir.Table:
    """What the figure is made of."""
    totals: dict[str, Any] = {"rows": rows.count(), "counted": rows["counted"].sum()}
    measure = asked.made.reading.measure
    if "add" in measure:
        totals[measure["add"]] = rows[measure["add"]].sum(where=rows["counted"])
    if measure["kind"] == "nps":
        score = rows[measure["score"]]
        totals["promoters"] = (score >= PROMOTER).sum()
        totals["detractors"] = (score <= DETRACTOR).sum()
    return rows.aggregate(**totals)


def _plain(tree: Any) -> Any:
    """Nested selects made one, unused columns dropped: the same query, shorter."""
    from sqlglot.optimizer import optimize
    from sqlglot.optimizer.eliminate_subqueries import eliminate_subqueries
    from sqlglot.optimizer.merge_subqueries import merge_subqueries
    from sqlglot.optimizer.pushdown_projections import pushdown_projections
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.simplify import simplify

    names: dict[str, object] = {
        t.name: {c.name: "text" for c in t.columns} for t in TABLES.values()
    }
    rules = (qualify, pushdown_projections, merge_subqueries, eliminate_subqueries, simplify)
    return optimize(tree, schema=names, dialect="duckdb", rules=rules)
