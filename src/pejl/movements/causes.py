"""Why one record counts otherwise: told by what differs between the two snapshots."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pejl.movements.result import Cause

Record = Mapping[str, Any]
# A client's new name is no change of the record; its number in the source is none either.
SILENT = frozenset({"counted", "table", "date", "client_name", "source_id"})
PLACING = frozenset(
    {
        "municipality",
        "segment",
        "employees",
        "type",
        "programme",
        "round",
        "national_programme",
        "with_local_service",
        "kind",
        "goal",
    }
)


def differences(then: Record, now: Record) -> dict[str, tuple[Any, Any]]:
    """The columns whose values differ."""
    names = (then.keys() | now.keys()) - SILENT
    pairs = {name: (then.get(name), now.get(name)) for name in sorted(names)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def cause_of(then: Record | None, now: Record | None) -> Cause:
    """Why: ``then`` and ``now`` are the record in each snapshot, None where it is not on record.

    When several facts differ, the one that says most about the figure names the cause: another
    client before another place, another place before the rest.
    """
    if then is None:
        return Cause.LATE
    if now is None:
        return Cause.WITHDRAWN
    changed = differences(then, now).keys()
    if changed & {"client", "client_kind"}:
        return Cause.MERGED
    if changed & PLACING:
        return Cause.RECLASSIFIED
    return Cause.CORRECTED if changed else Cause.FOLLOWS


def cause_in_time(day: date | None, then: date) -> Cause:
    """Why a record counts on a later date of the same snapshot."""
    return Cause.NEW if day is not None and day > then else Cause.FOLLOWS
