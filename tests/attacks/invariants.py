"""What holds after any file, whatever stood in it. Each fault is a sentence."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import IntegrityError, connection, models

from pejl_hub.audit.chain import seal, verify
from pejl_hub.audit.models import AuditEntry
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.sources.result import ImportResult

# A refresh from CVR notes that it began and why it stopped; that is no record of anybody.
NOTES = {"cvr": ("sources_cvrrefresh", "audit_auditentry", "audit_link")}
WHOLE = 2**31 - 1
Stands = dict[str, str]  # the hash of each table's rows


def fingerprint() -> Stands:
    """The hash of every row of each table; but not of SQLite's own that a search index rests on.

    In no order: PostgreSQL gives a row that was changed, and changed back, in another place.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "_pieces" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = sorted(map(repr, cursor.fetchall()))
                found[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def faults_after_refusal(before: Stands, now: Stands, room: str) -> Iterator[str]:
    """A refused file leaves every table as it was."""
    for table, digest in now.items():
        if before[table] != digest and table not in NOTES.get(room, ()):
            yield f"the file was refused, and {table} is another"


def faults_after_taking(
    result: ImportResult | None, entries: int, before: Stands, now: Stands
) -> Iterator[str]:
    """A file that was taken in is wholly there: counted, logged, and fit for every database."""
    if AuditEntry.objects.count() <= entries and now != before:
        yield "a file was taken in, and the log does not say so"
    if result is not None:
        yield from _miscounted(result)
    yield from faults_of_the_database()


def faults_of_the_database() -> Iterator[str]:
    """No row points to nothing, every value fits its column, and the log's chain holds."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield f"a row points to nothing: {error}"
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            yield from _unfit(model)
    seal()
    if not (verdict := verify()).holds or verdict.unsealed:
        yield f"the log's chain does not hold: {verdict}"


def _miscounted(result: ImportResult) -> Iterator[str]:
    run = ImportRun.objects.get(pk=result.run_id)
    if run.state != RunState.DONE:
        yield f"the run is {run.state}"
    for kind, counts in result.files.items():
        parts = counts.created + counts.updated + counts.unchanged + counts.rejected
        if counts.rows != parts:
            yield f"{kind}: {counts.rows} rows, and {parts} accounted for"
        if run.counts[kind] != counts.as_json():
            yield f"{kind}: the run remembers {run.counts[kind]}"
    rejected = sum(counts.rejected for counts in result.files.values())
    if bool(rejected) != bool(result.remainder and Path(result.remainder).is_dir()):
        yield f"{rejected} rows were refused, and the remainder is {result.remainder}"


def _unfit(model: type[models.Model]) -> Iterator[str]:
    """SQLite takes any length and any number; PostgreSQL would stop in the middle."""
    fields = [f for f in model._meta.concrete_fields if _bounded(f)]
    if not fields:
        return
    for row in model._base_manager.values_list("pk", *(field.attname for field in fields)):
        for field, value in zip(fields, row[1:], strict=True):
            if why := _why_unfit(field, value):
                yield f"{model._meta.label} {row[0]}.{field.name}: {why}"


def _bounded(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.IntegerField)


def _why_unfit(field: models.Field, value: object) -> str:
    if isinstance(value, str):
        if field.max_length and len(value) > field.max_length:
            return f"{len(value)} characters, of {field.max_length}"
        if "\0" in value:
            return "a NUL, which PostgreSQL refuses"
        if _speaks(field) and looks_like_cpr(value, bare=False):
            return "a CPR number"
    elif (
        isinstance(value, int)
        and abs(value) > WHOLE
        and not isinstance(field, models.BigIntegerField)
    ):
        return f"the number {value}"
    return ""


def _speaks(field: models.Field) -> bool:
    return not field.name.endswith(("sha256", "hash", "digest", "key"))
