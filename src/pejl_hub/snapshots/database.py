"""The hub's database as the source of a snapshot, which knows what has changed since another."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from pejl.snapshot import parts
from pejl.snapshot.parts import UNDATED, Part
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES, Table
from pejl_hub.snapshots.connection import Connection
from pejl_hub.snapshots.queries import unordered
from pejl_hub.snapshots.reading import batches
from pejl_hub.snapshots.watching.state import State, moved, state_of, told_before


class Database:
    """What a connection reads up to a day; ``base`` is the snapshot to share files with, if any."""

    def __init__(self, connection: Connection, as_of: date, base: Snapshot | None) -> None:
        self._connection, self._as_of, self._base = connection, as_of, base
        self.state = state_of(connection)
        self._before = told_before(base.manifest()["origin"]) if base else State()
        self._moved: dict[str, set[str]] = {}
        self._layout = {
            n: {told["part"] for told in base.parts(n)} if base else set() for n in TABLES
        }

    def years(self, table: Table) -> list[Part]:
        """Asked of the database, or when it has noted all changes, of these and the base."""
        if not self._compares(table):
            return sorted(Part(int(year or 0)) for (year,) in self._rows(table, _years(table)))
        named = {*self._layout[table.name], *self.state.months.get(table.name, {})}
        named |= self._moved_months(table)
        found = {Part(int(name[:4])) if name[:1].isdigit() else UNDATED for name in named}
        since = self._base.as_of.year if self._base else self._as_of.year
        # What had not happened yet on the base's day is in no file of it, noted or not.
        return sorted(found | {Part(year) for year in range(since, self._as_of.year + 1)})

    def is_crowded(self, table: Table, year: Part) -> bool:
        """Counted, but no further than it takes to know."""
        if not year.year:
            return False
        if self.unchanged(table, year):
            return any(month.name in self._layout[table.name] for month in year.months())
        within, few = _within(table, year), parts.ROW_GROUP + 1
        rows = f"SELECT 1 AS one FROM ({{rows}}) AS r WHERE {within} LIMIT {few}"
        ((count,),) = self._rows(table, f"SELECT COUNT(*) FROM ({rows}) AS counted")
        return int(count) == few

    def unchanged(self, table: Table, part: Part) -> bool:
        """Whether nothing was written, no later day is let in, and no record is told otherwise."""
        if not self._compares(table) or not self._reached_alike(part):
            return False
        names = [m.name for m in part.months()] if part.year and not part.month else [part.name]
        months = [name if part.year else "" for name in names]
        same = all(self.state.same(self._before, table.name, month) for month in months)
        return same and not self._moved_months(table) & set(months)

    def rows(self, table: Table, part: Part) -> Iterator[pa.RecordBatch]:
        """The part's rows, by number."""
        return batches(self._connection, table, self._as_of, _within(table, part))

    def _compares(self, table: Table) -> bool:
        return self._base is not None and self.state.compares(self._before, table.name)

    def _reached_alike(self, part: Part) -> bool:
        if self._base is None or not part.year:
            return True
        return min(part.last, self._as_of) == min(part.last, self._base.as_of)

    def _moved_months(self, table: Table) -> set[str]:
        if self._base is not None and table.name not in self._moved:
            days = (self._base.as_of, self._as_of)
            self._moved[table.name] = moved(self._connection, table.name, *days)
        return self._moved.get(table.name, set())

    def _rows(self, table: Table, sql: str) -> list[tuple[Any, ...]]:
        rows = unordered(table, self._as_of, sqlite=self._connection.sqlite)
        return self._connection.rows(sql.replace("{rows}", rows))


def _years(table: Table) -> str:
    year = f"SUBSTR(CAST({table.dated_by} AS TEXT), 1, 4)"
    return f"SELECT DISTINCT {year} AS year FROM ({{rows}}) AS r"


def _within(table: Table, part: Part) -> str:
    if not part.year:
        return f"{table.dated_by} IS NULL"
    return f"{table.dated_by} BETWEEN '{part.first}' AND '{part.last}'"
