"""Every contact, whether recorded here or imported: listed, corrected, taken out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.companies.models import Company
from pejl_hub.core.places import name_of
from pejl_hub.outreach.actions.approaches import change_approach, remove_approach
from pejl_hub.outreach.forms import CallForm
from pejl_hub.outreach.lists import APPROACHES
from pejl_hub.outreach.models import Approach


@require_safe
def show_approaches(request: HttpRequest) -> HttpResponseBase:
    """All contacts, as a list and as files."""
    require(request.user, Action.USE_DESK)
    return APPROACHES.respond(request, {"section": "approaches"}, "outreach/approaches.html")


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
