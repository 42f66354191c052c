"""What came of an import, or would come of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pejl_hub.sources.gathering import Account


@dataclass
class Counts:
    """Rows of one kind of file, and why those refused were: heading of the first fault → rows.

    ``erased`` are those of the unchanged that were left out: their person has been erased.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    erased: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Counts") -> None:
        """Add the rows of another file of the same kind."""
        for name in ("rows", "created", "updated", "unchanged", "rejected", "erased"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for heading, rows in other.reasons.items():
            self.reasons[heading] = self.reasons.get(heading, 0) + rows

    @property
    def accepted(self) -> int:
        """New and changed rows."""
        return self.created + self.updated

    def as_json(self) -> dict[str, int]:
        """The counts, in the shape that ``pejl import --format json`` promises."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            **({"erased": self.erased} if self.erased else {}),
        }


@dataclass(frozen=True)
class ImportResult:
    """A finished import: counts by kind of file, and the folder of refused rows, if any.

    ``run_id`` is None for a dry run, which leaves nothing behind. ``strangers`` are files that
    nobody knew.
    """

    files: Mapping[str, Counts]
    remainder: Path | None
    run_id: int | None
    file_sha256: str
    strangers: tuple[str, ...] = ()

    @property
    def total(self) -> Counts:
        """All files together."""
        return total(self.files.values())

    def as_json(self) -> dict[str, Any]:
        """``{"files": {kind: counts}, "remainder": folder or None}``."""
        return {
            "files": {kind: counts.as_json() for kind, counts in self.files.items()},
            "remainder": str(self.remainder) if self.remainder else None,
        }


def total(files: Iterable[Counts]) -> Counts:
    """All files together."""
    added = Counts()
    for counts in files:
        added.add(counts)
    return added


@dataclass(frozen=True)
class SampleRow:
    """A row to look at before confirming: its line, its cells, and why it is refused, if it is."""

    line: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilePreview:
    """One sheet of a preview: its counts and the first rows of each pile."""

    kind: str
    file_name: str
    headings: tuple[str, ...]
    ignored: tuple[str, ...]  # headings that the mapping does not know
    counts: Counts
    accepted: tuple[SampleRow, ...]
    unchanged: tuple[SampleRow, ...]
    refused: tuple[SampleRow, ...]
    account: "Account | None" = None  # of an export that is counted, not stored row by row


@dataclass(frozen=True)
class Preview:
    """What an import of exactly this file would do to exactly these records."""

    source: str
    file_name: str
    file_sha256: str
    files: tuple[FilePreview, ...]
    strangers: tuple[str, ...]
    closed: tuple[str, ...] = ()  # the closed periods in which its rows count

    @property
    def total(self) -> Counts:
        """All files together; its parts are the three piles."""
        return total(file.counts for file in self.files)
