"""Files of snapshots that a person was taken out of: the audit log vouches for each of them.

An entry of an erasure says what files it found and what it left, by SHA-256, and stands in the
chain. A manifest that says a file was altered, and no entry that does, is a file somebody else has
altered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pejl.snapshot.hashing import file_sha256
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES
from pejl_hub.audit.models import AuditEntry

REDACTED = "snapshots"  # in the entry's details: SHA-256 after by SHA-256 before
Steps = Mapping[str, set[str]]


@dataclass(frozen=True)
class Place:
    """A file of a snapshot: its SHA-256 when it was taken, and now."""

    snapshot: Path
    file: str
    taken: str
    now: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.snapshot / self.file

    @property
    def is_intact(self) -> bool:
        """Whether it is what the manifest says that it is now."""
        return self.path.is_file() and file_sha256(self.path) == self.now


def places_of(snapshot: Snapshot) -> Iterator[Place]:
    """The files of a snapshot."""
    now = snapshot.redacted()
    for name in TABLES.keys() & snapshot.manifest()["tables"].keys():
        for told in snapshot.parts(name):
            taken = told["sha256"]
            yield Place(snapshot.path, told["file"], taken, now.get(told["file"], taken))


def unvouched(snapshot: Snapshot) -> list[str]:
    """The files that are said to be altered and of which the audit log does not tell it."""
    altered = [one for one in places_of(snapshot) if one.now != one.taken]
    steps = _steps() if altered else {}
    return sorted(one.file for one in altered if one.now not in _reached(steps, one.taken))


def _steps() -> Steps:
    steps: dict[str, set[str]] = {}
    told = AuditEntry.objects.filter(details__has_key=REDACTED, action="privacy.erased")
    for details in told.values_list("details", flat=True):
        for before, after in details[REDACTED].items():
            steps.setdefault(before, set()).add(after)
    return steps


def _reached(steps: Steps, begun: str) -> set[str]:
    found, waiting = {begun}, [begun]
    while waiting:
        fresh = steps.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found
