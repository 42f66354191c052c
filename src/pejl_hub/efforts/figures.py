"""What the activities of an effort gave, as the contract counts it.

Nothing is counted here: an event's participants are the rows behind the goals' figures, and a
campaign's numbers are those of its own page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.indicators import evaluate
from pejl.snapshot.store import Snapshot
from pejl_hub.efforts.models import Activity
from pejl_hub.events.models import Attendance, Event
from pejl_hub.outreach.queries import tallies
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot

# The goals behind whose figures an attendance may stand.
GOALS = ("event_participants", "programme_participants")


@dataclass(frozen=True)
class Given:
    """What one activity gave: participants that count, or companies approached of those listed.

    None where the contract of its day cannot say.
    """

    activity: Activity
    counted: int | None
    of: int | None = None


def given(activities: Iterable[Activity]) -> list[Given]:
    """What each activity gave by today, in their order."""
    found = list(activities)
    events = {a.event_id: a.event for a in found if a.event is not None}
    campaigns = [a.campaign for a in found if a.campaign is not None]
    people, called = _participants(events.values()), tallies(campaigns, timezone.localdate())
    return [
        Given(a, people.get(a.event_id))
        if a.campaign_id is None
        else Given(a, called[a.campaign_id].approached, called[a.campaign_id].listed)
        for a in found
    ]


def _participants(events: Iterable[Event]) -> dict[int | None, int]:
    """Event → its attendances behind the figures; events that no contract covers are not there."""
    asked: dict[Path, set[int]] = {}
    for event in events:
        if path := _contract_of(event.held_on):
            asked.setdefault(path, set()).add(event.pk)
    counted: dict[int | None, int] = {}
    for path, keys in asked.items():
        behind = _behind(path)
        here = Attendance.objects.filter(event__in=keys).values_list("event_id", "pk")
        counted |= dict.fromkeys(keys, 0)
        for event_id, key in here:
            counted[event_id] += key in behind
    return counted


def _contract_of(day: date) -> Path | None:
    try:
        return contract_file(day)
    except UserError:
        return None


def _behind(path: Path) -> frozenset[int]:
    stamp = path.stat().st_mtime_ns
    period = _contract(path, stamp).period
    until = max(period.start, min(timezone.localdate(), period.end))
    return _attendances(path, stamp, ensure_snapshot(until), until)


@lru_cache(maxsize=4)
def _contract(path: Path, stamp: int) -> Contract:
    """The contract; ``stamp`` is when its file was last written."""
    return load(path)


@lru_cache(maxsize=8)
def _attendances(path: Path, stamp: int, snapshot: Snapshot, day: date) -> frozenset[int]:
    """The numbers of the attendances behind the goals' figures."""
    contract = _contract(path, stamp)
    goals = [goal for goal in GOALS if goal in contract.goals]
    return frozenset(key for goal in goals for key in _counted(contract, snapshot, goal, day))


def _counted(contract: Contract, snapshot: Snapshot, goal: str, day: date) -> Iterator[int]:
    rows = evaluate.rows(contract, snapshot, goal, day)
    for row in rows.rows:
        cells = dict(zip(rows.columns, row, strict=True))
        if cells["counted"] and cells.get("table", "attendance") == "attendance":
            yield int(cells["id"])  # type: ignore[call-overload]
