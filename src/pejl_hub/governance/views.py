"""Pages of the closes: what is due, signing, what was signed, why figures moved, and the proof."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.movements import Movement
from pejl_hub.accounts.access import Action, may, reaches, require
from pejl_hub.closing.models import Close
from pejl_hub.core.phrasing import in_words
from pejl_hub.governance import files, present
from pejl_hub.governance.closes import actions, moved, queries
from pejl_hub.governance.closes.verify import verify_close
from pejl_hub.status.queries import default_day

SECTION = {"section": "closes"}
A_PAGE = 50


@require_safe
def show_closes(request: HttpRequest) -> HttpResponse:
    """Every close, and the months that are over and not closed."""
    require(request.user, Action.SEE_QUALITY)
    context = {
        **SECTION,
        "closes": Paginator(queries.closes(), A_PAGE).get_page(request.GET.get("side")),
        "due": queries.due_months(),
        "may_close": may(request.user, Action.CLOSE),
    }
    return render(request, "governance/closes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest) -> HttpResponse:
    """What would be signed; by POST, sign it."""
    require(request.user, Action.CLOSE)
    due = queries.due_months()
    until = _day(request.POST.get("til") or request.GET.get("til")) or next(iter(due), None)
    context = {**SECTION, "due": due, "until": until, "signed": request.user.shown_name}
    if until is None:
        return redirect("governance:closes")
    if request.method == "POST":
        try:
            close = actions.close_period(
                until=until, signed=request.POST.get("signed", ""), by=request.user
            )
        except UserError as refusal:
            context |= {"refusal": refusal, "signed": request.POST.get("signed", "")}
            return render(request, "governance/sign.html", context, status=400)
        messages.success(request, _("The figures are signed and kept as they are."))
        return redirect("governance:close", close.pk)
    return render(request, "governance/sign.html", context | present.to_sign(until))


@require_safe
def show_close(request: HttpRequest, close_id: int) -> HttpResponse:
    """What was signed, and what was corrected in the period since."""
    require(request.user, Action.SEE_QUALITY)
    close = get_object_or_404(queries.closes(), pk=close_id)
    corrections = Paginator(queries.corrections(close), A_PAGE)
    context = {
        **SECTION,
        "close": close,
        "figures": present.signed_figures(close),
        "corrections": corrections.get_page(request.GET.get("side")),
        "is_newest": queries.latest_close() == close,
        "may_ask": may(request.user, Action.CLOSE),
        "may_decide": close.reopen_asked_by is not None
        and reaches(request.user, Action.REOPEN, close.reopen_asked_by),
    }
    return render(request, "governance/close.html", context)


@require_safe
def show_moved(request: HttpRequest, close_id: int) -> HttpResponse:
    """Why the figures moved since the close: goal by goal, cause by cause, row by row."""
    require(request.user, Action.SEE_QUALITY)
    close = get_object_or_404(Close, pk=close_id)
    day = max(_day(request.GET.get("dato")) or default_day(), close.last_day)
    context = {**SECTION, "close": close, "day": day}
    try:
        contract, found = _moved(close, day)
    except UserError as refusal:
        return render(request, "governance/moved.html", {**context, "refusal": refusal}, status=400)
    context["movements"] = [present.movement(contract, one) for one in found]
    return render(request, "governance/moved.html", context)


@require_safe
def download_moved(request: HttpRequest, close_id: int) -> HttpResponse:
    """Every record that moved a figure, as CSV."""
    require(request.user, Action.SEE_QUALITY)
    close = get_object_or_404(Close, pk=close_id)
    day = max(_day(request.GET.get("dato")) or default_day(), close.last_day)
    _, found = _moved(close, day)
    answer = HttpResponse(files.moved_as_csv(found), content_type="text/csv; charset=utf-8")
    name = f"bevaegelser-{close.last_day.isoformat()}-{day.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _moved(close: Close, day: date) -> tuple[Contract, Sequence[Movement]]:
    now = moved.moment_now(day)
    return now.contract, moved.moved(moved.moment_of(close), now)


@require_POST
def prove(request: HttpRequest, close_id: int) -> HttpResponse:
    """Compute the signed figures again and say whether they are the same, byte for byte."""
    require(request.user, Action.SEE_QUALITY)
    close = get_object_or_404(Close, pk=close_id)
    faults = [check for check in verify_close(close) if not check.holds]
    if faults:
        what = "; ".join(f"{check.what}: {check.fault}" for check in faults)
        messages.error(request, _("The proof failed. %(what)s") % {"what": what})
    else:
        messages.success(
            request,
            _("Proved: the files are untouched, and the figures come out the same, byte for byte."),
        )
    return redirect("governance:close", close_id)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, close_id: int) -> HttpResponse:
    """Ask for the close to be opened again."""
    require(request.user, Action.CLOSE)
    close = get_object_or_404(Close, pk=close_id)
    context = {**SECTION, "close": close, "reason": request.POST.get("reason", "")}
    if request.method != "POST":
        return render(request, "governance/reopen.html", context)
    try:
        actions.ask_reopening(close=close, reason=context["reason"], by=request.user)
    except UserError as refusal:
        return render(
            request, "governance/reopen.html", {**context, "refusal": refusal}, status=400
        )
    messages.info(request, _("Asked. Somebody else must decide; until then the period is closed."))
    return redirect("governance:close", close_id)


@require_POST
def decide(request: HttpRequest, close_id: int) -> HttpResponse:
    """Allow the opening, or refuse it."""
    require(request.user, Action.REOPEN)
    close = get_object_or_404(Close, pk=close_id)
    try:
        actions.decide_reopening(
            close=close, allow=request.POST.get("svar") == "ja", by=request.user
        )
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("Your decision is recorded."))
    return redirect("governance:close", close_id)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
