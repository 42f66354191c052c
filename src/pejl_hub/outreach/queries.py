"""Reads of this app: a campaign's list, who is next to be called, and whom to reach how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from pejl_hub.audit.models import AuditEntry
from pejl_hub.outreach.gate import require_open, with_gate
from pejl_hub.outreach.models import Approach, Campaign, Candidate, ContactBasis


@dataclass(frozen=True)
class Reach:
    """Somebody to speak to in a company that may be contacted."""

    name: str
    email: str


@dataclass(frozen=True)
class Tally:
    """How far a campaign has come, in companies."""

    listed: int
    locked: int
    approached: int
    agreed: int
    waiting: int


def candidates(campaign: Campaign) -> QuerySet[Candidate]:
    """The list, each with ``is_open``, ``last_outcome`` and ``last_on`` (None before a call)."""
    return _with_calls(campaign.candidates.select_related("company"))


def _with_calls(found: QuerySet[Candidate]) -> QuerySet[Candidate]:
    last = Approach.objects.filter(candidate=OuterRef("pk")).order_by("-contacted_on", "-pk")
    return with_gate(found).annotate(
        last_outcome=Subquery(last.values("outcome")[:1]),
        last_on=Subquery(last.values("contacted_on")[:1]),
        was_approached=Exists(last),
    )


def _due(day: date) -> Q:
    return Q(is_open=True) & (Q(was_approached=False) | Q(call_again_on__lte=day))


def waiting(campaign: Campaign, day: date) -> QuerySet[Candidate]:
    """Those to be called: due again first, then those not called yet. Locked ones are not there."""
    return candidates(campaign).filter(_due(day)).order_by("-was_approached", "id")


def tally(campaign: Campaign, day: date) -> Tally:
    """How far one campaign has come."""
    return tallies([campaign], day)[campaign.pk]


def tallies(campaigns: Iterable[Campaign], day: date) -> dict[int, Tally]:
    """How far each campaign has come, in one question; a company called several times is one."""
    keys = [campaign.pk for campaign in campaigns]
    listed = _with_calls(Candidate.objects.filter(campaign__in=keys)).order_by()
    counted = listed.values("campaign").annotate(
        listed=Count("pk"),
        locked=Count("pk", filter=Q(is_open=False)),
        approached=Count("pk", filter=Q(was_approached=True)),
        agreed=Count("pk", filter=Q(last_outcome="guidance_agreed")),
        waiting=Count("pk", filter=_due(day)),
    )
    found = {row.pop("campaign"): Tally(**row) for row in counted}
    return {key: found.get(key, Tally(0, 0, 0, 0, 0)) for key in keys}


def reach(candidate: Candidate) -> list[Reach]:
    """Whom to speak to.

    Raises
    ------
    ContactLocked
        When the gate is shut: contacts are not shown, downloaded or handed on before.
    """
    require_open(candidate)
    return _contacts(candidate)


def reach_of_row(row: Candidate) -> list[Reach]:
    """The same for a row of ``candidates``, which has been through the gate: none when locked."""
    return _contacts(row) if row.is_open else []  # type: ignore[attr-defined]


def _contacts(candidate: Candidate) -> list[Reach]:
    contacts = sorted(candidate.company.contacts.all(), key=lambda c: (not c.is_main, c.name))
    return [Reach(contact.name, contact.email) for contact in contacts]


def log_of(campaign: Campaign) -> QuerySet[AuditEntry]:
    """Who did what in the campaign, the newest first."""
    listed = campaign.candidates.all()
    about = {
        "outreach.campaign": [campaign.pk],
        "outreach.candidate": listed.values_list("pk", flat=True),
        "outreach.contactbasis": ContactBasis.objects.filter(candidate__in=listed).values_list(
            "pk", flat=True
        ),
        "outreach.approach": Approach.objects.filter(candidate__in=listed).values_list(
            "pk", flat=True
        ),
    }
    found = Q(pk__in=[])
    for kind, keys in about.items():
        found |= Q(object_type=kind, object_id__in=[str(key) for key in keys])
    return AuditEntry.objects.filter(found).order_by("-pk")
