"""Clearing away old snapshots; what was signed, and the newest, stay."""

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pejl.base.errors import UserError
from pejl.snapshot.store import Snapshot, every
from pejl_hub.closing.models import Close
from pejl_hub.snapshots.actions import folder


@dataclass(frozen=True)
class Pruned:
    """The ids that were cleared away, those kept for a close, and the bytes set free."""

    removed: Sequence[str]
    signed: Sequence[str]
    kept: Sequence[str]
    freed: int


def prune(*, keep: int, rehearse: bool = False, published: Collection[str] = ()) -> Pruned:
    """Clear away all but the ``keep`` newest snapshots and those that a close was signed on.

    ``published`` are ids that stay as well: readers are shown what was counted from them.

    A reopened close counts: what was signed then must still be proved. With ``rehearse`` nothing
    is cleared away.

    Raises
    ------
    UserError
        When nothing would be kept, a folder is not a whole snapshot, or a close's snapshot is
        missing, which somebody should look at first.
    """
    _require_some(keep)
    newest_first = sorted(every(folder()), key=lambda s: (s.known_at, s.as_of), reverse=True)
    signed = set(Close.objects.values_list("snapshot_id", flat=True))
    _require_all(signed, newest_first)
    removed = [one for one in newest_first[keep:] if one.id not in {*signed, *published}]
    stays = [one for one in newest_first if one not in removed]
    freed = _bytes_alone(removed)
    if not rehearse:
        for one in removed:
            _remove(one)
    return Pruned(
        removed=[one.id for one in removed],
        signed=[one.id for one in stays if one.id in signed],
        kept=[one.id for one in stays],
        freed=freed,
    )


def _require_some(keep: int) -> None:
    if keep < 1:
        raise UserError(
            given=f"{keep} snapshots to keep",
            needed="at least one: the next snapshot shares its unchanged files with the newest",
            remedy="Choose a number from 1 upwards.",
        )


def _require_all(signed: set[str], found: Sequence[Snapshot]) -> None:
    missing = sorted(signed - {one.id for one in found})
    if missing:
        raise UserError(
            given=f"a folder of snapshots that lacks {', '.join(missing)}, which a close rests on",
            needed="every snapshot that was signed",
            remedy="Put it back from a backup first; `pejl verify` proves that it is the one.",
        )


def _bytes_alone(removed: Sequence[Snapshot]) -> int:
    """The bytes of the files that no other snapshot shares, however many of these do."""
    seen: dict[int, tuple[int, int, int]] = {}
    for file in (file for one in removed for file in one.path.rglob("*") if file.is_file()):
        told = file.stat()
        _, _, names = seen.get(told.st_ino, (0, 0, 0))
        seen[told.st_ino] = (told.st_size, told.st_nlink, names + 1)
    return sum(size for size, links, names in seen.values() if names >= links)


def _remove(snapshot: Snapshot) -> None:
    """Out of sight at once, then away: whoever looks sees all of a snapshot or none of it."""
    hidden = Path(snapshot.path).with_name(f".pruned-{snapshot.id}")
    snapshot.path.rename(hidden)
    shutil.rmtree(hidden)
