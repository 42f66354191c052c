"""Files that name a person and stay when the person is erased: which, why, and until when.

``register.yaml`` says of each kind of file why it stays and by what rule of retention it goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pejl_hub.contracts.files import document_path
from pejl_hub.contracts.models import ContractDocument
from pejl_hub.efforts.models import Attachment
from pejl_hub.efforts.papers import place
from pejl_hub.privacy.files import reading
from pejl_hub.privacy.identity import Identity
from pejl_hub.privacy.register import Kept, register
from pejl_hub.privacy.retention import months_after, months_of
from pejl_hub.reporting.files import path_of
from pejl_hub.reporting.models import OUT, Report, ReportFile
from pejl_hub.sources.models import ImportRun

# What is read instead of the others of the same report: the same words, and quicker to read.
READ_FIRST = ("docx", "html", "pptx", "xlsx", "pdf")
BACKUP = "pejl-*.tar"


@dataclass(frozen=True)
class Staying:
    """A file that stays; ``until`` is its last day, None when no rule takes it."""

    kept: Kept
    name: str
    file: Path
    until: date | None
    link: str = ""


def staying(known: Identity) -> list[Staying]:
    """Every file that names the person and is not changed by an erasure."""
    return [*_reports(known), *_papers(known), *_documents(known), *_elsewhere(known), *_copies()]


def _reports(known: Identity) -> Iterator[Staying]:
    for report in Report.objects.filter(state__in=OUT).prefetch_related("files"):
        files = sorted(report.files.all(), key=_when_read)
        if files and reading.names(path_of(files[0]), known):
            link = reverse("reporting:report", args=[report.key])
            for file in files:
                until = _until("reports", report.released_at)
                yield Staying(_kept("reports"), file.name, path_of(file), until, link)


def _when_read(file: ReportFile) -> int:
    return READ_FIRST.index(file.form) if file.form in READ_FIRST else len(READ_FIRST)


def _papers(known: Identity) -> Iterator[Staying]:
    for one in Attachment.objects.all():
        if reading.names(place(one.sha256), known):
            link = reverse("efforts:effort", args=[one.effort_id])
            until = _until("papers", one.added_at)
            yield Staying(_kept("papers"), one.file_name, place(one.sha256), until, link)


def _documents(known: Identity) -> Iterator[Staying]:
    for one in ContractDocument.objects.all():
        path = document_path(one.sha256)
        if reading.names(path, known):
            link = reverse("agreements:document", args=[one.pk])
            yield Staying(_kept("documents"), one.name, path, None, link)


def _elsewhere(known: Identity) -> Iterator[Staying]:
    """Files that were read in from a place that is not Pejl's own."""
    own = Path(settings.DATA).resolve()
    for name in ImportRun.objects.exclude(path="").values_list("path", flat=True).distinct():
        path = Path(name)
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in inside:
            outside = not file.resolve().is_relative_to(own)
            if outside and file.is_file() and reading.names(file, known):
                yield Staying(_kept("elsewhere"), file.name, file, None)


def _copies() -> Iterator[Staying]:
    """Backups, and what a restore moved aside: whole hubs, which are not opened."""
    for path in sorted(Path(settings.PEJL_BACKUPS).glob(BACKUP)):
        yield Staying(_kept("backups"), path.name, path, None)
    for path in sorted(Path(settings.DATA).glob(".replaced-*")):
        yield Staying(_kept("aside"), path.name, path, None)


def _kept(key: str) -> Kept:
    return register().kept[key]


def _until(key: str, begun: object) -> date | None:
    months = months_of(_kept(key).retention)
    return months_after(timezone.localdate(begun), months)  # type: ignore[arg-type]
