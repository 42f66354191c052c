"""Who a course or grant is for, and what was true of them on the day it was applied for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl_hub.companies.models import (
    Company,
    CompanyMunicipality,
    CompanySize,
    DatedFact,
    Person,
    Segment,
)

COMPANY, PERSON = "company", "person"


@dataclass(frozen=True)
class ClientFacts:
    """What was true of a client on a day; unknown is None."""

    municipality: str | None
    segment: str | None
    employees: int | None


def client_of(key: str) -> Company | Person | None:
    """The client that a word such as ``company-7`` names; None when there is none."""
    kind, _, number = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    if kind == COMPANY:
        return Company.objects.filter(pk=int(number)).first()
    if kind == PERSON:
        return Person.objects.select_related("later_company").filter(pk=int(number)).first()
    return None


def key_of(client: Company | Person) -> str:
    """Kind and number in one word."""
    return f"{COMPANY if isinstance(client, Company) else PERSON}-{client.pk}"


def facts_on(client: Company | Person, day: date) -> ClientFacts:
    """What was true on the day; the segment is the last that an adviser judged until then.

    A person on record is a pre-starter until an adviser has judged otherwise.
    """
    segment = _judged(client, day)
    if isinstance(client, Person):
        return ClientFacts(client.municipality, segment or Segment.PRE_STARTER, None)
    place = _on(CompanyMunicipality, "municipality", client, day)
    return ClientFacts(place, segment, _on(CompanySize, "employees", client, day))


def _on(model: type[DatedFact], column: str, company: Company, day: date) -> Any:
    rows = model._default_manager.filter(company=company, from_date__lte=day)
    return rows.order_by("-from_date", "-pk").values_list(column, flat=True).first()


def _judged(client: Company | Person, day: date) -> str | None:
    """The segment of the last guidance held; guidance is asked through the client it is given."""
    rows = type(client)._default_manager.filter(
        pk=client.pk,
        guidance__segment__isnull=False,
        guidance__state="held",
        guidance__held_on__lte=day,
    )
    rows = rows.order_by("-guidance__held_on", "-guidance__pk")
    return rows.values_list("guidance__segment", flat=True).first()
