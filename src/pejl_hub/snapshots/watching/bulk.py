"""Noting many new rows at once: SQLite fires a trigger for each row, which bulk writes feel."""

import contextlib
from collections.abc import Iterator

from django.db import connection, models

from pejl_hub.snapshots.watching.triggers import noting_new


@contextlib.contextmanager
def noted_at_once(model: type[models.Model]) -> Iterator[None]:
    """New rows of the model are noted together at the end, and not one by one.

    They must get their numbers from the database. Outside a transaction, on PostgreSQL (whose
    triggers fire once for a statement) and where the trigger is missing, nothing is different.
    The trigger is away within the transaction only: others never see the table without it, and
    taking the transaction back puts it back.
    """
    table = model._meta.db_table
    found = noting_new(table)
    statement = None if found is None else _statement(found[0])
    if found is None or statement is None:
        yield
        return
    name, notes = found
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
        (last,) = cursor.fetchone()
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    with connection.cursor() as cursor:
        for note in notes:
            cursor.execute(note.format(rows=f"FROM {table} WHERE id > {last}"))
        cursor.execute(statement)


def _statement(name: str) -> str | None:
    """The trigger as the database holds it; None where it is not on, or rows fire none."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [name])
        row = cursor.fetchone()
    return None if row is None else str(row[0])
