"""The state of every month's records, and what differs between two states."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from pejl.snapshot.tables import TABLES
from pejl_hub.snapshots.connection import Connection
from pejl_hub.snapshots.queries import query
from pejl_hub.snapshots.watching.install import FOUND, SINCE, are_whole, fingerprint
from pejl_hub.snapshots.watching.watches import BETWEEN

STAMPS = "SELECT table_name, month, CAST(SUM(stamp) AS TEXT) FROM snapshots_change GROUP BY 1, 2"
ANY_DAY = date(1, 1, 1)
Months = Mapping[str, str]


@dataclass(frozen=True)
class State:
    """By table the stamp of each month, since when they are noted, and the SQL that reads them.

    Two states with the same ``since`` can be compared; one without it, with none.
    """

    since: str = ""
    months: Mapping[str, Months] = field(default_factory=dict)
    sql: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """As a snapshot's manifest keeps it."""
        return asdict(self)

    def compares(self, other: "State", table: str) -> bool:
        """Whether the table's months can be held against those of the other."""
        return bool(
            self.since and self.since == other.since and self.sql[table] == other.sql.get(table)
        )

    def same(self, other: "State", table: str, month: str) -> bool:
        """Whether nothing of the month was written between the two."""
        return self.months.get(table, {}).get(month) == other.months.get(table, {}).get(month)


def state_of(connection: Connection) -> State:
    """The database's state, as the connection's one moment sees it."""
    vendor = "sqlite" if connection.sqlite else "postgresql"
    found = [(name, table) for name, table in connection.rows(FOUND[vendor])]
    since = connection.rows(SINCE.format(by=fingerprint(vendor)))
    if not since or not are_whole(vendor, found):
        return State()
    months: dict[str, dict[str, str]] = {}
    for table, month, stamp in connection.rows(STAMPS):
        months.setdefault(table, {})[month] = stamp
    return State(since[0][0], months, {name: _text_of(name, connection) for name in TABLES})


def told_before(origin: Mapping[str, Any]) -> State:
    """The state that a snapshot was of, as its manifest keeps it."""
    return State(**{name: origin[name] for name in ("since", "months", "sql") if name in origin})


def moved(connection: Connection, table: str, one: date, other: date) -> set[str]:
    """The months with records that are told otherwise on the one day than on the other."""
    if table not in BETWEEN or one == other:
        return set()
    low, high = (f"'{day.isoformat()}'" for day in sorted((one, other)))
    days = BETWEEN[table].format(low=low, high=high)
    found = connection.rows(f"SELECT DISTINCT CAST(day AS TEXT) FROM ({days}) AS days")
    return {(day or "")[:7] for (day,) in found}


def _text_of(table: str, connection: Connection) -> str:
    """The SHA-256 of the SQL, whatever the day that is asked for."""
    text = query(TABLES[table], ANY_DAY, sqlite=connection.sqlite)
    return hashlib.sha256(text.encode()).hexdigest()
