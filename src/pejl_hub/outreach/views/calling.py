"""The call list: the next company, one tap for what came of it, and the basis for contact."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.core.places import name_of
from pejl_hub.outreach.actions.approaches import record_approach
from pejl_hub.outreach.actions.gate import record_basis, withdraw_basis
from pejl_hub.outreach.forms import BasisForm, CallForm
from pejl_hub.outreach.gate import holding_basis, is_open
from pejl_hub.outreach.models import Campaign, Candidate, ContactBasis, Outcome
from pejl_hub.outreach.queries import reach, tally, waiting


@require_safe
def call_next(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The next company to call, or that there is none."""
    require(request.user, Action.RECORD_OUTREACH)
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    candidate = _next(campaign, request.GET.get("efter", ""))
    if candidate is None:
        context: dict[str, object] = {"section": "outreach", "campaign": campaign}
        context["agreed"] = request.session.pop("guidance_agreed", None)
        context["tally"] = tally(campaign, timezone.localdate())
        return render(request, "outreach/call_done.html", context)
    return _call_page(request, candidate, CallForm(initial=_first(campaign)))


def _next(campaign: Campaign, after: str) -> Candidate | None:
    """The first to call, or the one after the one skipped; after the last comes the first."""
    queue = waiting(campaign, timezone.localdate())
    keys = [str(key) for key in queue.values_list("pk", flat=True)]
    if not keys:
        return None
    place = keys.index(after) + 1 if after in keys else 0
    return queue.get(pk=keys[place % len(keys)])


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """One company; by POST, record what came of the call and go on to the next."""
    require(request.user, Action.RECORD_OUTREACH)
    candidate = get_object_or_404(
        Candidate.objects.select_related("campaign", "company"), pk=candidate_id
    )
    if request.method != "POST":
        return _call_page(request, candidate, CallForm(initial=_first(candidate.campaign)))
    form = CallForm(request.POST)
    if form.is_valid() and _recorded(request, candidate, form):
        return redirect("outreach:call_next", campaign_id=candidate.campaign_id)
    return _call_page(request, candidate, form, status=400)


def _first(campaign: Campaign) -> dict[str, object]:
    together = bool(campaign.local_service)
    return {"contacted_on": timezone.localdate(), "with_local_service": together}


def _recorded(request: HttpRequest, candidate: Candidate, form: CallForm) -> bool:
    result = form.result()
    try:
        record_approach(
            candidate=candidate,
            result=result,
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except UserError as refusal:
        form.refused(refusal)
        return False
    company, outcome = candidate.company, Outcome(result.outcome)
    if outcome == Outcome.GUIDANCE_AGREED:  # the next page says so itself, and offers to plan it
        request.session["guidance_agreed"] = [company.cvr, company.name]
    else:
        said = _("%(company)s: %(outcome)s.") % {"company": company.name, "outcome": outcome.label}
        messages.success(request, said)
    return True


def _call_page(
    request: HttpRequest, candidate: Candidate, form: CallForm, status: int = 200
) -> HttpResponse:
    """Contacts are asked for behind the gate: a locked company shows none and has no buttons."""
    open_ = is_open(candidate)
    context = {
        "section": "outreach",
        "campaign": candidate.campaign,
        "candidate": candidate,
        "place": name_of(candidate.municipality),
        "open": open_,
        "contacts": reach(candidate) if open_ else [],
        "basis": holding_basis(candidate),
        "approaches": candidate.approaches.select_related("by").order_by("-contacted_on", "-pk"),
        "outcomes": Outcome.choices,
        "form": form,
        "left": waiting(candidate.campaign, timezone.localdate()).count(),
        "agreed": request.session.pop("guidance_agreed", None),
    }
    return render(request, "outreach/call.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Record the basis for contacting a company that is, or may be, protected."""
    require(request.user, Action.RECORD_OUTREACH)
    candidate = get_object_or_404(
        Candidate.objects.select_related("campaign", "company"), pk=candidate_id
    )
    form = BasisForm(
        request.POST if request.method == "POST" else None,
        protected=candidate.company.advertising_protected,
        initial={"dated_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid() and _based(request, candidate, form):
        messages.success(request, _("The basis is recorded. The company may be contacted."))
        return redirect("outreach:call", candidate_id=candidate.pk)
    context = {
        "section": "outreach",
        "campaign": candidate.campaign,
        "candidate": candidate,
        "form": form,
        "bases": candidate.bases.select_related("recorded_by", "withdrawn_by"),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "outreach/basis.html", context, status=status)


def _based(request: HttpRequest, candidate: Candidate, form: BasisForm) -> bool:
    said = form.cleaned_data
    try:
        record_basis(
            candidate=candidate,
            kind=said["kind"],
            text=said["text"],
            dated_on=said["dated_on"],
            by=request.user,
        )
    except UserError as refusal:
        form.refused(refusal)
        return False
    return True


@require_POST
def withdraw(request: HttpRequest, basis_id: int) -> HttpResponse:
    """Take a basis back: the company is locked again."""
    require(request.user, Action.RECORD_OUTREACH)
    found = get_object_or_404(ContactBasis, pk=basis_id)
    withdraw_basis(basis=found, by=request.user)
    messages.success(request, _("The basis was withdrawn. The company is locked again."))
    return redirect("outreach:basis", candidate_id=found.candidate_id)
