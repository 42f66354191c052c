"""A backup: one file with the database, all that lies in the data folder, and how to prove it."""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

import pejl
from pejl.base.errors import UserError
from pejl.snapshot.hashing import file_sha256
from pejl_hub.operations import databases

MANIFEST, FILES = "manifest.json", "data"
SCHEMA = "pejl-backup/1"
# Backups themselves, the database (copied at one moment), and what is made anew when missing.
LEFT_OUT = ("backups", "*.sqlite3*", ".*", "*.tmp")
Say = Callable[[str, float], None]


@dataclass(frozen=True)
class Backup:
    """A backup that was made: the file, its SHA-256, and what it holds."""

    path: Path
    sha256: str
    rows: int
    files: int
    bytes: int


def folder() -> Path:
    """Where backups lie when nobody says otherwise."""
    return Path(settings.PEJL_BACKUPS)


def make_backup(to: Path, say: Say = lambda words, share: None) -> Backup:
    """Write a backup into the folder ``to``, while others go on working.

    The database is copied first and the files after it: what is in the database names files that
    are there already, and a file more is no harm. The file gets its name when it is whole.

    Raises
    ------
    UserError
        When the folder is not there, or the disk has no room.
    """
    if not to.is_dir():
        raise UserError(given=f"{to}", needed="a folder", remedy="Make it, or choose another.")
    name = f"pejl-{timezone.now():%Y%m%dT%H%M%SZ}.tar"
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=to) as scratch:
            made = _write(Path(scratch), name, say)
            os.replace(Path(scratch) / name, to / name)
    except OSError as error:
        raise UserError(
            given=f"{to} ({error.strerror or error})",
            needed="a folder with room for the database and its snapshots",
            remedy="Make room, or choose another with --to. Nothing was left there.",
        ) from error
    told = json.loads(made)
    return Backup(
        path=to / name,
        sha256=file_sha256(to / name),
        rows=sum(told["rows"].values()),
        files=len(told["files"]),
        bytes=(to / name).stat().st_size,
    )


def _write(scratch: Path, name: str, say: Say) -> bytes:
    say("database", 0.05)
    copy = databases.copy_to(scratch)
    with tarfile.open(scratch / name, "x") as archive:
        os.chmod(scratch / name, 0o600)
        files = {copy.file: _add(archive, scratch / copy.file, copy.file)}
        found = list(_files(Path(settings.DATA)))
        for number, path in enumerate(found):
            say("files", 0.4 + 0.6 * number / len(found))
            inside = f"{FILES}/{path.relative_to(settings.DATA)}"
            files[inside] = _add(archive, path, inside)
        told = json.dumps(_manifest(copy, files), indent=1, sort_keys=True).encode()
        (scratch / MANIFEST).write_bytes(told)
        archive.add(scratch / MANIFEST, MANIFEST)
    return told


class _Hashed:
    """A file that is hashed as it is read: what was copied, whatever happens to the file after."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self.file.read(size)
        self.hash.update(part)
        return part


def _add(archive: tarfile.TarFile, path: Path, name: str) -> Mapping[str, Any]:
    with path.open("rb") as file:
        told, hashed = archive.gettarinfo(arcname=name, fileobj=file), _Hashed(file)
        # A file with two names would be a link, and another archive's file missing.
        told.type, told.linkname, told.mode = tarfile.REGTYPE, "", 0o600
        told.size = os.fstat(file.fileno()).st_size
        archive.addfile(told, hashed)  # type: ignore[arg-type]  # it is only ever read
    return {"sha256": hashed.hash.hexdigest(), "bytes": told.size}


def _files(data: Path) -> Iterator[Path]:
    """Every file of the data folder that belongs in a backup, by name."""
    for path in sorted(data.rglob("*")):
        parts = path.relative_to(data).parts
        left_out = any(Path(part).match(one) for part in parts for one in LEFT_OUT)
        if path.is_file() and not path.is_symlink() and not left_out:
            yield path


def _manifest(copy: databases.Copy, files: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "made_at": timezone.now().isoformat(),
        "version": pejl.__version__,
        "engine": connection.vendor,
        "database": copy.file,
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "rows": copy.rows,
        "files": files,
    }
