"""Both databases, copied at one moment and put back: SQLite by its own backup, PostgreSQL by dump.

A copy comes with the number of rows of every table at that very moment, so that what was put back
can be proved.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from pejl.base.errors import UserError

Rows = Mapping[str, int]
TABLES = (
    "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
)
EXTENSIONS = (
    "SELECT extname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace"
    " WHERE nspname = %s"
)
SEARCH = "pg_trgm"  # ours: nothing but indexes hangs on it
BINARIES = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Copy:
    """A copy of the database: its file's name and how many rows each table had."""

    file: str
    rows: Rows


def copy_to(folder: Path) -> Copy:
    """Copy the hub's database into the folder, while others go on writing."""
    return _copy_sqlite(folder) if connection.vendor == "sqlite" else _copy_postgresql(folder)


def put_back(file: Path, into: str) -> None:
    """Fill an empty database: a path for SQLite, a connection string for PostgreSQL."""
    if file.suffix == ".sqlite3":
        shutil.copyfile(file, into)
    else:
        # The empty schema is there already, as in every database.
        contents = _run("pg_restore", "--list", str(file)).splitlines()
        wanted = file.with_suffix(".list")
        wanted.write_text(
            "\n".join(
                one
                for one in contents
                if " SCHEMA public" not in one and " SCHEMA - public" not in one
            )
        )
        how = (f"--use-list={wanted}", "--no-owner", "--exit-on-error", f"--dbname={into}")
        _run("pg_restore", *how, str(file))


def dump(database: str, file: Path) -> None:
    """Write a whole PostgreSQL that nobody else is at to a file, for ``put_back``."""
    _run("pg_dump", "--format=custom", f"--file={file}", f"--dbname={database}")


def move_aside(name: str) -> None:
    """Give PostgreSQL's schema another name, and make an empty one; extensions go with the new."""
    new, old = sql.Identifier("public"), sql.Identifier(name)
    with psycopg.connect(conninfo()) as opened:
        opened.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(new, old))
        opened.execute(sql.SQL("CREATE SCHEMA {}").format(new))
        for (extension,) in opened.execute(EXTENSIONS, [name]).fetchall():
            _bring_over(opened, extension, new)


def _bring_over(opened: psycopg.Connection, extension: str, into: sql.Identifier) -> None:
    """Let an extension follow; where only a superuser may move it, ours is taken out instead.

    Then the old tables lose their search indexes, and what is put back makes it anew.
    """
    named = sql.Identifier(extension)
    try:
        with opened.transaction():
            opened.execute(sql.SQL("ALTER EXTENSION {} SET SCHEMA {}").format(named, into))
    except psycopg.errors.InsufficientPrivilege as error:
        if extension != SEARCH or not _owns(opened, extension):
            raise UserError(
                given=f"a database whose extension {extension} this user may not move",
                needed="one whose user may, or an empty one",
                remedy="Let DATABASE_URL name an empty database. Nothing was changed.",
            ) from error
        opened.execute(sql.SQL("DROP EXTENSION {} CASCADE").format(named))


def _owns(opened: psycopg.Connection, extension: str) -> bool:
    owned = "SELECT pg_has_role(extowner, 'MEMBER') FROM pg_extension WHERE extname = %s"
    row = opened.execute(owned, [extension]).fetchone()
    return bool(row and row[0])


def rows_in(database: str, *, sqlite: bool) -> Rows:
    """The number of rows of every table of a database that was put back."""
    if sqlite:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            return _sqlite_rows(opened)
    with psycopg.connect(database) as opened:
        return _postgresql_rows(opened)


