"""The pages of figures that others measured: their history, taking one in, withdrawing one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl.contract.goal import Contract, Goal
from pejl.surveys.figurefile import NEEDED, OPTIONAL
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.evaluation.figureforms import FigureFileForm, FigureForm, Sourced, WithdrawForm
from pejl_hub.evaluation.history import picture, told
from pejl_hub.evaluation.taking import expected, figures_of, take_file, take_line
from pejl_hub.evidence.figures import withdraw_figure
from pejl_hub.evidence.models import ReportedFigure
from pejl_hub.status.forms import asked


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure from others, by goal, with its source, method and file; withdrawn ones too."""
    require(request.user, Action.SEE_ALL_MUNICIPALITIES)
    contract = _contract(request)
    context = {
        "section": "evaluation",
        "goals": told(contract, figures_of(expected(contract).units)),
        "may_report": may(request.user, Action.REPORT_FIGURES),
    }
    return render(request, "evaluation/figures.html", context)


@require_safe
def awareness(request: HttpRequest) -> HttpResponse:
    """How many know the hub, as outside measurements have found it over the years."""
    require(request.user, Action.SEE_ALL_MUNICIPALITIES)
    contract = _contract(request)
    goal = _known_by(contract)
    found = figures_of({goal.id: None} if goal else {})
    context = {
        "section": "evaluation",
        "told": next(iter(told(contract, found)), None),
        "goal": goal,
        "picture": picture(found, goal.unit) if goal else None,
        "may_report": may(request.user, Action.REPORT_FIGURES),
    }
    return render(request, "evaluation/awareness.html", context)


@require_safe
def layout(request: HttpRequest) -> HttpResponse:
    """An empty file with the column names, to be filled in."""
    require(request.user, Action.REPORT_FIGURES)
    response = HttpResponse(";".join((*NEEDED, *OPTIONAL)) + "\r\n", content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="nationale-tal.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest) -> HttpResponse:
    """Enter one figure."""
    require(request.user, Action.REPORT_FIGURES)
    contract = _contract(request)
    start = {"goal": request.GET.get("maal", ""), "measured_on": timezone.localdate().isoformat()}
    form = FigureForm(request.POST or None, initial=start, contract=contract)

    def take() -> str:
        figure = take_line(
            contract=contract,
            cells=form.cells(),
            source=form.cleaned_data["source"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        return figure.goal

    return _taken(request, form, take, "by_hand")


@require_http_methods(["GET", "HEAD", "POST"])
def by_file(request: HttpRequest) -> HttpResponse:
    """Take in a file: every line of it, or none."""
    require(request.user, Action.REPORT_FIGURES)
    form = FigureFileForm(request.POST or None, request.FILES or None)

    def take() -> str:
        file = form.cleaned_data["file"]
        found = take_file(
            contract=_contract(request),
            name=file.name,
            content=file.read(),
            source=form.cleaned_data["source"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
        said = ngettext("%(n)s figure was taken in.", "%(n)s figures were taken in.", len(found))
        messages.success(request, said % {"n": len(found)})
        return ""

    return _taken(request, form, take, "by_file")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why, and then let a figure count no more; it stays in the history."""
    require(request.user, Action.REPORT_FIGURES)
    figure = get_object_or_404(ReportedFigure, pk=number, withdrawn_at__isnull=True)
    form = WithdrawForm(request.POST or None)
    context = {"section": "evaluation", "form": form, "figure": figure, "contract": None}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            withdraw_figure(figure=figure, why=said["why"], by=request.user, reason=said["reason"])
        except UserError as refusal:
            form.closed = isinstance(refusal, PeriodClosed)
            return render(
                request, "evaluation/withdraw.html", context | {"refusal": refusal}, status=400
            )
        messages.success(request, _("The figure was withdrawn. It stays in the history."))
        return redirect("evaluation:figures")
    status = 400 if request.method == "POST" else 200
    return render(request, "evaluation/withdraw.html", context, status=status)


def _taken(request: HttpRequest, form: Sourced, take: Callable[[], str], page: str) -> HttpResponse:
    """Take what the form holds; what is refused is shown with all that was typed."""
    context: dict[str, object] = {"section": "evaluation", "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            goal = take()
        except UserError as refusal:
            form.closed = isinstance(refusal, PeriodClosed)
            context["refusal"] = refusal
        else:
            if goal:
                messages.success(request, _("The figure was taken in."))
            known = _known_by(_contract(request))
            outside = known is not None and goal == known.id
            return redirect("evaluation:awareness" if outside else "evaluation:figures")
    status = 400 if request.method == "POST" else 200
    return render(request, f"evaluation/{page}.html", context, status=status)


def _known_by(contract: Contract) -> Goal | None:
    """The goal of how many know the hub: the first that an external party reports."""
    goals = contract.goals.values()
    return next(
        (g for g in goals if g.measure["kind"] == "reported" and g.measured_by == "external"), None
    )


def _contract(request: HttpRequest) -> Contract:
    return asked(request.GET, request.user).contract
