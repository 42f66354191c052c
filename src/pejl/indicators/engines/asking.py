"""How the columnar engine has its expressions answered: by any backend, or by DuckDB with memory.

An Ibis expression takes longer to build and write as SQL than DuckDB takes to answer it. The SQL
depends on the questions and the scope alone, so DuckDB's is kept; its answers are not.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pyarrow as pa
from ibis import ir

from pejl.indicators.expression import Scope

# Texts to keep on a connection: a dozen for each date, municipality and contract asked about.
KEPT = 2000


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
    """On one DuckDB connection, of one thread, with the SQL of earlier askings."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._sql: dict[Hashable, str] = {}
        self._about: Hashable = None

    @contextmanager
    def gathering(self, about: Hashable, build: Callable[[], ir.Table]) -> Iterator[None]:
        """Keep the records in a temporary table meanwhile."""
        sql = self._written(("gathered", about), build)
        self._backend.con.execute(f"CREATE OR REPLACE TEMP TABLE gathered AS {sql}")
        self._about = about
        try:
            yield
        finally:
            self._backend.con.execute("DROP TABLE gathered")

    def rows(self, name: Hashable, build: Callable[[ir.Table], ir.Table]) -> pa.Table:
        """Built on the temporary table, unless it was built before."""
        return self.read((self._about, name), lambda: build(self._backend.table("gathered")))

    def read(self, about: Hashable, build: Callable[[], ir.Table]) -> pa.Table:
        """Built on the snapshot's tables, unless it was built before."""
        return self._backend.con.sql(self._written(about, build)).to_arrow_table()

    def _written(self, about: Hashable, build: Callable[[], ir.Table]) -> str:
        if about not in self._sql:
            if len(self._sql) >= KEPT:
                self._sql.clear()
            self._sql[about] = str(self._backend.compile(build()))
        return self._sql[about]


def key_of(scope: Scope) -> Hashable:
    """All of a scope that an expression may depend on."""
    bands = tuple((band.id, band.low, band.high) for band in scope.bands)
    only = tuple(sorted(scope.only.items()))
    return scope.period, scope.territory, scope.segments, bands, only
