"""The released reports: those that the key's user may see on the page, and their files."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from pejl.reports.writers import MEDIA
from pejl_hub.accounts.access import Action
from pejl_hub.api.keys import user_of
from pejl_hub.api.models import Scope
from pejl_hub.api.paging import Page
from pejl_hub.api.problems import Problem
from pejl_hub.audit.actions import record
from pejl_hub.reporting import files
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Report, State
from pejl_hub.reporting.queries import reports_for

router = Router(tags=["reports"])
REFUSALS = dict.fromkeys((401, 403, 404, 422, 429), Problem)
A_PAGE = 200
FILE = {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()}
AsOf = Annotated[date | None, Query(description="Reports counted up to exactly this day.")]
Place = Annotated[str | None, Query(pattern=r"^[0-9]{3}$", description="One municipality.")]


@router.get("/reports", response={200: dict[str, Any], **REFUSALS})
def reports(
    request: HttpRequest,
    kind: Kind | None = None,
    as_of: AsOf = None,
    municipality: Place = None,
    page: Page = 1,
) -> Any:
    """The released reports, two hundred a page, the newest date first."""
    asked = {"kind": kind, "as_of": as_of, "place": municipality}
    wanted = {name: value for name, value in asked.items() if value is not None}
    found = _released(request).filter(**wanted).prefetch_related("files")
    total = found.count()
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    return {
        "total": total,
        "page": page,
        "pages": max(1, -(-total // A_PAGE)),
        "reports": [_told(report) for report in shown],
    }


@router.get(
    "/reports/{key}/files/{form}",
    response=REFUSALS,
    openapi_extra={"responses": {200: {"description": "The file.", "content": FILE}}},
)
def report_file(request: HttpRequest, key: UUID, form: str) -> Any:
    """One of a released report's files: `pdf`, `xlsx`, `docx`, `pptx` or `html`."""
    report = get_object_or_404(_released(request), key=key)
    file = get_object_or_404(report.files, form=form)
    content = files.content_of(file)
    details = {"file": file.name, "bytes": file.size}
    with transaction.atomic():
        record(by=_user(request), action="report.downloaded", obj=report, details=details)
    answer = HttpResponse(content, content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


def _user(request: HttpRequest) -> Any:
    return user_of(request, Scope.READ_FIGURES, Action.SEE_STATUS)


def _released(request: HttpRequest) -> Any:
    return reports_for(_user(request)).filter(state=State.RELEASED)


def _told(report: Report) -> dict[str, Any]:
    return {
        "key": str(report.key),
        "kind": report.kind,
        "municipality": report.place or None,
        "as_of": report.as_of.isoformat(),
        "language": report.language,
        "released_at": report.released_at.isoformat() if report.released_at else None,
        "edition": report.edition_id,
        "snapshot": {"id": report.snapshot_id, "sha256": report.snapshot_sha256},
        "contract": {"id": report.contract_id, "sha256": report.contract_sha256},
        "replaces": str(report.replaces.key) if report.replaces else None,
        "files": [
            {"format": one.form, "name": one.name, "size": one.size, "sha256": one.sha256}
            for one in report.files.all()
        ],
    }
