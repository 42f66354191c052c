"""Putting the triggers on the tables, taking them off, and knowing whether they are there."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from pejl_hub.snapshots.models import Change, Watch
from pejl_hub.snapshots.watching.triggers import (
    ONCE,
    PREFIX,
    Trigger,
    on_postgresql,
    on_sqlite,
)

FOUND = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master"
    f" WHERE type = 'trigger' AND name LIKE '{PREFIX}%'",
    "postgresql": "SELECT tgname::text, tgrelid::regclass::text FROM pg_trigger"
    f" WHERE tgname LIKE '{PREFIX}%' AND tgenabled IN ('O', 'A')",
}
SINCE = "SELECT since FROM snapshots_watch WHERE by = '{by}'"


def triggers(vendor: str) -> Sequence[Trigger]:
    """Those of the engine; none for one that is neither SQLite nor PostgreSQL."""
    made = {"sqlite": on_sqlite, "postgresql": on_postgresql}.get(vendor)
    return [*made()] if made else []


def fingerprint(vendor: str) -> str:
    """The SHA-256 of their text."""
    text = "\n".join(line for trigger in triggers(vendor) for line in trigger.statements)
    return hashlib.sha256(text.encode()).hexdigest()


def are_whole(vendor: str, found: Sequence[tuple[str, str]]) -> bool:
    """Whether those that ``FOUND`` gave are all of them, each on its table."""
    wanted = {(trigger.name, trigger.table) for trigger in triggers(vendor)}
    return bool(wanted) and set(found) == wanted


def watch(connection: BaseDatabaseWrapper) -> None:
    """See to it that changes are noted from now on; nothing to do when they are already.

    Where a table is missing, as between two migrations, nothing is noted: each snapshot then
    reads everything.
    """
    vendor = connection.vendor
    wanted = triggers(vendor)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(FOUND[vendor])
        if are_whole(vendor, cursor.fetchall()):
            _begin_if_not_begun(vendor)
            return
        _remove(cursor, vendor)
        tables = set(connection.introspection.table_names(cursor))
        if not {trigger.table for trigger in wanted} <= tables:
            return
        for statement in [*([ONCE] if vendor == "sqlite" else []), *_statements(wanted)]:
            cursor.execute(statement)
        Watch.objects.all().delete()
        _begin_if_not_begun(vendor)


def unwatch(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: SQLite cannot rebuild a table that a trigger names."""
    with connection.cursor() as cursor:
        _remove(cursor, connection.vendor)


def forget() -> None:
    """Something was written past the triggers: the next snapshot reads everything."""
    Watch.objects.all().delete()


def _begin_if_not_begun(vendor: str) -> None:
    by = fingerprint(vendor)
    if not Watch.objects.filter(by=by).exists():
        Watch.objects.all().delete()
        Change.objects.all().delete()
        Watch.objects.create(since=secrets.token_hex(16), by=by)


def _remove(cursor: Any, vendor: str) -> None:
    cursor.execute(FOUND[vendor])
    for name, table in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}" + ("" if vendor == "sqlite" else f" ON {table}"))


def _statements(wanted: Sequence[Trigger]) -> list[str]:
    return [statement for trigger in wanted for statement in trigger.statements]
