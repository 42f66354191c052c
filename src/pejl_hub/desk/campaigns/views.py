"""One campaign."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.places import name_of
from pejl_hub.desk.campaigns.figures import numbers
from pejl_hub.desk.campaigns.words import act
from pejl_hub.outreach import listing
from pejl_hub.outreach.models import Campaign
from pejl_hub.outreach.queries import log_of, tally

PAGE, LOG = 50, 30


@require_safe
def show_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """How far it has come, the contract's numbers, its list and its log."""
    require(request.user, Action.USE_DESK)
    campaign = get_object_or_404(Campaign.objects.select_related("owner"), pk=campaign_id)
    today, ask = timezone.localdate(), listing.asked(request.GET)
    found = listing.rows(campaign, ask, today)
    page: Page[Any] = Paginator(found, PAGE).get_page(request.GET.get("side"))
    context = {
        "section": "outreach",
        "campaign": campaign,
        "place": name_of(campaign.municipality),
        "tally": tally(campaign, today),
        "numbers": numbers(campaign),
        "ask": ask,
        "states": listing.STATES.items(),
        "page": page,
        "lines": [(row, listing.state_of(row)) for row in page],
        "today": today,
        "log": [act(entry) for entry in log_of(campaign)[:LOG]],
        "may_record": may(request.user, Action.RECORD_OUTREACH),
    }
    return render(request, "desk/campaigns/campaign.html", context)
