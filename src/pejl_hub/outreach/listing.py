"""A campaign's list as it is shown and downloaded: filtered, searched, sorted, row by row.

The download holds exactly the rows on screen, and the gate is asked for each of them: what a
locked row would tell of its contacts is not there, on screen or in the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl_hub.core.places import name_of
from pejl_hub.outreach.models import Campaign, Candidate, Outcome
from pejl_hub.outreach.queries import Reach, candidates, reach_of_row

STATES: dict[str, Promise] = {
    "": gettext_lazy("All"),
    "venter": gettext_lazy("To be called"),
    "laast": gettext_lazy("Locked"),
    "kontaktet": gettext_lazy("Called"),
}
SORTS = {
    "navn": "company__name",
    "ansatte": "employees",
    "kontakt": "last_on",
    "ring": "call_again_on",
}


@dataclass(frozen=True)
class Asked:
    """Which rows, and in which order."""

    state: str = ""
    q: str = ""
    sort: str = ""


def asked(query: Mapping[str, str]) -> Asked:
    """What the address asks for; anything unknown is left out."""
    state, sort = query.get("vis", ""), query.get("orden", "")
    known = sort if sort.removeprefix("-") in SORTS else ""
    return Asked(state if state in STATES else "", query.get("q", "").strip()[:100], known)


def rows(campaign: Campaign, ask: Asked, day: date) -> QuerySet[Candidate]:
    """The rows asked for, in their order; what is unknown stands last."""
    found = candidates(campaign)
    if ask.state == "venter":
        found = found.filter(Q(was_approached=False) | Q(call_again_on__lte=day), is_open=True)
    elif ask.state == "laast":
        found = found.filter(is_open=False)
    elif ask.state == "kontaktet":
        found = found.filter(was_approached=True)
    for word in ask.q.split()[:6]:
        bare = word.removeprefix("DK")
        found = found.filter(Q(company__name__icontains=word) | Q(company__cvr__startswith=bare))
    if not ask.sort:
        return found.order_by("company__name", "pk")
    by = F(SORTS[ask.sort.removeprefix("-")])
    down = ask.sort.startswith("-")
    order = by.desc(nulls_last=True) if down else by.asc(nulls_last=True)
    return found.order_by(order, "pk")


def state_of(candidate: Candidate) -> str:
    """What a row says of how far it has come."""
    if candidate.last_outcome:  # type: ignore[attr-defined]
        return str(Outcome(candidate.last_outcome).label)  # type: ignore[attr-defined]
    if not candidate.is_open:  # type: ignore[attr-defined]
        return _("Locked: no basis for contact")
    return _("Not called yet")


HEADINGS = (
    *("navn", "cvr", "kommune", "ansatte", "branche", "stand", "senest_kontaktet", "ring_igen"),
    *("maa_kontaktes", "kontaktperson", "e_mail"),
)


def as_table(found: QuerySet[Candidate]) -> Iterator[list[str | int | date | None]]:
    """The rows of the download, under ``HEADINGS``."""
    for row in found.prefetch_related("company__contacts"):
        open_ = bool(row.is_open)  # type: ignore[attr-defined]
        first = next(iter(reach_of_row(row)), None)
        yield [*_facts(row), "ja" if open_ else "nej", *_contact(first)]


def _facts(row: Candidate) -> list[str | int | date | None]:
    return [
        row.company.name,
        row.company.cvr,
        name_of(row.municipality),
        row.employees,
        row.industry,
        state_of(row),
        row.last_on,  # type: ignore[attr-defined]
        row.call_again_on,
    ]


def _contact(first: Reach | None) -> list[str | None]:
    return [first.name, first.email] if first else [None, None]
