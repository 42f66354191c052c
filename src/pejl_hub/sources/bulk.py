"""Rows in bulk through Django's own connection: thousands a time, on SQLite and PostgreSQL.

Model instances cost some ten times as much (ADR 5). The database's constraints still hold.
"""

import contextlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from pejl_hub.snapshots.watching.bulk import noted_at_once
from pejl_hub.sources.models import ImportChange, ImportRun


class _Exact(DjangoJSONEncoder):
    """With all of a time: Django's encoder lets the microseconds go, and undoing would too."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows; ``columns`` are database columns, and the others take their default or null."""
    if not rows:
        return
    table, names = _quoted(model._meta.db_table), ", ".join(map(_quoted, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY is PostgreSQL's own way in, some five times as fast as INSERT.
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            noting = contextlib.nullcontext() if "id" in columns else noted_at_once(model)
            with noting:
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def update(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Update rows by number; each row holds the values of ``columns``, then the number."""
    if not rows:
        return
    sets = ", ".join(f"{_quoted(column)} = %s" for column in columns)
    table, key = _quoted(model._meta.db_table), _quoted("id")
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", rows)  # noqa: S608


def by_source_id(
    model: type[models.Model], source: str, ids: Iterable[str], columns: Sequence[str]
) -> dict[str, tuple[Any, ...]]:
    """For each of the ids that is on record, the columns of its record."""
    wanted = list(ids)
    if not wanted:
        return {}
    names = ", ".join(map(_quoted, ("source_id", *columns)))
    table, marks = _quoted(model._meta.db_table), ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM {table} WHERE source = %s AND source_id IN ({marks})",  # noqa: S608
            [source, *wanted],
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def remember(model: type[models.Model], run: ImportRun, before: Iterable[dict[str, Any]]) -> None:
    """Keep what records were like before this import changes them for the first time.

    ``before`` holds whole rows as ``values()`` gives them. One that this import itself has
    written needs no memory: undoing the import deletes or restores it anyway.
    """
    insert(
        ImportChange,
        ("run_id", "table", "row_id", "before", "before_run_id"),
        [
            (
                run.pk,
                model._meta.label_lower,
                row["id"],
                json.dumps(row, cls=_Exact),
                row["import_run_id"],
            )
            for row in before
            if row["import_run_id"] != run.pk
        ],
    )


def as_stored(value: Any) -> Any:
    """A value read through Django as its column holds it, for rows that pass by Django's fields."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def whole_rows(model: type[models.Model], keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The whole rows with these numbers."""
    return {row["id"]: row for row in model._base_manager.filter(pk__in=list(keys)).values()}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
