"""Pages of the readers: a report, its preview and files, and the link of the e-mail."""

from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from pejl.base.errors import UserError
from pejl.reports.policy import policy
from pejl.reports.writers import MEDIA
from pejl_hub.accounts.access import Action, may, reaches, require
from pejl_hub.reporting import files
from pejl_hub.reporting.actions.opening import note_opened
from pejl_hub.reporting.models import WAITING, Delivery, Report, State
from pejl_hub.reporting.ordering import SECTION, progress
from pejl_hub.reporting.queries import (
    may_open,
    may_work,
    readers_of,
    reports_for,
    unsent,
)
from pejl_hub.reporting.trail import trail_of


@csp_update({"frame-src": [SELF]})
@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """A report: what matters, its files, how it stands; for its makers also who had it."""
    report = report_for(request, key)
    open_ = may_open(request.user, report)
    context = {
        **SECTION,
        "report": report,
        "files": list(report.files.all()) if open_ else [],
        "preview": open_ and report.files.filter(form="html").exists(),
        "later": _later(request, report),
        "history": _history(request, report),
        **_work(request, report),
    }
    template = "_report" if request.htmx else "report"
    return render(request, f"reporting/{template}.html", context)


def report_for(request: HttpRequest, key: UUID) -> Report:
    """The report if the user may see it, else 404: nobody learns that it is there."""
    require(request.user, Action.SEE_STATUS)
    return get_object_or_404(reports_for(request.user), key=key)


def _later(request: HttpRequest, report: Report) -> Report | None:
    """The report that took its place, once the user may see it."""
    return reports_for(request.user).filter(replaces=report).first()


def _history(request: HttpRequest, report: Report) -> list[Report]:
    """The same report of other dates, the newest first."""
    same = reports_for(request.user).filter(kind=report.kind, place=report.place)
    return list(same.exclude(pk=report.pk).order_by("-as_of", "-id")[:12])


def _work(request: HttpRequest, report: Report) -> dict[str, Any]:
    """What only those see who follow the report on its way."""
    user = request.user
    if not may_work(user):
        return {}
    mine = report.asked_by_id == user.pk
    return {
        "works": True,
        "underway": report.state in WAITING,
        "silent": progress(report.order)["silent"],
        "may_make": may(user, Action.MAKE_REPORTS),
        "may_approve": reaches(user, Action.APPROVE_REPORTS, report.asked_by),
        "may_reject": may(user, Action.APPROVE_REPORTS),
        "asked_myself": mine,
        "deliveries": list(report.deliveries.select_related("user", "opened_by")),
        "readers": readers_of(report),
        "unsent": unsent(report),
        "trail": trail_of(report),
        "released": report.state == State.RELEASED,
    }


@xframe_options_sameorigin
@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The report as HTML, to be read in the page; its policy lets no script in and nothing out."""
    content = _content(request, key, "html")
    answer = HttpResponse(content)
    within = "font-src data:; frame-ancestors 'self'; form-action 'none'"
    answer["Content-Security-Policy"] = f"{policy(content)}; {within}"
    return answer


@require_safe
def download(request: HttpRequest, key: UUID, form: str) -> HttpResponse:
    """One of the report's files."""
    content = _content(request, key, form)
    name = report_for(request, key).files.get(form=form).name
    answer = HttpResponse(content, content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _content(request: HttpRequest, key: UUID, form: str) -> bytes:
    report = report_for(request, key)
    if not may_open(request.user, report):
        raise Http404(key)
    file = get_object_or_404(report.files, form=form)
    try:
        return files.content_of(file)
    except UserError as refusal:
        raise Http404(str(refusal)) from refusal


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an e-mail: it leads to the report, and notes that it was followed.

    The link opens nothing: whoever follows it must be somebody who may see the report.
    """
    require(request.user, Action.SEE_STATUS)
    delivery = get_object_or_404(Delivery.objects.select_related("report"), token=token)
    report = get_object_or_404(reports_for(request.user), pk=delivery.report_id)
    note_opened(delivery=delivery, by=request.user, at=timezone.now())
    return redirect("reporting:report", report.key)
