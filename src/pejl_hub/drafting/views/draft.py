"""The draft as a whole: its goals, clauses and duties, what was saved, and next year's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.contracts.models import ContractVersion, State
from pejl_hub.core.phrasing import in_words
from pejl_hub.drafting import present, words
from pejl_hub.drafting.actions import begin_next_year, bring_back, decide
from pejl_hub.drafting.forms import AnswerForm, NextYearForm
from pejl_hub.drafting.models import Decision
from pejl_hub.drafting.queries import data_of, differences, faults_of, unanswered
from pejl_hub.drafting.views.page import WAYS, context_of, draft_for


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts there are, and the versions from which next year's can be made."""
    require(request.user, Action.EDIT_CONTRACT)
    versions = ContractVersion.objects.order_by("-contract_id", "-number")
    context = {
        "section": "drafts",
        "drafts": versions.filter(state=State.DRAFT),
        "adopted": versions.filter(state=State.ADOPTED),
    }
    return render(request, "drafting/drafts.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's goals, clauses and duties, each beside what is wrong about it."""
    version = draft_for(request, pk)
    data, faults = data_of(version), faults_of(version.yaml)
    before = version.based_on
    context = context_of(
        version,
        data=data,
        chapters=present.chapters(version, data, faults),
        clauses=present.clauses_of(version, data, faults),
        duties=[(duty, words.CADENCE.get(duty["cadence"])) for duty in data["duties"]],
        elsewhere=present.elsewhere(version, faults),
        faults=len(faults),
        left=len(unanswered(version)),
        asked=version.decisions.count(),
        revisions=version.revisions.all(),
        lines=differences(before.text, version.text) if before else (),
    )
    return render(request, "drafting/draft.html", context)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Bring an earlier text of the draft back."""
    version = draft_for(request, pk)
    try:
        bring_back(
            version=version, seen=request.POST.get("seen", ""), number=number, by=request.user
        )
        messages.success(request, _("The earlier text was brought back."))
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    return redirect("drafting:draft", pk=version.pk)


@require_safe
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """What must be decided before next year's contract can be adopted."""
    version = draft_for(request, pk)
    found = list(version.decisions.all())
    context = context_of(
        version,
        decisions=[(one, _place(version, one)) for one in found],
        left=sum(one.decided_at is None for one in found),
    )
    return render(request, "drafting/decisions.html", context)


@require_POST
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer one of them."""
    version = draft_for(request, pk)
    decision = get_object_or_404(Decision, pk=number, version=version)
    form = AnswerForm(request.POST)
    try:
        decide(decision=decision, answer=form.data.get("answer", ""), by=request.user)
        messages.success(request, _("The decision was recorded."))
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    return redirect("drafting:decisions", pk=version.pk)


@require_http_methods(WAYS)
def next_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Make next year's draft of a version, with the text that it will quote."""
    require(request.user, Action.EDIT_CONTRACT)
    base = get_object_or_404(ContractVersion, pk=pk)
    form = NextYearForm(request.POST or None, request.FILES or None)
    context = {"section": "drafts", "base": base, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = begin_next_year(base=base, name=file.name, content=file.read(), by=request.user)
        except UserError as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, _("Next year's draft was made. Decide what is listed here."))
            return redirect("drafting:decisions", pk=made.pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "drafting/next_year.html", context, status=status)


def _place(version: ContractVersion, decision: Decision) -> str:
    """The address of what the decision is about, where it has a page."""
    part, _dot, key = decision.key.partition(".")
    fault = present.Fault("", "", 0, part, key, "")
    return present.shown(version, fault).url
