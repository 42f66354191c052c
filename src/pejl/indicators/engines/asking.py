"""How the columnar engine has its expressions answered: by any backend, or by DuckDB with memory.

An Ibis expression takes longer to build and write as SQL than DuckDB takes to answer it. The SQL
depends on the questions and the scope alone, whatever the snapshot, so DuckDB's is kept for all
snapshots and threads; its answers are not.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa
from ibis import ir
from ibis.expr.operations import DatabaseTable

from pejl.indicators.expression import Scope

# Texts to keep: a dozen for each date, municipality and contract asked about.
KEPT = 2000


@dataclass(frozen=True)
class Written:
    """A query as SQL, and the tables that it reads by name."""

    sql: str
    tables: tuple[str, ...]


GATHERED = "gathered"
_kept: dict[Hashable, Written] = {}


class Asking(Protocol):
    """Gathers records once, answers from what was gathered, and reads small tables."""

    def gathering(
        self, about: Hashable, build: Callable[[], ir.Table]
    ) -> AbstractContextManager[None]:
        """Within it ``rows`` answers from what ``build`` gives, which ``about`` determines."""

    def rows(self, name: Hashable, build: Callable[[ir.Table], ir.Table]) -> pa.Table:
        """What ``build`` makes of the gathered records; ``name`` is its own among them."""

    def read(self, about: Hashable, build: Callable[[], ir.Table]) -> pa.Table:
        """What ``build`` gives, which ``about`` determines."""


class Anywhere:
    """On any Ibis backend, each expression built and sent anew."""

    _gathered: ir.Table

    @contextmanager
    def gathering(self, about: Hashable, build: Callable[[], ir.Table]) -> Iterator[None]:
        """Keep the records in the backend meanwhile."""
        self._gathered = build().cache()
        try:
            yield
        finally:
            self._gathered.release()

    def rows(self, name: Hashable, build: Callable[[ir.Table], ir.Table]) -> pa.Table:
        """Built on the cached table."""
        return build(self._gathered).to_pyarrow()

    def read(self, about: Hashable, build: Callable[[], ir.Table]) -> pa.Table:
        """Built on the backend's own tables."""
        return build().to_pyarrow()


class OnDuckDB:
    """On one DuckDB connection, of one thread, with the SQL of earlier askings on any.

    ``tables`` opens each of a snapshot's tables under its own name when it is asked for.
    """

    def __init__(self, backend: Any, tables: Mapping[str, ir.Table]) -> None:
        self._backend = backend
        self._tables = tables
        self._about: Hashable = None

    @contextmanager
    def gathering(self, about: Hashable, build: Callable[[], ir.Table]) -> Iterator[None]:
        """Keep the records in a temporary table meanwhile."""
        sql = self._written((GATHERED, about), build)
        self._backend.con.execute(f"CREATE OR REPLACE TEMP TABLE {GATHERED} AS {sql}")
        self._about = about
        try:
            yield
        finally:
            self._backend.con.execute(f"DROP TABLE {GATHERED}")

    def rows(self, name: Hashable, build: Callable[[ir.Table], ir.Table]) -> pa.Table:
        """Built on the temporary table, unless it was built before."""
        return self.read((self._about, name), lambda: build(self._backend.table(GATHERED)))

    def read(self, about: Hashable, build: Callable[[], ir.Table]) -> pa.Table:
        """Built on the snapshot's tables, unless it was built before."""
        return self._backend.con.sql(self._written(about, build)).to_arrow_table()

    def _written(self, about: Hashable, build: Callable[[], ir.Table]) -> str:
        written = _kept.get(about) or self._write(build())
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[about] = written
        for name in written.tables:
            self._tables[name]  # opened, where another connection wrote the query
        return written.sql

    def _write(self, expression: ir.Table) -> Written:
        tables = {one.name for one in expression.op().find(DatabaseTable)} - {GATHERED}
        return Written(str(self._backend.compile(expression)), tuple(sorted(tables)))


def key_of(scope: Scope) -> Hashable:
    """All of a scope that an expression may depend on."""
    bands = tuple((band.id, band.low, band.high) for band in scope.bands)
    only = tuple(sorted(scope.only.items()))
    return scope.period, scope.territory, scope.segments, bands, only
