"""The register of open questions, deciding one, and taking a decision back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.phrasing import in_words
from pejl_hub.interpretations.actions import decide, withdraw
from pejl_hub.interpretations.forms import DecisionForm, WithdrawForm
from pejl_hub.interpretations.models import Decision
from pejl_hub.interpretations.register import HEADINGS, as_table, orphans, register
from pejl_hub.outreach.downloads import as_file
from pejl_hub.status.forms import NothingPublished, asked_or_published
from pejl_hub.status.queries import contracts, standing_for


@require_safe
def show_register(request: HttpRequest) -> HttpResponse:
    """Every question with its readings side by side, and the clauses that nothing measures."""
    require(request.user, Action.SEE_ALL_MUNICIPALITIES)
    try:
        ask = asked_or_published(request.GET, request.user)
    except NothingPublished as nothing:
        context = {"section": "interpretations", "ask": nothing.ask}
        return render(request, "status/nothing_published.html", context)
    inside = may(request.user, Action.SEE_SMALL_COUNTS)
    context = {
        "section": "interpretations",
        "ask": ask,
        "rows": register(ask, standing_for(ask), inside=inside),
        "orphans": orphans(ask.contract),
        "inside": inside,
        "may_decide": may(request.user, Action.DECIDE_READINGS),
    }
    return render(request, "interpretations/register.html", context)


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The register on screen as a file."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    if form not in ("csv", "xlsx"):
        raise Http404(form)
    ask = asked_or_published(request.GET, request.user)
    rows = register(ask, standing_for(ask), inside=True)
    return as_file(form, f"fortolkninger-{ask.day.isoformat()}", HEADINGS, as_table(ask, rows))


@require_http_methods(["GET", "HEAD", "POST"])
def decide_question(request: HttpRequest, contract: str, question: str) -> HttpResponse:
    """Record a decision."""
    require(request.user, Action.DECIDE_READINGS)
    held = next((one for one in contracts() if one.id == contract), None)
    asked = (
        next((one for one in held.interpretations if one.id == question), None) if held else None
    )
    if held is None or asked is None:
        raise Http404(question)
    form = DecisionForm(request.POST if request.method == "POST" else None, question=asked)
    if request.method == "POST" and form.is_valid():
        try:
            decide(contract=held, question=asked, by=request.user, **form.cleaned_data)
        except UserError as refusal:
            form.add_error(None, in_words(refusal))
        else:
            messages.success(request, _("The decision on the reading was recorded."))
            return redirect("interpretations:register")
    context = {"section": "interpretations", "form": form, "question": asked, "contract": held}
    status = 400 if request.method == "POST" else 200
    return render(request, "interpretations/decide.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_decision(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why, and take a decision back."""
    require(request.user, Action.DECIDE_READINGS)
    decision = get_object_or_404(Decision, pk=number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(decision=decision, why=form.cleaned_data["why"], by=request.user)
        except UserError as refusal:
            form.add_error(None, in_words(refusal))
        else:
            messages.success(request, _("The decision was taken back."))
            return redirect("interpretations:register")
    context = {"section": "interpretations", "form": form, "decision": decision}
    status = 400 if request.method == "POST" else 200
    return render(request, "interpretations/withdraw.html", context, status=status)
