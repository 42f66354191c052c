"""A masked copy of the hub, for a demo or a test: its database with nobody in it, and no files."""

import contextlib
import copy
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections

from pejl.base.errors import UserError
from pejl_hub.operations import databases
from pejl_hub.privacy.masking import mask

ALIAS = "masked"
TABLES = (
    "SELECT count(*) FROM information_schema.tables"
    " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
)
Say = Callable[[str, float], None]


@dataclass(frozen=True)
class Copied:
    """A masked copy: its data folder, the rows that were masked, and the demo users' password."""

    folder: Path
    rows: int
    password: str


def masked_copy(to: Path, database: str | None, say: Say = lambda words, share: None) -> Copied:
    """Make a masked copy of the hub; the hub itself is only read.

    ``to`` becomes the copy's data folder. ``database`` is the address of an empty PostgreSQL
    database when the hub is on PostgreSQL. Everything is masked beside the hub, and only what is
    masked leaves it.

    Raises
    ------
    UserError
        When the folder or the database has anything in it, or is the hub's own, or the engines
        differ.
    """
    _require_engine(database)
    _require_new(to)
    if database:
        _require_empty(database)
    password = f"pejl-{secrets.token_hex(5)}"
    with tempfile.TemporaryDirectory(prefix=".masked-", dir=settings.DATA) as name:
        scratch = Path(name)
        rows = _masked(scratch, database, password, say)
        to.mkdir(mode=0o700, exist_ok=True)
        if database is None:
            _hand_over(scratch / "masked.sqlite3", to / "pejl.sqlite3")
        (scratch / "demo_password").write_text(password)
        _hand_over(scratch / "demo_password", to / "demo_password")
    return Copied(to, rows, password)


def _masked(scratch: Path, database: str | None, password: str, say: Say) -> int:
    say("database", 0.02)
    copied = scratch / databases.copy_to(scratch).file
    if database is None:
        with _open(str(copied)):
            rows = mask(ALIAS, password, say)
            _written_anew(scratch / "masked.sqlite3")
        return rows
    with databases.scratch(scratch, sqlite=False) as beside:
        databases.put_back(copied, beside)
        with _open(str(psycopg.conninfo.conninfo_to_dict(beside)["dbname"])):
            rows = mask(ALIAS, password, say)
        dumped = scratch / "masked.dump"
        databases.dump(beside, dumped)
    databases.put_back(dumped, database)
    return rows


@contextlib.contextmanager
def _open(name: str) -> Iterator[None]:
    """The database under the name ``masked`` for Django."""
    found = copy.deepcopy(connection.settings_dict) | {"NAME": name}
    if connection.vendor == "sqlite":
        pragmas = "PRAGMA journal_mode=DELETE; PRAGMA foreign_keys=OFF; PRAGMA secure_delete=ON;"
        found["OPTIONS"]["init_command"] = pragmas
    connections.databases[ALIAS] = found
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.databases[ALIAS]


def _written_anew(to: Path) -> None:
    """Only what is there now: no page of the file is one that names stood on."""
    with connections[ALIAS].cursor() as cursor:  # Django's, which knows its functions
        cursor.execute("VACUUM INTO %s", [str(to)])
    if faults := databases.faults_in(str(to)):
        raise UserError(
            given=f"a copy that is not whole: {faults[0]}",
            needed="a database of which every row leads to one that is there",
            remedy="Run `pejl doctor`, and tell whoever looks after Pejl.",
        )


def _hand_over(file: Path, to: Path) -> None:
    file.chmod(0o600)
    shutil.copyfile(file, to, follow_symlinks=False)
    os.chmod(to, 0o600)


def _require_engine(database: str | None) -> None:
    if (database is not None) != (connection.vendor == "postgresql"):
        raise UserError(
            given="an address of a database" if database else "no address of a database",
            needed="one with --to-database for a hub on PostgreSQL, and none for one on SQLite",
            remedy="The copy is of the hub's own kind of database.",
        )


def _require_new(to: Path) -> None:
    place = to.resolve()
    own = Path(settings.DATA).resolve()
    if place == own or place.is_relative_to(own) or own.is_relative_to(place):
        raise UserError(
            given=f"{to}, where this hub itself lies",
            needed="a folder of its own for the copy",
            remedy="Choose another with --to. Nothing was written.",
        )
    if not place.parent.is_dir() or (place.exists() and not _is_empty(place)):
        raise UserError(
            given=f"{to}, which has something in it or is in no folder",
            needed="a new folder, or one with nothing in it",
            remedy="Choose another with --to. Nothing was written.",
        )


def _is_empty(place: Path) -> bool:
    return place.is_dir() and not any(place.iterdir())


def _require_empty(database: str) -> None:
    """Nothing is put into a database that has tables, as the hub's own has."""
    try:
        with psycopg.connect(database) as opened:
            found = opened.execute(TABLES).fetchone()
    except psycopg.Error as error:
        raise UserError(
            given="an address at which no database of PostgreSQL answers",
            needed="the address of one that is there, as in DATABASE_URL",
            remedy="Make it first: createdb. Nothing was written.",
        ) from error
    if found and found[0]:
        raise UserError(
            given=f"a database with {found[0]} tables in it",
            needed="an empty one, and not this hub's own",
            remedy="Make a new one: createdb. Nothing was written.",
        )
