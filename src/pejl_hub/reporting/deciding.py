"""Pages where a report is approved, rejected, released, sent, recalled and made again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.core.phrasing import in_words
from pejl_hub.reporting.actions import deciding, delivering
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.forms import ReadersForm, ReasonForm
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Report, State
from pejl_hub.reporting.ordering import SECTION, order_for
from pejl_hub.reporting.queries import readers_of
from pejl_hub.reporting.reading import report_for


@require_POST
def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approve the report as a second person."""
    require(request.user, Action.APPROVE_REPORTS)
    report = report_for(request, key)
    try:
        deciding.approve(report=report, by=request.user)
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("Approved. It can now be released to its readers."))
    return redirect("reporting:report", key)


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say no, with the reason."""
    require(request.user, Action.APPROVE_REPORTS)
    report = report_for(request, key)

    def done(why: str) -> None:
        deciding.reject(report=report, by=request.user, why=why)
        messages.success(request, _("Not approved. The reason stands on the report."))

    return _with_reason(request, report, "reject", done)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the report back, with the reason."""
    require(request.user, Action.APPROVE_REPORTS)
    report = report_for(request, key)

    def done(why: str) -> None:
        deciding.recall(report=report, by=request.user, why=why)
        messages.success(request, _("Recalled. Readers see why, and can no longer open it."))

    return _with_reason(request, report, "recall", done)


@require_http_methods(["GET", "HEAD", "POST"])
def make_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for a new report that takes this one's place, with the reason."""
    require(request.user, Action.MAKE_REPORTS)
    report = report_for(request, key)

    def done(why: str) -> HttpResponse:
        order = ask_for(
            kind=Kind(report.kind),
            day=report.as_of,
            places=[report.place],
            language=report.language,
            inside=not report.is_outside,
            why=why,
            by=request.user,
        )
        return redirect("reporting:report", order.reports.get().key)

    return _with_reason(request, report, "make_again", done)


def _with_reason(
    request: HttpRequest, report: Report, act: str, done: Callable[[str], HttpResponse | None]
) -> HttpResponse:
    """The page that asks for a reason; by POST, do it and go to the report."""
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {**SECTION, "report": report, "form": form, "act": act}
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "reporting/reason.html", context, status=status)
    try:
        return done(form.cleaned_data["why"]) or redirect("reporting:report", report.key)
    except UserError as refusal:
        context["refusal"] = refusal
        return render(request, "reporting/reason.html", context, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let the readers see the report, and send the link to those chosen."""
    require(request.user, Action.MAKE_REPORTS)
    report = report_for(request, key)

    def done(form: ReadersForm) -> None:
        deciding.release(
            report=report, by=request.user, readers=form.chosen(), addresses=form.lines()
        )
        messages.success(request, _("Released. The readers can see it now."))

    return _to_readers(request, report, "release", done)


@require_http_methods(["GET", "HEAD", "POST"])
def send_more(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the link to further readers."""
    require(request.user, Action.MAKE_REPORTS)
    report = report_for(request, key)

    def done(form: ReadersForm) -> None:
        added = delivering.send_to_more(
            report=report, by=request.user, readers=form.chosen(), addresses=form.lines()
        )
        said = ngettext(
            "%(number)s reader was added; nobody is sent it twice.",
            "%(number)s readers were added; nobody is sent it twice.",
            added,
        )
        messages.success(request, said % {"number": added})

    return _to_readers(request, report, "send_more", done)


def _to_readers(
    request: HttpRequest, report: Report, act: str, done: Callable[[ReadersForm], None]
) -> HttpResponse:
    """The page that asks for the readers; by POST, do it and go to the report."""
    had = set(report.deliveries.filter(about="release").values_list("user_id", flat=True))
    readers = [user for user in readers_of(report) if user.pk not in had]
    form = ReadersForm(
        readers, request.POST or None, initial={"readers": [str(user.pk) for user in readers]}
    )
    context: dict[str, Any] = {**SECTION, "report": report, "form": form, "act": act}
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "reporting/readers.html", context, status=status)
    try:
        done(form)
    except UserError as refusal:
        context["refusal"] = refusal
        return render(request, "reporting/readers.html", context, status=400)
    return redirect("reporting:report", report.key)


@require_POST
def approve_order(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approve all of an order's reports that wait for it."""
    require(request.user, Action.APPROVE_REPORTS)
    order = order_for(request, key)
    waiting = order.reports.filter(state=State.MADE)
    try:
        for report in waiting:
            deciding.approve(report=report, by=request.user)
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("All of them are approved and can be released."))
    return redirect("reporting:order", key)


@require_http_methods(["GET", "HEAD", "POST"])
def release_order(request: HttpRequest, key: UUID) -> HttpResponse:
    """Release all approved reports of an order, each to its own readers."""
    require(request.user, Action.MAKE_REPORTS)
    order = order_for(request, key)
    approved = list(order.reports.filter(state=State.APPROVED).order_by("place_name"))
    if request.method != "POST":
        lines = [(report, readers_of(report)) for report in approved]
        return render(
            request,
            "reporting/release_order.html",
            {
                **SECTION,
                "order": order,
                "lines": lines,
            },
        )
    try:
        for report in approved:
            deciding.release(report=report, by=request.user, readers=readers_of(report))
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("Released. The readers can see them now."))
    return redirect("reporting:order", key)
