"""The tables as the migrations leave them: made once, then copied wherever a test wants a hub.

A hundred migrations take ten seconds, and a run of all tests needs some thirty databases. What is
kept is named by the migrations' own bytes, so that changed migrations are always run.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEJL = Path(sys.executable).with_name("pejl")
SQLITE = "pejl.sqlite3"
# What a migration does besides what its file says, what is made after it (indexes for searching,
# triggers that watch), and which other apps there are, in which versions.
ALSO = (
    "requirements.lock",
    "src/pejl_hub/config/settings.py",
    "src/pejl_hub/codes/starting.py",
    "src/pejl_hub/companies/searchindex.py",
    "src/pejl_hub/snapshots/watching/*.py",
    "src/*/*/apps.py",
    "src/*/*/migrations/*.py",
)


def migrate(**environment: str) -> None:
    """Run ``pejl migrate`` in a hub of its own."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    subprocess.run(
        [PEJL, "migrate"], env=kept | environment, cwd=ROOT, check=True, capture_output=True
    )


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The file of that name, made by ``make(path)`` unless these migrations have made it before."""
    folder = Path(tempfile.gettempdir()) / f"pejl-migrated-{os.getuid()}" / _migrations()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two workers begin at once
        if not (folder / name).exists():
            made = folder / f"{name}.part"
            make(made)
            made.replace(folder / name)
    return folder / name


@cache
def _migrations() -> str:
    digest = hashlib.sha256()
    for file in sorted(file for pattern in ALSO for file in ROOT.glob(pattern)):
        digest.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def new_hub(data: Path) -> None:
    """Give a data folder the database that its first command would have made."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / SQLITE).exists():
        shutil.copyfile(kept(SQLITE, _make_sqlite), data / SQLITE)


def fill(name: str) -> sqlite3.Connection:
    """Put the tables in the SQLite database of that name; one in memory lives while it is open."""
    filled = sqlite3.connect(name, uri=True)
    put_in(filled)
    return filled


def put_in(database: sqlite3.Connection) -> None:
    """Put the tables, and nothing else, in an open SQLite database."""
    with closing(sqlite3.connect(kept(SQLITE, _make_sqlite))) as tables:
        tables.backup(database)


def _make_sqlite(path: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        migrate(PEJL_DATA=data)
        with closing(sqlite3.connect(Path(data) / SQLITE)) as made:
            made.execute("PRAGMA journal_mode=DELETE")  # one file, whole in itself
        shutil.copyfile(Path(data) / SQLITE, path)
