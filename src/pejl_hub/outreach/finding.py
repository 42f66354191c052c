"""Which companies fit a campaign's list: by municipality, size and industry as they hold today.

A company of unknown size is never among those that fit; it is counted and shown apart.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from pejl_hub.companies.models import Company, CompanyMunicipality
from pejl_hub.outreach.facts import with_facts
from pejl_hub.outreach.models import Approach, Campaign
from pejl_hub.outreach.shared import bands


@dataclass(frozen=True)
class Wanted:
    """What to look for. ``bands`` are ids of size bands, ``industries`` beginnings of codes."""

    municipality: str
    bands: tuple[str, ...]
    industries: tuple[str, ...] = ()
    without_approached: bool = True


@dataclass(frozen=True)
class Found:
    """Those that fit, those whose size is unknown, and how many were left out for each reason."""

    fitting: QuerySet[Company]
    unknown_size: QuerySet[Company]
    approached: int
    on_list: int


def find(campaign: Campaign, wanted: Wanted, day: date) -> Found:
    """The companies for the list; one already on it is never found again.

    The companies of the place are gone through once, for their facts are looked up one by one.
    """
    this_year = Approach.objects.filter(cvr=OuterRef("cvr"), contacted_on__year=day.year)
    listed = campaign.candidates.filter(company=OuterRef("pk"))
    there = _placed(wanted, day).annotate(met=Exists(this_year), listed=Exists(listed))
    fits, unknown, approached, on_list = list[int](), list[int](), 0, 0
    for pk, size, met, on in there.values_list("pk", "size", "met", "listed"):
        passed = met and wanted.without_approached
        fitting = size is not None and _fits(size, wanted)
        on_list += fitting and on
        approached += fitting and passed and not on
        if (fitting or size is None) and not (on or passed):
            (unknown if size is None else fits).append(pk)
    return Found(_named(fits, day), _named(unknown, day), approached, on_list)


def _named(numbers: list[int], day: date) -> QuerySet[Company]:
    found = with_facts(Company.objects.filter(pk__in=numbers), day)
    return found.order_by("name", "cvr")


def _placed(wanted: Wanted, day: date) -> QuerySet[Company]:
    """In the municipality today, and of one of the industries."""
    ever = CompanyMunicipality.objects.filter(municipality=wanted.municipality).values("company")
    found = with_facts(Company.objects.filter(pk__in=ever), day).filter(place=wanted.municipality)
    trade = Q()
    for beginning in wanted.industries:
        trade |= Q(industry__startswith=beginning)
    return found.filter(trade)


def _fits(size: int, wanted: Wanted) -> bool:
    return any(
        band.low <= size and (band.high is None or size <= band.high)
        for band in bands()
        if band.id in wanted.bands
    )
