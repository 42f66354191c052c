"""Proof that what was signed is still there, and that the figures come out the same today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pejl import __version__
from pejl.base.errors import UserError
from pejl.snapshot.store import Snapshot, open_snapshot
from pejl.snapshot.store import verify as damaged_tables
from pejl_hub.closing.models import Close
from pejl_hub.governance.closes import archive
from pejl_hub.snapshots.actions import folder
from pejl_hub.snapshots.vouching import unvouched


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and what is wrong with it; empty when nothing is."""

    what: str
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is as it was."""
        return not self.fault


def find_snapshot(snapshot_id: str) -> Snapshot:
    """The snapshot of the id.

    Raises
    ------
    UserError
        When there is none, or it is not whole.
    """
    path = folder() / snapshot_id
    if path.parent != folder() or not path.is_dir():
        raise UserError(
            given=f"the snapshot {snapshot_id}",
            needed=f"the id of a snapshot in {folder()}",
            remedy="Look it up on the page of the closes, or on the overview.",
        )
    return open_snapshot(path)


def verify(snapshot_id: str) -> Sequence[Check]:
    """Everything that can be proved about a snapshot and the closes that were signed on it."""
    snapshot = find_snapshot(snapshot_id)
    closes = list(Close.objects.filter(snapshot_id=snapshot_id).order_by("closed_at"))
    return [*_snapshot_checks(snapshot), *(c for one in closes for c in verify_close(one))]


def verify_close(close: Close) -> Sequence[Check]:
    """The close's own files, and its figures computed again from its snapshot, byte for byte."""
    return list(_close_checks(close))


def _snapshot_checks(snapshot: Snapshot) -> Iterator[Check]:
    damaged = damaged_tables(snapshot)
    yield Check("the tables' files", f"changed: {', '.join(damaged)}" if damaged else "")
    id_fault = "" if snapshot.id == snapshot.path.name else f"it now is {snapshot.id}"
    yield Check("the manifest", id_fault)
    if snapshot.redacted():
        strange = unvouched(snapshot)
        fault = f"not by an erasure: {', '.join(strange)}" if strange else ""
        yield Check("the files that erased persons were taken out of", fault)


def _close_checks(close: Close) -> Iterator[Check]:
    named = f"the close of {close}"
    snapshot = find_snapshot(close.snapshot_id)
    fault = "" if snapshot.sha256 == close.snapshot_sha256 else "it is another than was signed"
    yield Check(f"{named}: the snapshot", fault)
    kept = archive.find(close.archive_sha256)
    faults = archive.faults(kept)
    yield Check(
        f"{named}: contract and figures as kept", f"changed: {', '.join(faults)}" if faults else ""
    )
    if not faults and not damaged_tables(snapshot):
        yield Check(f"{named}: the figures computed again", _recomputed(close, snapshot, kept))


def _recomputed(close: Close, snapshot: Snapshot, kept: archive.Archived) -> str:
    again = archive.figures_of(kept.contract(), snapshot, close.last_day)
    if again == kept.figures:
        return ""
    versions = f"signed with Pejl {close.code_version}, computed with {__version__}"
    return f"they are not the same bytes ({versions})"
