"""The demo's campaign: companies of one municipality that are still to be called."""

from datetime import date

from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.demo.frame import Frame
from pejl_hub.outreach.actions.campaigns import add_companies, save_campaign
from pejl_hub.outreach.facts import with_facts
from pejl_hub.outreach.models import Campaign

LEAST, MOST = 5, 40  # employees, and companies on the list
GOAL = 25


def plan_campaign(frame: Frame, names: dict[str, str], by: User) -> None:
    """A campaign with the municipality that most clients come from; once.

    Nobody has been called yet, so it moves no figure.
    """
    if Campaign.objects.exists():
        return
    place = max((code for code in frame.municipalities if code in names), key=frame.weight)
    campaign = Campaign(
        name=f"Vækst i {names[place]}",
        municipality=place,
        local_service="Opdigtet lokal erhvervsservice",
        starts_on=date(frame.years[-1], 11, 1),
        ends_on=frame.last_day,
        goal=GOAL,
        about="Et tilbud om specialiseret vejledning til virksomheder med mindst fem ansatte.",
    )
    save_campaign(campaign=campaign, by=by)
    # The export does not say since when its facts hold, so they hold from when it was read.
    known = with_facts(Company.objects.all(), timezone.localdate())
    found = known.filter(place=place, size__gte=LEAST)
    how = {"municipality": place, "employees": LEAST}
    add_companies(campaign=campaign, companies=found.order_by("name")[:MOST], by=by, how=how)
