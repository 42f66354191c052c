"""Putting a backup back, and proving one without touching the hub."""

import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.snapshot.hashing import file_sha256
from pejl.snapshot.store import every, verify
from pejl_hub.operations import databases
from pejl_hub.operations.backup import FILES, MANIFEST, SCHEMA

SIGNED = "SELECT snapshot_id, snapshot_sha256, archive_sha256 FROM closing_close"
EDITIONS = (
    "SELECT id, as_of, file_sha256, snapshot_id FROM publishing_edition WHERE state = 'published'"
)


@dataclass(frozen=True)
class Check:
    """One thing that was proved, and what is wrong with it; an empty ``fault`` holds."""

    what: str
    fault: str = ""


def prove(file: Path) -> Sequence[Check]:
    """Put the backup back beside the hub, look at all of it, and take it away again.

    Raises
    ------
    UserError
        When the file is not a backup of Pejl, or of the other kind of database.
    """
    told = _manifest(file)
    with tempfile.TemporaryDirectory(prefix=".proved-", dir=file.parent) as name:
        place = Path(name)
        checks = [_files(file, told, place)]
        if checks[0].fault:
            return checks
        with databases.scratch(place, sqlite=_is_sqlite(told)) as database:
            databases.put_back(place / told["database"], database)
            checks += _database(told, database, place / FILES)
    return checks


def restore(file: Path, *, replace: bool) -> Sequence[Check]:
    """Put the backup back in place of an empty hub; what is there is moved aside, never deleted.

    Nothing else may run. The backup is proved first, and put back only when all of it holds.

    Raises
    ------
    UserError
        When it does not hold, or the hub is not empty and ``replace`` does not say so.
    """
    checks = prove(file)
    faults = [check for check in checks if check.fault]
    if faults:
        raise UserError(
            given=f"{file.name}: {faults[0].what}: {faults[0].fault}",
            needed="a backup that is whole",
            remedy="Take an older one. Nothing was changed.",
        )
    if not databases.is_empty() and not replace:
        raise UserError(
            given="a hub that has a database already",
            needed="an empty one",
            remedy="Stop Pejl, and say --replace: what is there is moved aside, not deleted.",
        )
    told = _manifest(file)
    connection.close()
    data = Path(settings.DATA)
    aside = data / f".replaced-{timezone.now():%Y%m%dT%H%M%SZ}"
    with tempfile.TemporaryDirectory(prefix=".restored-", dir=data) as name:
        _files(file, told, Path(name))
        _move_aside(data, aside)
        for path in sorted((Path(name) / FILES).glob("*")):
            shutil.move(path, data / path.name)
        into = str(settings.DATABASES["default"]["NAME"]) if _is_sqlite(told) else None
        databases.put_back(Path(name) / told["database"], into or databases.conninfo())
    return checks


def _move_aside(data: Path, aside: Path) -> None:
    """The database and every file of the hub, under one name that says when.

    PostgreSQL first: it may refuse, and then nothing has been moved.
    """
    if connection.vendor == "postgresql" and not databases.is_empty():
        databases.move_aside(aside.name.lstrip(".").replace("-", "_").lower())
    connection.close()
    aside.mkdir()
    for path in sorted(data.iterdir()):
        if not path.name.startswith(".") and path.name != "backups":
            shutil.move(path, aside / path.name)


def _manifest(file: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as archive:
            inside = archive.extractfile(MANIFEST)
            told = json.loads(inside.read()) if inside else {}
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise _no_backup(file) from error
    if told.get("schema") != SCHEMA:
        raise _no_backup(file)
    if told["engine"] != connection.vendor:
        raise UserError(
            given=f"a backup of {told['engine']}",
            needed=f"one of {connection.vendor}, which DATABASE_URL names",
            remedy="Let DATABASE_URL name a database of the backup's kind.",
        )
    return dict(told)


def _no_backup(file: Path) -> UserError:
    return UserError(
        given=f"{file}",
        needed="a whole file that `pejl backup` made",
        remedy="Choose another; this one may have been cut off when it was copied.",
    )


def _is_sqlite(told: dict[str, Any]) -> bool:
    return bool(told["engine"] == "sqlite")


def _files(file: Path, told: dict[str, Any], place: Path) -> Check:
    """Take out exactly the files that the manifest names, each with its hash."""
    what = f"{len(told['files'])} files as they were copied"
    try:
        with tarfile.open(file) as archive:
            for name, one in told["files"].items():
                if _take_out(archive, name, place) != one["sha256"]:
                    return Check(what, f"{name} has changed")
    except (KeyError, OSError, ValueError, tarfile.TarError) as error:
        return Check(what, f"{error}")
    return Check(what)


def _take_out(archive: tarfile.TarFile, name: str, place: Path) -> str:
    """Write one file under ``place``, and give its SHA-256; a name that leads out is refused."""
    target = (place / name).resolve()
    inside = archive.extractfile(archive.getmember(name))
    if inside is None or not target.is_relative_to(place.resolve()):
        raise ValueError(f"{name} is no file of a backup")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        target.chmod(0o600)
        shutil.copyfileobj(inside, out)
    return file_sha256(target)


def _database(told: dict[str, Any], database: str, data: Path) -> Iterator[Check]:
    sqlite = _is_sqlite(told)
    if sqlite:
        yield Check("the database is whole", "; ".join(databases.faults_in(database)[:3]))
    found = databases.rows_in(database, sqlite=sqlite)
    differ = [
        name for name in {**found, **told["rows"]} if found.get(name) != told["rows"].get(name)
    ]
    yield Check(f"{sum(told['rows'].values())} rows, as many as were copied", ", ".join(differ[:5]))
    yield Check("tables that this version of Pejl knows", _unknown(told))
    yield from _rested_on(_ask(database, sqlite, SIGNED), data)
    yield from _published(_ask(database, sqlite, EDITIONS), data)


def _unknown(told: dict[str, Any]) -> str:
    known = set(MigrationLoader(None).disk_migrations)
    newer = sorted(".".join(one) for one in map(tuple, told["migrations"]) if one not in known)
    return f"{newer[0]} is of a newer version" if newer else ""


def _ask(database: str, sqlite: bool, query: str) -> list[tuple[Any, ...]]:
    if sqlite:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            return opened.execute(query).fetchall()
    with psycopg.connect(database) as opened:
        return opened.execute(query).fetchall()  # type: ignore[arg-type]


def _rested_on(closes: Sequence[tuple[Any, ...]], data: Path) -> Iterator[Check]:
    """Every snapshot is as it was written, and those that were signed are there."""
    found = {one.id: one for one in every(data / "snapshots")}
    broken = [name for name, one in found.items() if verify(one)]
    yield Check(f"{len(found)} snapshots as they were written", ", ".join(broken[:3]))
    gone = [name for name, sha256, _ in closes if name not in found or found[name].sha256 != sha256]
    gone += [sha for _, _, sha in closes if not (data / "closes" / sha[:16]).is_dir()]
    yield Check(f"what {len(closes)} closes were signed on", ", ".join(gone[:3]))


def _published(editions: Sequence[tuple[Any, ...]], data: Path) -> Iterator[Check]:
    gone = []
    for number, day, sha256, _ in editions:
        path = data / "editions" / f"{number}-{day}.csv"
        if not path.is_file() or file_sha256(path) != sha256:
            gone.append(path.name)
    yield Check(f"the files of {len(editions)} editions", ", ".join(gone[:3]))
