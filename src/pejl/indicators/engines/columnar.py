"""The fast engine: Ibis expressions over the Parquet files, on DuckDB or any other backend."""

import os
import threading
from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis import ir

from pejl.indicators.engines.columns import meets
from pejl.indicators.engines.cube import tallies
from pejl.indicators.engines.daily import daily
from pejl.indicators.engines.records import records
from pejl.indicators.engines.seen import distincts
from pejl.indicators.expression import (
    Behind,
    Countable,
    Counts,
    Distinct,
    Listing,
    Page,
    Record,
    Scope,
    Tally,
)
from pejl.indicators.result import Rows
from pejl.snapshot.store import Snapshot

_last = threading.local()


class ColumnarEngine:
    """Answers questions over Ibis tables named as in ``TABLES``, whatever backend they are on."""

    def __init__(self, tables: Mapping[str, ir.Table]) -> None:
        self._tables = tables

    def counts(
        self, asked: Mapping[Countable, frozenset[str]], scope: Scope
    ) -> Mapping[Countable, Counts]:
        """Each question's counts: one pass over each table, one gathering for each key."""
        additive = {q: by for q, by in asked.items() if isinstance(q, Tally)}
        distinct = {q: by for q, by in asked.items() if isinstance(q, Distinct)}
        answers: dict[Countable, Counts] = {}
        answers.update(tallies(self._tables, additive, scope))
        answers.update(distincts(self._tables, distinct, scope))
        return answers

    def listing(self, asked: Listing, scope: Scope) -> Sequence[Record]:
        """The records up to the day, by date and number."""
        one = asked.of
        table = self._tables[one.table]
        kept = table.filter(
            table[one.dated_by] <= ibis.literal(asked.until), meets(table, one.where, scope)
        )
        named = kept.mutate(table=ibis.literal(one.table), date=kept[one.dated_by])
        rows: list[Record] = named.order_by("date", "id").to_pyarrow().to_pylist()
        return rows

    def daily(self, asked: Countable, scope: Scope) -> Mapping[date, int]:
        """Records per day, or keys first seen that day."""
        return daily(self._tables, asked, scope)

    def behind(self, asked: Behind, scope: Scope, page: Page) -> Rows:
        """The records with ``counted``, by date, table and number."""
        return records(self._tables, asked, scope, page)


class SnapshotTables(dict[str, ir.Table]):
    """A snapshot's files as DuckDB tables, each opened when it is first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._connection = ibis.duckdb.connect()

    def __missing__(self, name: str) -> ir.Table:
        table = self._connection.read_parquet(self._snapshot.file(name))
        self[name] = table
        return table


def columnar_engine(snapshot: Snapshot) -> ColumnarEngine:
    """The engine over a snapshot's files, on DuckDB; the thread's last one when it is the same.

    Connecting and opening the files takes longer than a small question. A connection belongs to
    one thread, and does not live on in a forked process.
    """
    wanted = (os.getpid(), snapshot.path, snapshot.sha256)
    if getattr(_last, "opened", None) != wanted:
        _last.engine, _last.opened = ColumnarEngine(SnapshotTables(snapshot)), wanted
    engine: ColumnarEngine = _last.engine
    return engine