def faults_in(database: str) -> list[str]:
    """What SQLite finds wrong in its own file; none when it is whole."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        said = [row[0] for row in opened.execute("PRAGMA integrity_check") if row[0] != "ok"]
        loose = opened.execute("PRAGMA foreign_key_check").fetchmany(5)
    return said + [f"{table} {row} refers to nothing" for table, row, *_ in loose]


@contextlib.contextmanager
def scratch(folder: Path, *, sqlite: bool) -> Iterator[str]:
    """An empty database beside the hub's, gone afterwards."""
    if sqlite:
        yield str(folder / "proved.sqlite3")
        return
    name = f"pejl_proved_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(conninfo(), autocommit=True) as opened:
        _create(opened, name)
        try:
            yield conninfo(dbname=name)
        finally:
            _drop(opened, name)


def _drop(opened: psycopg.Connection, name: str) -> None:
    """Without force first: PostgreSQL then sends its own vacuuming away, whoever asks.

    With force it asks for the right to end that too, which the owner of a database has not.
    """
    drop = sql.SQL("DROP DATABASE {}").format(sql.Identifier(name))
    try:
        opened.execute(drop)
    except psycopg.errors.ObjectInUse:
        opened.execute(drop + sql.SQL(" WITH (FORCE)"))


def conninfo(**other: str) -> str:
    """The hub's PostgreSQL as a connection string; ``other`` takes the place of its parts."""
    given = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "service")
    parts = {name: given[name] for name in names if given.get(name)} | other
    return psycopg.conninfo.make_conninfo(**parts)


def is_empty() -> bool:
    """Whether the hub's database has no tables at all, or does not exist yet (SQLite)."""
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        return not path.exists() or not connection.introspection.table_names()
    return not connection.introspection.table_names()


def _copy_sqlite(folder: Path) -> Copy:
    target = folder / "database.sqlite3"
    source = str(settings.DATABASES["default"]["NAME"])
    with (
        contextlib.closing(sqlite3.connect(source)) as live,
        contextlib.closing(sqlite3.connect(target)) as made,
    ):
        live.backup(made)
        # A copy is a file that is read: it needs no log beside it.
        made.execute("PRAGMA journal_mode=DELETE")
        return Copy(target.name, _sqlite_rows(made))


def _copy_postgresql(folder: Path) -> Copy:
    target = folder / "database.dump"
    with psycopg.connect(conninfo()) as opened:
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        (moment,) = _one(opened, "SELECT pg_export_snapshot()")
        rows = _postgresql_rows(opened)
        # The dump reads the very moment in which the rows were counted.
        asked = (
            "--format=custom",
            "--exclude-schema=replaced_*",
            f"--snapshot={moment}",
            f"--file={target}",
        )
        _run("pg_dump", *asked, f"--dbname={conninfo()}")
    return Copy(target.name, rows)


def _sqlite_rows(opened: sqlite3.Connection) -> Rows:
    names = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in sorted(names)
    }


def _postgresql_rows(opened: psycopg.Connection[Any]) -> Rows:
    names = sorted(name for (name,) in opened.execute(TABLES).fetchall())
    count = sql.SQL("SELECT count(*) FROM {}")
    return {name: _one(opened, count.format(sql.Identifier(name)))[0] for name in names}


def _one(opened: psycopg.Connection[Any], query: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = opened.execute(query).fetchone()
    return row or ()


def _create(opened: psycopg.Connection[Any], name: str) -> None:
    try:
        opened.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise UserError(
            given="a PostgreSQL user that may not make a database",
            needed="one that may, to put the backup back beside the hub and look at it",
            remedy="Let the user: ALTER ROLE … CREATEDB.",
        ) from error


def _run(program: str, *arguments: str) -> str:
    command = [_program(program), *arguments]
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"}
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise UserError(
            given=f"{program}, which ended with {done.returncode}: {said[-1] if said else ''}",
            needed="a dump of the whole database",
            remedy="Look at what it says; it must be as new as the server.",
        )
    return done.stdout


def _program(name: str) -> str:
    """The newest of the machine's, for an older one cannot read a newer server."""
    found = sorted(BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise UserError(
            given=f"a machine without {name}",
            needed="PostgreSQL's own programs, which copy its database",
            remedy="Install the package postgresql-client.",
        )
    return program
