"""What an erasure does with files: one list of changes, put in place when the erasure holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from pejl_hub.privacy.files import imports, reading, snapshots
from pejl_hub.privacy.files.journal import Journal
from pejl_hub.privacy.identity import Identity
from pejl_hub.privacy.subjects import Subject
from pejl_hub.reporting.files import path_of
from pejl_hub.reporting.models import OUT, ReportFile


@dataclass(frozen=True)
class Cleared:
    """The list of changes, and the SHA-256 of the snapshots' files after by that before."""

    journal: Journal
    redacted: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many files are changed or deleted."""
        return len(self.journal.put) + len(self.journal.drop)


def clear_files(subjects: Sequence[Subject], known: Identity, *, staff: bool, mark: str) -> Cleared:
    """What is to be done with the files; nothing is done yet: ``Journal.apply`` does it."""
    journal = Journal()
    taking = snapshots.taking_of(subjects, known, staff=staff, mark=mark)
    altered = snapshots.redact(journal, taking)
    imports.clear(journal, known)
    journal.drop += [str(path) for path in unreleased(known)]
    journal.keep()
    return Cleared(journal, altered)


def unreleased(known: Identity) -> list[Path]:
    """Reports that name the person and have not been given to anybody: they are made again."""
    drafts = ReportFile.objects.exclude(report__state__in=OUT).select_related("report")
    return [path for one in drafts if reading.names(path := path_of(one), known)]


def empty_the_log() -> None:
    """SQLite's write-ahead log still holds what was overwritten, until it is emptied."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
