"""A connection for reading in bulk: ADBC to the hub's own database, all of one moment.

PostgreSQL is read in one repeatable-read transaction. SQLite is read from a copy: the ADBC driver
brings its own SQLite library, and two libraries that open one file in one process undo each
other's locks, so that what Django writes after the driver has closed can be lost
(https://www.sqlite.org/howtocorrupt.html, section 2.2.1).
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections
from psycopg.conninfo import make_conninfo

from pejl.base.errors import PejlError

LIBPQ = (
    "host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey",
    "service", "passfile",
)  # fmt: skip
SMALL = 1000
ONE_MOMENT = (
    r"-c default_transaction_isolation=repeatable\ read -c default_transaction_read_only=on"
)


@dataclass(frozen=True)
class Connection:
    """An open connection. All that is read through it is of the same moment."""

    adbc: Any
    sqlite: bool

    def cursor(self, *, batch: int) -> Any:
        """A cursor; on SQLite it gives ``batch`` rows at a time. Close it before the connection."""
        cursor = self.adbc.cursor()
        if self.sqlite:
            from adbc_driver_sqlite import StatementOptions

            option = StatementOptions.BATCH_ROWS.value
            cursor.adbc_statement.set_options(**{option: str(batch)})
        return cursor

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        with self.cursor(batch=SMALL) as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())


@contextmanager
def open_connection(scratch: Path) -> Iterator[Connection]:
    """A connection to the default database; ``scratch`` is the folder for SQLite's copy.

    Raises
    ------
    PejlError
        For another engine than SQLite and PostgreSQL.
    """
    # The drivers bring pandas along, a second that whoever only counts need not wait.
    import adbc_driver_postgresql.dbapi as postgresql
    import adbc_driver_sqlite.dbapi as sqlite

    django = connections["default"]
    if django.vendor == "sqlite":
        with _copy(django, scratch) as copy, sqlite.connect(str(copy)) as adbc:
            yield Connection(adbc, sqlite=True)
    elif django.vendor == "postgresql":
        with postgresql.connect(_address(django)) as adbc:
            yield Connection(adbc, sqlite=False)
    else:
        raise PejlError(f"Snapshots are read from SQLite or PostgreSQL, not from {django.vendor}.")


@contextmanager
def _copy(django: Any, scratch: Path) -> Iterator[Path]:
    """The database of this moment in a file of its own, written by Python's own library."""
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=scratch) as folder:
        path = Path(folder) / "copy.sqlite3"
        if django.is_in_memory_db():
            # No second connection sees it; being in memory, it has room there twice.
            django.ensure_connection()
            path.write_bytes(django.connection.serialize())
        else:
            _back_up(str(django.settings_dict["NAME"]), path)
        yield path


def _back_up(name: str, path: Path) -> None:
    # A connection of our own: SQLite cannot copy through one that is in the midst of a write.
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(path)) as target:
        # A copy that is thrown away need not survive a power cut.
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _address(django: Any) -> str:
    """libpq's words for the database, with every transaction reading one moment and no writes."""
    said = django.get_connection_params()
    parts = {name: said[name] for name in LIBPQ if said.get(name)}
    return make_conninfo(**parts, options=f"{said.get('options') or ''} {ONE_MOMENT}".strip())
