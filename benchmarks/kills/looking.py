"""What must hold at any moment after a kill, and what a hub says once the work is done."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from benchmarks.kills import filling
from pejl.contract.load import load
from pejl.snapshot.store import every, verify
from pejl_hub.audit import chain
from pejl_hub.closing.models import Close
from pejl_hub.companies.models import Company, MergeRecord
from pejl_hub.governance.closes import archive
from pejl_hub.governance.closes.verify import verify_close
from pejl_hub.guidance.models import Guidance
from pejl_hub.operations.restore import prove
from pejl_hub.publishing import files as editions
from pejl_hub.publishing.models import Edition, State
from pejl_hub.reporting.files import content_of
from pejl_hub.reporting.models import Report, ReportFile
from pejl_hub.reporting.models import State as ReportState
from pejl_hub.snapshots.actions import contract_file, take_snapshot
from pejl_hub.snapshots.models import Change
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.surveys.models import Message, MessageState

# What is of the machinery and not of the work: jobs, sessions, Django's own lists.
LEFT_OUT = ("django_tasks_database", "sessions", "contenttypes", "migrations", "axes")
# A killed run of the surveys and the one that ends its work are two runs, not one.
VOLATILE_MODELS = ("surveys.surveyrun",)
# Times, and words drawn by chance: two unkilled runs differ in these columns, and in no other.
VOLATILE = (models.DateTimeField, models.UUIDField)
DRAWN = ("salts", "digest", "message_id", "token", "token_hash", "stamp")
# PostgreSQL gives no number twice, so what a killed run took is skipped. On SQLite all is compared.
NUMBERED = ("object_id", "remainder", "merge")  # the last in an audit entry of a merge


def faults() -> Iterator[str]:
    """What does not hold right after the kill; nothing of it may be excused by the kill."""
    if not chain.verify().holds:
        yield "the audit chain is broken"
    yield from _imports()
    yield from _merges()
    for one in Close.objects.all():
        if archive.faults(archive.find(one.archive_sha256)):
            yield "a close without its archive"
    for snapshot in every(Path(settings.DATA) / "snapshots"):
        yield from (f"{snapshot.id}: {name} is damaged" for name in verify(snapshot))
    for edition in Edition.objects.filter(state=State.PUBLISHED).exclude(file_sha256=""):
        editions.as_csv(edition)  # raises when the file is gone or changed
    for report in Report.objects.filter(state=ReportState.MADE):
        if not report.files.exists():
            yield "a report that is made has no file"
        for file in report.files.all():
            content_of(file)


def of_backups() -> Iterator[str]:
    """What does not hold of the backups that bear a backup's name."""
    for file in (Path(settings.DATA) / "backups").glob("pejl-*.tar"):
        yield from (f"backup: {check.what}: {check.fault}" for check in prove(file) if check.fault)


def of_closes() -> Iterator[str]:
    """What does not hold of the closes: their figures are computed again, byte for byte."""
    for one in Close.objects.all():
        yield from (f"{check.what}: {check.fault}" for check in verify_close(one) if check.fault)


def _imports() -> Iterator[str]:
    done = ImportRun.objects.filter(state=RunState.DONE).count()
    firms = Company.objects.exclude(import_run=None).count()
    talks = Guidance.objects.exclude(import_run=None).count()
    if (firms, talks) != (done * filling.FIRMS, done * filling.ROWS):
        yield f"half an import: {firms} companies and {talks} guidances of {done} imports"


def _merges() -> Iterator[str]:
    done = MergeRecord.objects.count()
    if Company.objects.filter(import_run=None).count() != filling.SIZE.companies - done:
        yield "half a merge: the company that is no more"
    of_twins = Guidance.objects.filter(
        company_id__in=[1, 2], held_on=filling.GUIDED, import_run=None, segment="growth"
    ).values("company_id")
    if len({row["company_id"] for row in of_twins}) != 2 - done:
        yield "half a merge: the guidances"


def what_stands() -> dict[str, str]:
    """Every table's rows as a hash, without what differs between two unkilled runs."""
    found = {}
    for model in apps.get_models():
        name = model._meta.label_lower
        if model._meta.app_label in LEFT_OUT or name in VOLATILE_MODELS:
            continue
        rows = sorted(rows_of(model))
        found[name] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
    return found


def rows_of(model: type[models.Model]) -> Iterator[str]:
    """The rows, each as a text."""
    columns = [field.attname for field in model._meta.concrete_fields if _is_compared(field)]
    if not columns:
        return iter(["row"] * model._base_manager.count())
    rows = model._base_manager.values_list(*columns)
    if model is Change:
        # Each write draws another stamp, and on PostgreSQL has a row of its own: which months of
        # which tables were written is what a snapshot is told.
        rows = rows.distinct()
    elif model is ReportFile and connection.vendor != "sqlite":
        names = ReportFile.objects.values_list("name", "report_id", "form", "size", "sha256")
        rows = [(name.replace(f"-{number}.", "-N."), *rest) for name, number, *rest in names]
    elif model is Message:
        rows = _messages(columns)
    return map(_text, rows)


def _messages(columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The letters. Of the hub's very first one nobody can say whether the server took it.

    The server's log has no letter before it that would show how far back it reaches: so it is left
    to a person, and is here as if it had been sent.
    """
    sent = Message.objects.filter(state=MessageState.SENT)
    for row in Message.objects.values("claimed_at", *columns):
        doubted = row["state"] == MessageState.UNCERTAIN
        if doubted and not sent.filter(sent_at__lte=row["claimed_at"]).exists():
            row |= {"state": MessageState.SENT, "error": None}
        yield tuple(row[column] for column in columns)


def _is_compared(field: models.Field) -> bool:
    if isinstance(field, VOLATILE) or field.name in DRAWN:
        return False
    if field.model is Change:
        return not field.primary_key
    numbered = field.primary_key or field.is_relation or field.name in NUMBERED
    return connection.vendor == "sqlite" or not numbered


def figures() -> dict[str, str]:
    """The figures of the year as they are counted now, by one hash."""
    day = filling.JUNE
    told = archive.figures_of(load(contract_file(day)), take_snapshot(day), day)
    document = json.loads(told)
    document.pop("snapshot", None)
    return {"figures": hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()}


def leftovers() -> list[str]:
    """Files that a killed process had begun, and that bear no name of a finished one."""
    data = Path(settings.DATA)
    return sorted(
        str(path.relative_to(data))
        for path in data.rglob("*")
        if path.name.startswith((".draft-", ".copy-", ".backup-", ".proved-"))
        or path.suffix in (".draft", ".new")
    )


def _text(row: tuple[Any, ...]) -> str:
    return json.dumps([_plain(one) for one in row], sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):  # a merge keeps the rows as they were, with their times
        left_out = () if connection.vendor == "sqlite" else NUMBERED
        kept = {key for key in value if not key.endswith("_at") and key not in left_out}
        return {key: _plain(value[key]) for key in kept}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, date | datetime | time | UUID) else _number(value)


def _number(value: Any) -> Any:
    return value if isinstance(value, str | int | float | None) else str(value)
