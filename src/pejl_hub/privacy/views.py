"""The record of processing as a page and as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.listing.files import KINDS
from pejl_hub.privacy import record
from pejl_hub.privacy.register import register

SECTION = {"section": "privacy"}


@require_safe
def show_record(request: HttpRequest) -> HttpResponse:
    """What is held of whom, why, on what ground, and for how long."""
    require(request.user, Action.SEE_PRIVACY)
    context = SECTION | {
        "here": "record",
        "activities": record.activities(),
        "security": register().security,
        "stays": record.stays(),
        "may_keep": may(request.user, Action.KEEP_PRIVACY),
    }
    return render(request, "privacy/record.html", context)


@require_safe
def take_record(request: HttpRequest) -> HttpResponse:
    """The record as a workbook."""
    require(request.user, Action.SEE_PRIVACY)
    name = f"fortegnelse-{timezone.localdate().isoformat()}.xlsx"
    response = HttpResponse(record.workbook(), content_type=KINDS["xlsx"])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
