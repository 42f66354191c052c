"""The files of a report: written whole or not at all, and held against their hash when read."""

import hashlib
from pathlib import Path

from django.conf import settings

from pejl.base.errors import UserError
from pejl_hub.core.whole import write_whole
from pejl_hub.reporting.models import Report, ReportFile


def keep(report: Report, form: str, content: bytes) -> ReportFile:
    """Write the file and its row; doing it again puts the same in the same place."""
    name = _name(report, form)
    path = _folder(report) / name
    write_whole(path, content)
    sha256 = hashlib.sha256(content).hexdigest()
    kept, _ = ReportFile.objects.update_or_create(
        report=report,
        form=form,
        defaults={"name": name, "size": len(content), "sha256": sha256},
    )
    return kept


def content_of(file: ReportFile) -> bytes:
    """The bytes as they were made.

    Raises
    ------
    UserError
        When the file is gone, or is no longer the one that was made.
    """
    path = path_of(file)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise UserError(
            given=f"the file {file.name}, which is gone or changed",
            needed="the file as it was made",
            remedy="Put it back from a backup, or make the report again.",
        )
    return content


def path_of(file: ReportFile) -> Path:
    """Where the file lies."""
    return _folder(file.report) / file.name


def _folder(report: Report) -> Path:
    return Path(settings.DATA) / "reports" / str(report.key)


def _name(report: Report, form: str) -> str:
    of = f"-{report.place}" if report.place else ""
    return f"{report.contract_id}-{report.kind}{of}-{report.as_of.isoformat()}-{report.pk}.{form}"
