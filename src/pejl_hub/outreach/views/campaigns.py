"""Campaigns: all of them, making one, finding companies for its list, and the list as a file."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.audit.actions import record
from pejl_hub.companies.models import Company
from pejl_hub.core.places import name_of
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.outreach import listing
from pejl_hub.outreach.actions.campaigns import add_companies, remove_candidate, save_campaign
from pejl_hub.outreach.downloads import as_file
from pejl_hub.outreach.finding import Found, find
from pejl_hub.outreach.forms import CampaignForm, FindForm, from_five
from pejl_hub.outreach.models import Campaign, Candidate
from pejl_hub.outreach.queries import tallies

SHOWN = 20


@require_safe
def show_campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign and how far it has come, the newest first."""
    require(request.user, Action.USE_DESK)
    today = timezone.localdate()
    found = list(Campaign.objects.select_related("owner")[:100])
    counted = tallies(found, today)
    context = {
        "section": "outreach",
        "campaigns": [(c, name_of(c.municipality), counted[c.pk]) for c in found],
        "may_record": may(request.user, Action.RECORD_OUTREACH),
    }
    return render(request, "outreach/campaigns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, campaign_id: int | None = None) -> HttpResponse:
    """Make a campaign, or change one."""
    require(request.user, Action.RECORD_OUTREACH)
    campaign = get_object_or_404(Campaign, pk=campaign_id) if campaign_id else None
    form = CampaignForm(request.POST if request.method == "POST" else None, instance=campaign)
    if request.method == "POST" and form.is_valid():
        saved = save_campaign(campaign=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("campaigns:campaign", campaign_id=saved.pk)
    context = {"section": "outreach", "form": form, "campaign": campaign}
    status = 400 if request.method == "POST" else 200
    return render(request, "outreach/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def find_companies(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Look for companies, see whom it would be; by POST, put them on the list."""
    require(request.user, Action.RECORD_OUTREACH)
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    sent = request.POST if request.method == "POST" else request.GET
    first = {"kommune": campaign.municipality, "ansatte": from_five(), "uden": True}
    form = FindForm(sent if "kommune" in sent else None, initial=first)
    context: dict[str, object] = {"section": "outreach", "campaign": campaign, "form": form}
    if form.is_bound and form.is_valid():
        found = find(campaign, form.wanted(), timezone.localdate())
        if request.method == "POST":
            return _added(request, campaign, form, found)
        context |= _shown(found)
    status = 400 if request.method == "POST" else 200
    return render(request, "outreach/find.html", context, status=status)


def _shown(found: Found) -> dict[str, object]:
    return {
        "found": found,
        "fitting_count": found.fitting.count(),
        "unknown_count": found.unknown_size.count(),
        "fitting": found.fitting[:SHOWN],
        "unknown": found.unknown_size[:SHOWN],
    }


def _added(request: HttpRequest, campaign: Campaign, form: FindForm, found: Found) -> HttpResponse:
    """Those of unknown size only by their own button, never along with the others."""
    which = "ukendt" if request.POST.get("hvem") == "ukendt" else "fundet"
    companies: QuerySet[Company] = found.unknown_size if which == "ukendt" else found.fitting
    how = {"municipality": form.cleaned_data["kommune"], "bands": form.cleaned_data["ansatte"]}
    how |= {"industries": form.cleaned_data["branche"], "unknown_size": which == "ukendt"}
    added = add_companies(campaign=campaign, companies=companies, by=request.user, how=how)
    said = ngettext(
        "%(added)s company was put on the list.", "%(added)s companies were put on the list.", added
    )
    messages.success(request, said % {"added": number(added)})
    return redirect("campaigns:campaign", campaign_id=campaign.pk)


@require_POST
def remove(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Take a company off the list."""
    require(request.user, Action.RECORD_OUTREACH)
    candidate = get_object_or_404(Candidate, pk=candidate_id)
    campaign_id = candidate.campaign_id
    try:
        remove_candidate(candidate=candidate, by=request.user)
    except UserError as refusal:
        messages.warning(request, f"{refusal.given}: {refusal.remedy}")
    else:
        messages.success(request, _("The company was taken off the list."))
    return redirect("campaigns:campaign", campaign_id=campaign_id)


@require_safe
def download(request: HttpRequest, campaign_id: int, form: str) -> HttpResponse:
    """The rows on screen as a file; contacts of locked rows are not in it. The log says who."""
    require(request.user, Action.RECORD_OUTREACH)
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    ask = listing.asked(request.GET)
    found = list(listing.as_table(listing.rows(campaign, ask, timezone.localdate())))
    answer = as_file(form, f"opsoegende-{campaign.pk}", listing.HEADINGS, found)
    _note_download(request, campaign, form, len(found))
    return answer


def _note_download(request: HttpRequest, campaign: Campaign, form: str, rows: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        details = {"form": form, "rows": rows}
        record(by=request.user, action="campaign.downloaded", obj=campaign, details=details)
