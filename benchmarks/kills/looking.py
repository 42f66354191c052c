"""What must hold at any moment after a kill, and what a hub says once the work is done."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models

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
from pejl_hub.reporting.models import Report
from pejl_hub.reporting.models import State as ReportState
from pejl_hub.snapshots.actions import contract_file, take_snapshot
from pejl_hub.sources.models import ImportRun, RunState

# Runs, jobs, sealing and names with a number may be of other portions; the rest may not differ.
LEFT_OUT = ("django_tasks_database", "sessions", "contenttypes", "migrations", "axes")
VOLATILE_MODELS = (
    "audit.link",
    "surveys.surveyrun",
    "core.datarevision",
    "snapshots.change",
    "reporting.reportfile",
)
VOLATILE = (models.DateTimeField, models.UUIDField)
NAMES = (
    "id", "message_id", "token_hash", "token", "sha256", "changes", "details", "counts", "summary",
    "file_sha256", "snapshot_sha256", "snapshot_id", "archive_sha256", "remainder", "key", "error",
    "nonce", "seen", "path", "object_id", "hidden", "shown", "salts",
)  # fmt: skip


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
    """Every table's rows as a hash, without what may differ between two runs: times and numbers."""
    found = {}
    for model in apps.get_models():
        name = model._meta.label_lower
        if model._meta.app_label in LEFT_OUT or name in VOLATILE_MODELS:
            continue
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if not isinstance(field, VOLATILE)
            and field.name not in NAMES
            and not isinstance(field, models.ForeignKey)
        ]
        rows = sorted(map(_text, model._base_manager.values_list(*columns)))
        found[name] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
    return found


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
    return str(value) if isinstance(value, date | datetime | time | UUID) else _number(value)


def _number(value: Any) -> Any:
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
