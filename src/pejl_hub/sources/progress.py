"""How far an import has come. Kept in a file: its own transaction hides what it writes, and on
SQLite nobody else can write to the database until it ends."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

# Batches take well under a second each; a minute without one means that the process is gone.
SILENT_AFTER_SECONDS = 120


@dataclass(frozen=True)
class Progress:
    """The file being read, rows so far, and the share of the whole, from 0 to 1."""

    file: str
    rows: int
    share: float


Report = Callable[[Progress], None]


def folder_of(run_id: int | str) -> Path:
    """The folder of an import's files: progress and refused rows."""
    return Path(settings.DATA) / "imports" / str(run_id)


def write(run_id: int, progress: Progress) -> None:
    """Say how far it has come; readers see the old or the new, never half."""
    folder = folder_of(run_id)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "progress.new"
    fresh.write_text(json.dumps(asdict(progress)))
    fresh.replace(folder / "progress.json")


def read(run_id: int) -> Progress | None:
    """How far it has come, or None before it has said so."""
    try:
        return Progress(**json.loads((folder_of(run_id) / "progress.json").read_text()))
    except FileNotFoundError:
        return None


def is_silent(run_id: int) -> bool:
    """Whether nothing has been said for so long that the process must be gone."""
    path = folder_of(run_id) / "progress.json"
    return path.exists() and time.time() - path.stat().st_mtime > SILENT_AFTER_SECONDS


def forget(run_id: int | str) -> None:
    """Remove the folder and all in it."""
    shutil.rmtree(folder_of(run_id), ignore_errors=True)
