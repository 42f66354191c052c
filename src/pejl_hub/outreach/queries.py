"""Reads of this app: a campaign's list, who is next to be called, and whom to reach how."""

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
    last = Approach.objects.filter(candidate=OuterRef("pk")).order_by("-contacted_on", "-pk")
    return with_gate(campaign.candidates.select_related("company")).annotate(
        last_outcome=Subquery(last.values("outcome")[:1]),
        last_on=Subquery(last.values("contacted_on")[:1]),
        was_approached=Exists(last),
    )


def waiting(campaign: Campaign, day: date) -> QuerySet[Candidate]:
    """Those to be called: due again first, then those not called yet. Locked ones are not there."""
    due = Q(was_approached=False) | Q(call_again_on__lte=day)
    return candidates(campaign).filter(due, is_open=True).order_by("-was_approached", "id")


def tally(campaign: Campaign, day: date) -> Tally:
    """Counted in the database; a company called several times is one."""
    listed = candidates(campaign)
    counted = listed.aggregate(
        listed=Count("pk"),
        locked=Count("pk", filter=Q(is_open=False)),
        approached=Count("pk", filter=Q(was_approached=True)),
        agreed=Count("pk", filter=Q(last_outcome="guidance_agreed")),
    )
    return Tally(**counted, waiting=waiting(campaign, day).count())


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
