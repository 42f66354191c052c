"""Which companies fit a campaign's list: by municipality, size and industry as they hold today.

A company of unknown size is never among those that fit; it is counted and shown apart.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

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
    """The companies for the list; one already on it is never found again."""
    there = _placed(wanted, day)
    listed = Q(candidacies__campaign=campaign)
    approached = Q(cvr__in=Approach.objects.filter(contacted_on__year=day.year).values("cvr"))
    fits = _sized(wanted)
    left = there.exclude(listed)
    free = left.exclude(approached) if wanted.without_approached else left
    return Found(
        fitting=free.filter(fits).order_by("name", "cvr"),
        unknown_size=free.filter(size__isnull=True).order_by("name", "cvr"),
        approached=left.filter(fits & approached).count() if wanted.without_approached else 0,
        on_list=there.filter(fits & listed).count(),
    )


def _placed(wanted: Wanted, day: date) -> QuerySet[Company]:
    """In the municipality today, and of one of the industries."""
    ever = CompanyMunicipality.objects.filter(municipality=wanted.municipality).values("company")
    found = with_facts(Company.objects.filter(pk__in=ever), day).filter(place=wanted.municipality)
    trade = Q()
    for beginning in wanted.industries:
        trade |= Q(industry__startswith=beginning)
    return found.filter(trade)


def _sized(wanted: Wanted) -> Q:
    fits = Q(pk__in=[])
    for band in bands():
        if band.id in wanted.bands:
            within = Q(size__gte=band.low)
            fits |= within if band.high is None else within & Q(size__lte=band.high)
    return fits
