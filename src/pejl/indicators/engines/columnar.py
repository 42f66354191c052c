"""The fast engine: Ibis expressions over the Parquet files, on DuckDB or any other backend."""

import os
import threading
from collections.abc import Mapping, Sequence
from datetime import date

import ibis
from ibis import ir

from pejl.indicators.engines.asking import Anywhere, Asking, OnDuckDB, key_of
from pejl.indicators.engines.columns import meets
from pejl.indicators.engines.cube import tallies
from pejl.indicators.engines.daily import daily
from pejl.indicators.engines.gather import gather, plan_for
from pejl.indicators.engines.placing import groups, listed, paged, placed, rows_left_out
from pejl.indicators.engines.records import as_rows, totals
from pejl.indicators.engines.records import paged as paged_behind
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
    Selection,
    Tally,
)
from pejl.indicators.result import Placed, Rows, Why
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES

# Joining nested selects into one is half of the time that Ibis takes to write a query, and every
# backend here joins them itself.
ibis.options.sql.fuse_selects = False

_last = threading.local()


class ColumnarEngine:
    """Answers questions over Ibis tables named as in ``TABLES``, whatever backend they are on."""

    def __init__(self, tables: Mapping[str, ir.Table], asking: Asking | None = None) -> None:
        self._tables = tables
        self._asking = asking or Anywhere()

    def counts(
        self, asked: Mapping[Countable, frozenset[str]], scope: Scope
    ) -> Mapping[Countable, Counts]:
        """Each question's counts: the records gathered once, then counted from there."""
        if not asked:
            return {}
        plan = plan_for(asked)
        additive = {q: by for q, by in asked.items() if isinstance(q, Tally)}
        distinct = {q: by for q, by in asked.items() if isinstance(q, Distinct)}
        about = (tuple(asked.items()), key_of(scope))
        with self._asking.gathering(about, lambda: gather(self._tables, plan, scope).drop("day")):
            return {
                **tallies(self._asking, plan.marks, additive, scope),
                **distincts(self._asking, plan.marks, distinct, scope),
            }

    def listing(self, asked: Listing, scope: Scope) -> Sequence[Record]:
        """The records up to the day, by date and number."""
        one = asked.of

        def build() -> ir.Table:
            table = self._tables[one.table]
            until = table[one.dated_by] <= ibis.literal(asked.until)
            return table.filter(until, meets(table, one.where, scope))

        found = self._asking.read((asked, key_of(scope)), build).to_pylist()
        named = [row | {"table": one.table, "date": row[one.dated_by]} for row in found]
        return sorted(named, key=lambda row: (row["date"], row["id"]))

    def names(self, table: str, column: str) -> Sequence[str]:
        """The different texts in the column, by name."""

        def build() -> ir.Table:
            return self._tables[table].select(column).distinct()

        found = self._asking.read(("names", table, column), build)[column].to_pylist()
        return sorted(name for name in found if name is not None)

    def daily(self, asked: Countable, scope: Scope) -> Mapping[date, int]:
        """Records per day, or keys first seen that day."""
        return daily(self._asking, self._tables, asked, scope)

    def behind(self, asked: Behind, scope: Scope, page: Page) -> Rows:
        """The records with ``counted``, by date, table and number."""
        about = ("behind", asked, key_of(scope))
        shown = self._asking.read(
            (*about, page), lambda: paged_behind(self._tables, asked, scope, page)
        )
        said = self._asking.read(about, lambda: totals(self._tables, asked, scope))
        return as_rows(shown, said)

    def placed(
        self, asked: Behind, scope: Scope, elsewhere: Mapping[str, tuple[Selection, ...]]
    ) -> Sequence[Placed]:
        """All records of the tables asked about, by where they stand and why."""
        # What is asked and where determine the query: its SQL is kept, its answers are not.
        about = ("placed", asked, tuple(elsewhere.items()), key_of(scope))
        found = self._asking.read(about, lambda: placed(self._tables, asked, scope, elsewhere))
        return groups(found.to_pylist(), elsewhere)

    def left_out(self, asked: Behind, scope: Scope, page: Page, why: Why | None) -> Rows:
        """The records that are not behind the figure, with their reason."""
        about = ("left out", asked, key_of(scope), why)

        def fallen() -> ir.Table:
            return rows_left_out(self._tables, asked, scope, why)

        shown = self._asking.read((*about, page), lambda: paged(fallen(), asked, page))
        total = self._asking.read(about, lambda: fallen().aggregate(n=ibis._.count()))
        return listed(shown.to_pylist(), asked, int(total["n"][0].as_py()))


class SnapshotTables(dict[str, ir.Table]):
    """A snapshot's files as DuckDB tables, each opened when it is first asked for.

    Each has its own name in DuckDB too, so that a query reads the same on every snapshot.
    """

    def __init__(self, snapshot: Snapshot, cores: int | None = None) -> None:
        super().__init__()
        self._snapshot = snapshot
        self.backend = ibis.duckdb.connect(**({} if cores is None else {"threads": cores}))

    def __missing__(self, name: str) -> ir.Table:
        files = self._snapshot.files(name)
        table = self.backend.read_parquet(files, table_name=name)
        if whole(name, table) is not table:
            self.backend.drop_view(name)
            older = self.backend.read_parquet(files, table_name=f"{name}_of_before")
            table = self.backend.create_view(name, whole(name, older))
        self[name] = table
        return table


def whole(name: str, table: ir.Table) -> ir.Table:
    """The table with every column of today; a snapshot of before has null where one came later."""
    missing = [c for c in TABLES[name].schema if c.name not in table.columns]
    types = {c.name: ibis.null(ibis.dtype(c.type)) for c in missing}
    return table.mutate(**types) if missing else table


def columnar_engine(snapshot: Snapshot) -> ColumnarEngine:
    """The engine over a snapshot's files, on DuckDB; the thread's last one when it is the same.

    Connecting and opening the files takes longer than a small question. A connection belongs to
    one thread, and does not live on in a forked process.
    """
    wanted = (os.getpid(), snapshot.path, snapshot.sha256)
    if getattr(_last, "opened", None) != wanted:
        tables = SnapshotTables(snapshot, getattr(_last, "cores", None))
        _last.engine = ColumnarEngine(tables, OnDuckDB(tables.backend, tables))
        _last.opened = wanted
    engine: ColumnarEngine = _last.engine
    return engine


def leave_cores() -> None:
    """From now on this thread's questions are answered on one core; others use the rest."""
    _last.cores = 1
