"""What is true of a client on a day, and what is filled in from the last time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pejl_hub.accounts.models import User
from pejl_hub.companies.models import (
    Company,
    CompanyMunicipality,
    CompanySize,
    DatedFact,
    Person,
    Segment,
)
from pejl_hub.guidance.models import Guidance, GuidanceState

Client = Company | Person


@dataclass(frozen=True)
class Facts:
    """Where the client is, how large, and how it was last judged; None where nobody knows."""

    municipality: str | None
    employees: int | None
    segment: str | None


def facts_on(client: Client, day: date) -> Facts:
    """What held on the day: the newest facts on or before it, and the last judgement before it."""
    judged = last_segment(client, day)
    if isinstance(client, Person):
        # A person without a CVR number is a pre-starter until an adviser judges otherwise.
        return Facts(client.municipality, None, judged or Segment.PRE_STARTER)
    place = _newest(CompanyMunicipality, "municipality", client, day)
    return Facts(place, _newest(CompanySize, "employees", client, day), judged)


def last_segment(client: Client, day: date) -> str | None:
    """The segment of the last guidance held on the day or before it."""
    held = served(client).filter(state=GuidanceState.HELD, held_on__lte=day, segment__isnull=False)
    return held.order_by("-held_on", "-pk").values_list("segment", flat=True).first()


def served(client: Client) -> Any:
    """The client's guidances."""
    whose = {"company": client} if isinstance(client, Company) else {"person": client}
    return Guidance.objects.filter(**whose)


def habits(user: User) -> dict[str, Any]:
    """Team and channel of the user's last record: most days are like the day before."""
    last = Guidance.objects.filter(recorded_by=user.get_username()).order_by("-pk")
    return last.values("team", "channel").first() or {}


def _newest(model: type[DatedFact], column: str, company: Company, day: date) -> Any:
    known = model._default_manager.filter(company=company, from_date__lte=day)
    return known.order_by("-from_date", "-pk").values_list(column, flat=True).first()
