"""Every contact, whether recorded here or imported: listed, corrected, taken out."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.companies.models import Company
from pejl_hub.outreach.actions.approaches import change_approach, remove_approach
from pejl_hub.outreach.forms import CallForm
from pejl_hub.outreach.models import Approach, Outcome
from pejl_hub.outreach.shared import name_of

PAGE = 50
SORTS = ("contacted_on", "company_name", "employees")


@dataclass(frozen=True)
class Line:
    """A contact and the name of its municipality."""

    approach: Approach
    place: str


@require_safe
def show_approaches(request: HttpRequest) -> HttpResponse:
    """All contacts: by outcome, searched, sorted, a page at a time."""
    require(request.user, Action.USE_DESK)
    outcome, q = request.GET.get("udfald", ""), request.GET.get("q", "").strip()[:100]
    sort = request.GET.get("orden", "")
    found = _searched(q)
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    if sort.removeprefix("-") not in SORTS:
        sort = "-contacted_on"
    page: Page[Any] = Paginator(found.order_by(sort, "-pk"), PAGE).get_page(request.GET.get("side"))
    context = {
        "section": "approaches",
        "page": page,
        "lines": [Line(approach, name_of(approach.municipality)) for approach in page],
        "outcomes": Outcome.choices,
        "outcome": outcome,
        "q": q,
        "sort": sort,
        "may_record": may(request.user, Action.RECORD_OUTREACH),
    }
    return render(request, "outreach/approaches.html", context)


def _searched(q: str) -> QuerySet[Approach]:
    named = Company.objects.filter(cvr=OuterRef("cvr")).values("name")[:1]
    found = Approach.objects.select_related("candidate__campaign", "by").annotate(
        company_name=Subquery(named)
    )
    for word in q.split()[:6]:
        found = found.filter(
            Q(cvr__startswith=word.removeprefix("DK"))
            | Q(cvr__in=Company.objects.filter(name__icontains=word).values("cvr"))
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Correct a contact."""
    require(request.user, Action.RECORD_OUTREACH)
    approach = get_object_or_404(Approach, pk=approach_id)
    form = CallForm(request.POST if request.method == "POST" else None, initial=_now(approach))
    if request.method == "POST" and form.is_valid() and _changed(request, approach, form):
        messages.success(request, _("Saved. It counts in the status from now on."))
        return redirect("outreach:approaches")
    context = {
        "section": "approaches",
        "approach": approach,
        "company": Company.objects.filter(cvr=approach.cvr).first(),
        "place": name_of(approach.municipality),
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "outreach/approach.html", context, status=status)


def _now(approach: Approach) -> dict[str, object]:
    again = approach.candidate.call_again_on if approach.candidate else None
    return {
        "outcome": approach.outcome,
        "contacted_on": approach.contacted_on,
        "with_local_service": approach.with_local_service,
        "note": approach.note or "",
        "call_again_on": again,
    }


def _changed(request: HttpRequest, approach: Approach, form: CallForm) -> bool:
    try:
        change_approach(
            approach=approach,
            result=form.result(),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except UserError as refusal:
        form.refused(refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Ask, and then take a contact out."""
    require(request.user, Action.RECORD_OUTREACH)
    approach = get_object_or_404(Approach, pk=approach_id)
    form = WithReason(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_approach(approach=approach, by=request.user, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Taken out. The figures follow."))
            return redirect("outreach:approaches")
    context = {"section": "approaches", "approach": approach, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "outreach/approach_remove.html", context, status=status)
