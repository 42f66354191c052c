"""Two companies and two people with records in every room; and all rows of all tables."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps

from pejl_hub.companies.models import (
    Company,
    CompanyMunicipality,
    CompanySize,
    Contact,
    Person,
)
from pejl_hub.events.models import Attendance, Event
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation, Programme, Round
from pejl_hub.surveys.models import Enrolment, Invitation

OWN_TRACES = {
    *("companies.mergerecord", "audit.auditentry", "closing.correction", "core.datarevision"),
    *("accounts.user", "sessions.session", "contenttypes.contenttype", "auth.permission"),
    "snapshots.change",  # which months were written to, with a stamp of chance
}
CVR = ("53648371", "10000009")


def rows_of_all_tables() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but what a merge writes of itself."""
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label_lower not in OWN_TRACES
    }


def guidance(*, day: int = 1, **client: Any) -> Guidance:
    """A held specialised guidance in May 2024."""
    return Guidance.objects.create(
        held_on=date(2024, 5, day), recorded_on=date(2024, 6, 1), type="specialised",
        state="held", segment="growth", municipality="101", employees=7, **client,
    )  # fmt: skip


def company(number: int, **more: Any) -> Company:
    """The first or second company, with facts, a contact and an approach."""
    made = Company.objects.create(cvr=CVR[number], name=f"Nordvind {number}", **more)
    for day in range(1, 3 + number):
        held = {"company": made, "from_date": date(2024, 1, day), "source": "typed"}
        CompanySize.objects.create(**held, employees=day)
        CompanyMunicipality.objects.create(**held, municipality="101")
    Contact.objects.create(company=made, name="Eva", email="eva@nordvind.dk", is_main=True)
    Contact.objects.create(company=made, name="Bo", email=f"bo{number}@nordvind.dk")
    Approach.objects.create(cvr=made.cvr, contacted_on=date(2024, 5, 3), with_local_service=True)
    return made


def person(number: int, **more: Any) -> Person:
    """The first or second person."""
    return Person.objects.create(name=f"Emma Dahl {number}", email=f"emma{number}@dahl.dk", **more)


def services(count: int = 1, **client: Any) -> None:
    """So many of each service, and an invitation to the first guidance."""
    event, _ = Event.objects.get_or_create(title="Morgenmøde", held_on=date(2024, 5, 20))
    programme, _ = Programme.objects.get_or_create(name="SMV:Digital")
    round_, _ = Round.objects.get_or_create(programme=programme, name="1", national=True)
    frozen = {"municipality": "101", "segment": "growth", "employees": 7, **client}
    for number in range(count):
        guidance(day=number + 1, **client)
        Attendance.objects.create(event=event, state="attended", **frozen)
        Participation.objects.create(
            round=round_, form="grant", state="committed", stated_on=date(2024, 5, number + 1),
            committed_amount=Decimal("50000.50"), **frozen,
        )  # fmt: skip


def invitation(guided: Guidance, key: str, **addressee: Any) -> Invitation:
    """An invitation about the guidance."""
    enrolment = Enrolment.objects.create(guidance=guided, decided_on=date(2024, 5, 9))
    return Invitation.objects.create(
        enrolment=enrolment, person_key=key, period="2024-1", language="da", anonymous=True,
        invited_on=date(2024, 5, 9), expires_on=date(2024, 7, 9), **addressee,
    )  # fmt: skip
