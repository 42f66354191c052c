"""Imports and closed periods: rows that count in one are corrections, and need a reason."""

from collections.abc import Iterator
from datetime import date

from django.db import models

from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction, CorrectionKind
from pejl_hub.closing.queries import closes_over
from pejl_hub.sources.models import ImportChange, ImportRun

# The day on which each imported record counts; None for what counts on no day of its own: facts
# about clients are frozen on the services, and a programme or round counts through them.
COUNTED_ON: dict[str, str | None] = {
    "guidance.guidance": "held_on",
    "events.event": "held_on",
    "events.attendance": "event__held_on",
    "programmes.participation": "stated_on",
    "referrals.referral": "referred_on",
    "outreach.approach": "contacted_on",
    "communication.press": "published_on",
    "communication.newsletterlevel": "measured_on",
    "communication.channelviews": "month",
    "surveys.answer": "answered_on",
    "evidence.reportedfigure": "measured_on",
    "evidence.milestone": "due_on",
    "evidence.progressnote": "noted_on",
    "companies.company": None,
    "companies.companyrecord": None,
    "companies.formerrecord": None,
    "companies.companysize": None,
    "companies.companymunicipality": None,
    "companies.companyindustry": None,
    "companies.contact": None,
    "companies.person": None,
    "programmes.programme": None,
    "programmes.round": None,
    "evidence.effort": None,
}


def touched(run: ImportRun, imported: list[type[models.Model]]) -> list[Close]:
    """The closes in whose periods the run's rows count, or counted before it changed them."""
    return closes_over(day for model in imported for day in _days(model, run))


def correct(closes: list[Close], entry: AuditEntry, kind: CorrectionKind, reason: str) -> None:
    """Make what the entry tells a correction of each close."""
    Correction.objects.bulk_create(
        Correction(close=close, entry=entry, kind=kind, reason=reason) for close in closes
    )


def _days(model: type[models.Model], run: ImportRun) -> Iterator[date]:
    path = COUNTED_ON.get(model._meta.label_lower)
    if path is None:
        return
    written = model._base_manager.filter(import_run=run)
    yield from written.exclude(**{path: None}).values_list(path, flat=True).distinct()
    if "__" not in path:
        changes = ImportChange.objects.filter(run=run, table=model._meta.label_lower)
        yield from {date.fromisoformat(c.before[path][:10]) for c in changes if c.before.get(path)}
