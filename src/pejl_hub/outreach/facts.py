"""A company's dated facts as they hold on a day: the newest on or before it."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery

from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanySize,
    DatedFact,
)


@dataclass(frozen=True)
class Facts:
    """Where a company was and how large; None where nobody knew."""

    municipality: str | None
    employees: int | None


def with_facts(companies: QuerySet[Company], day: date) -> QuerySet[Company]:
    """The companies with ``place``, ``size``, ``industry`` and ``nomenclature`` on the day."""
    return companies.annotate(
        place=_newest(CompanyMunicipality, "municipality", day),
        size=_newest(CompanySize, "employees", day),
        industry=_newest(CompanyIndustry, "code", day),
        nomenclature=_newest(CompanyIndustry, "nomenclature", day),
    )


def facts_on(company: Company, day: date) -> Facts:
    """One company's facts on the day."""
    found = with_facts(Company.objects.filter(pk=company.pk), day).get()
    return Facts(found.place, found.size)  # type: ignore[attr-defined]


def _newest(model: type[DatedFact], field: str, day: date) -> models.Subquery:
    """Of facts learnt for the same day the last one recorded holds."""
    found = model._default_manager.filter(company=OuterRef("pk"), from_date__lte=day)
    return Subquery(found.order_by("-from_date", "-pk").values(field)[:1])
