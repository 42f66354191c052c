"""The demo's work on the special efforts: partners, a moved milestone, events that belong."""

from datetime import timedelta

from pejl.base.periods import Period
from pejl.contract.goal import Contract
from pejl_hub.accounts.models import User
from pejl_hub.efforts.actions import link, save_partner
from pejl_hub.efforts.models import Partner, Postponement
from pejl_hub.events.models import Event
from pejl_hub.evidence.models import Effort

# goal → its partners: organisation, part, contact. Where the contract names partners
# they are those; whoever is named as a contact is made up.
PARTNERS = {
    "effort_sustainability": (
        ("Opdigtet Indkøbsfællesskab", "Indkøbere i kommunerne", "Anne Opdigtet"),
    ),
    "effort_digital": (
        ("Erhvervshus Sjælland", "Virksomheder i Region Sjælland", None),
        ("KU", "Forskning", None),
        ("DTU", "Forskning og testfaciliteter", "Jens Opdigtet"),
        ("CBS", "Forskning", None),
        ("WeBuildDK", "Iværksættere", None),
        ("Force", "Test og rådgivning", None),
        ("Alexandra-Instituttet", "Udvikling", None),
        ("Danish Life Science Cluster", "Virksomheder i life science", None),
    ),
    "effort_international": (("Opdigtet Investornetværk", "Investordag", "Mette Opdigtet"),),
    "effort_labour": (("Opdigtet Jobcenterforum", "Henvisninger", None),),
}
AREAS = {
    "effort_sustainability": "Bæredygtighed",
    "effort_digital": "Digitalisering",
    "effort_international": "Internationalisering",
}
EVENTS = 3
MOVED = "To netværksmøder efter sommer"


def work_on_efforts(*, contract: Contract, by: User) -> None:
    """Add what belongs to the demo's efforts; doing it again changes nothing."""
    for effort in Effort.objects.filter(goal__in=PARTNERS):
        _partners(effort, by)
        if not effort.activities.exists():  # type: ignore[attr-defined]
            for event in _events(AREAS.get(effort.goal), contract.period):
                link(effort=effort, thing=event, by=by)
        for milestone in effort.milestones.filter(title=MOVED):  # type: ignore[attr-defined]
            Postponement.objects.get_or_create(
                milestone=milestone,
                moved_from=milestone.due_on - timedelta(days=16),
                moved_to=milestone.due_on,
                defaults={"because": "Salen var optaget i november.", "who": by.get_username()},
            )


def _partners(effort: Effort, by: User) -> None:
    there = set(effort.partners.values_list("organisation", flat=True))  # type: ignore[attr-defined]
    for organisation, role, contact in PARTNERS[effort.goal]:
        if organisation not in there:
            save_partner(
                partner=Partner(
                    effort=effort, organisation=organisation, role=role, contact=contact
                ),
                by=by,
            )


def _events(area: str | None, year: Period) -> list[Event]:
    held = {"held_on__gte": year.start, "held_on__lte": year.end}
    found = Event.objects.filter(priority_area=area, round=None, **held)
    return list(found.order_by("held_on", "pk")[:EVENTS]) if area else []
