"""Taking snapshots, and finding the one that already says it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from pejl import __version__
from pejl.base.errors import UserError
from pejl.contract.load import find_among
from pejl.snapshot.store import Snapshot, as_known, latest, write_snapshot
from pejl.snapshot.tables import TABLES
from pejl_hub.contracts.scored import scored_files
from pejl_hub.core.models import DataRevision
from pejl_hub.programmes.models import StateChange
from pejl_hub.snapshots.connection import Connection, open_connection
from pejl_hub.snapshots.database import Database
from pejl_hub.snapshots.turns import one_process

COLUMNS = {name: {column.name for column in table.columns} for name, table in TABLES.items()}
REVISION = "SELECT number, changed_at FROM core_datarevision"
_one_at_a_time = Lock()


@dataclass(frozen=True)
class State:
    """The data's revision and the contract's SHA-256: while neither changes, no figure does."""

    revision: str
    contract_sha256: str


def folder() -> Path:
    """Where the hub keeps its snapshots."""
    return Path(settings.DATA) / "snapshots"


def ensure_snapshot(as_of: date) -> Snapshot:
    """A snapshot of the records as they are now that reaches ``as_of``; takes one if need be.

    A course or grant that was moved after ``as_of`` had another state then, so a snapshot that
    reaches such a move does not serve.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    contract = _contract_sha256(as_of)
    with _one_at_a_time, one_process(folder()):
        until = _day_before_next_move(as_of)
        found = latest(folder(), revision=_revision_now(), covering=as_of, until=until)
        return found if found and _still_says_it(found, contract) else take_snapshot(as_of)


def state_now(as_of: date) -> State:
    """What a snapshot that reaches the day would be taken of now.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    return State(_revision_now(), _contract_sha256(as_of))


def snapshot_known(as_of: date, known: date) -> Snapshot:
    """The records up to ``as_of`` as they were known at the end of the day ``known``.

    Raises
    ------
    UserError
        When no snapshot that reaches ``as_of`` had been taken by then.
    """
    moment = datetime.combine(known, time.max, tzinfo=timezone.get_default_timezone())
    found = as_known(folder(), moment, covering=as_of)
    if found is None:
        raise UserError(
            given=f"what was known on {known.isoformat()} up to {as_of.isoformat()}",
            needed="a day on which a snapshot that reaches so far had been taken",
            remedy="Choose a later day, or the day of a monthly close.",
        )
    return found


def take_snapshot(as_of: date) -> Snapshot:
    """Write what the database holds up to ``as_of``, all of it read at one moment.

    The same records give the same snapshot: same id, same SHA-256, stored once.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    contract = _contract_sha256(as_of)
    base = _base()
    with open_connection(folder()) as connection:
        source = Database(connection, as_of, base)
        return write_snapshot(
            folder(),
            as_of=as_of,
            known_at=timezone.now(),
            revision=_revision_read(connection),
            contract_sha256=contract,
            tables=source,
            base=base,
            origin=source.state.told(),
        )


def _base() -> Snapshot | None:
    """The newest snapshot, when its files are as this version of Pejl would write them."""
    found = latest(folder())
    return found if found and found.is_written_alike() else None


def _day_before_next_move(day: date) -> date | None:
    """The last day on which every course and grant had the state that it had on the day."""
    later = StateChange.objects.filter(on__gt=day).aggregate(first=Min("on"))["first"]
    return later - timedelta(days=1) if later else None


def contract_file(day: date) -> Path:
    """The contract whose period holds the day; looked for only when a contract has changed.

    Raises
    ------
    UserError
        When no contract's period holds the day.
    """
    stamps = tuple(
        (str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in scored_files()
    )
    return _contract_file(day, stamps)


@lru_cache(maxsize=128)
def _contract_file(day: date, stamps: tuple[tuple[str, int, int], ...]) -> Path:
    return find_among((Path(stamp[0]) for stamp in stamps), day)


def _contract_sha256(day: date) -> str:
    return hashlib.sha256(contract_file(day).read_bytes()).hexdigest()


def _still_says_it(snapshot: Snapshot, contract: str) -> bool:
    return (
        snapshot.contract_sha256 == contract
        and snapshot.manifest()["code_version"] == __version__
        and all(
            file.exists() for name in snapshot.manifest()["tables"] for file in snapshot.files(name)
        )
        and _columns_of(snapshot) == COLUMNS
    )


def _columns_of(snapshot: Snapshot) -> dict[str, set[str]]:
    """Each table's columns; a snapshot of an earlier version of Pejl may lack some."""
    return {name: set(one["columns"]) for name, one in snapshot.manifest()["tables"].items()}


def _revision_now() -> str:
    return _revision(DataRevision.objects.values_list("number", "changed_at").first())


def _revision_read(connection: Connection) -> str:
    """The revision as the snapshot's own transaction sees it: that which its tables hold."""
    return _revision(next(iter(connection.rows(REVISION)), None))


def _revision(row: tuple[int, Any] | None) -> str:
    """The number with its time: a number comes again when a backup is put back, a time does not.

    SQLite gives the time as text in UTC without saying so; there is no row before the first write.
    """
    if row is None:
        return "0"
    number, changed_at = row
    moment = datetime.fromisoformat(changed_at) if isinstance(changed_at, str) else changed_at
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{number}@{moment:%Y-%m-%dT%H:%M:%S.%f}"
