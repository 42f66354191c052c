"""Changes of files that stand or fall with a transaction of the database.

What is to be put in place is written beside first. When the transaction holds, it is put there;
a process that is killed in between has left its list, and the next one goes on from it. Whether
the transaction held, the audit log tells: its entry names the list.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from pejl.snapshot.store import note_redacted
from pejl_hub.audit.models import AuditEntry
from pejl_hub.core.whole import write_whole
from pejl_hub.snapshots.turns import one_process

LIST = "list.json"


def root() -> Path:
    """Where the lists lie; hidden, so that no backup takes one along."""
    return Path(settings.DATA) / ".erasing"


@dataclass
class Journal:
    """Files to put in place of others (draft by place), to delete, and snapshots to be told."""

    token: str = field(default_factory=lambda: secrets.token_hex(8))
    put: dict[str, str] = field(default_factory=dict)
    drop: list[str] = field(default_factory=list)
    redacted: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Its own folder."""
        return root() / self.token

    def draft(self) -> Path:
        """A path for what shall be put in place."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.folder / secrets.token_hex(8)

    def keep(self) -> None:
        """Write the list; from now on another process can go on from it."""
        if self.put or self.drop:
            told = {"put": self.put, "drop": self.drop, "redacted": self.redacted}
            write_whole(self.folder / LIST, json.dumps(told).encode())

    def apply(self) -> None:
        """Do what the list says; doing it again does no harm."""
        for place, draft in self.put.items():
            if Path(draft).exists():
                _put(Path(draft), Path(place))
        for place in self.drop:
            Path(place).unlink(missing_ok=True)
        for snapshot, files in self.redacted.items():
            if Path(snapshot).is_dir():
                note_redacted(Path(snapshot), files)
        shutil.rmtree(self.folder, ignore_errors=True)


def _put(draft: Path, place: Path) -> None:
    """One draft may be for many places: each gets a name of the same file where that can be."""
    if not place.parent.is_dir():
        return  # pruned meanwhile
    beside = place.with_name(f".new-{secrets.token_hex(8)}")
    try:
        os.link(draft, beside)
    except OSError:
        shutil.copy2(draft, beside)
    os.replace(beside, place)


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time; what another left unfinished is finished first."""
    with one_process(root()):
        finish()
        yield


def finish() -> int:
    """Do what killed processes left, where their transaction held; how many lists that were."""
    done = 0
    for folder in root().glob("*/"):
        journal = _read(folder)
        if journal and AuditEntry.objects.filter(details__journal=folder.name).exists():
            journal.apply()
            done += 1
        shutil.rmtree(folder, ignore_errors=True)
    return done


def _read(folder: Path) -> Journal | None:
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # killed before the list was whole, and so before the transaction held
    return Journal(folder.name, told["put"], told["drop"], told["redacted"])
