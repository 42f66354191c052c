"""What changed since a close, or between two of them: goal by goal, with the records."""

from collections.abc import Sequence
from datetime import date

from pejl.contract.load import load
from pejl.movements import Moment, Movement, movements
from pejl_hub.closing.models import Close
from pejl_hub.governance.closes import archive
from pejl_hub.governance.closes.verify import find_snapshot
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot
from pejl_hub.status.kept import Kept

MOVED = Kept(8)


def moment_of(close: Close) -> Moment:
    """What was signed: contract, records and date."""
    kept = archive.find(close.archive_sha256)
    return Moment(kept.contract(), find_snapshot(close.snapshot_id), close.last_day)


def moment_now(day: date) -> Moment:
    """The contract and the records as they are now, up to the day.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    snapshot = ensure_snapshot(day)
    return Moment(load(contract_file(day)), snapshot, day)


def moved(then: Moment, now: Moment) -> Sequence[Movement]:
    """The goals that moved between the two moments; kept, for it never changes."""
    key = tuple((m.contract.sha256, m.snapshot.sha256, m.as_of) for m in (then, now))
    found = MOVED.get(key, lambda: movements(then, now))
    return [movement for movement in found if movement.moved]
