"""The dated facts of a company: what holds now, since when, who says so, and what held before."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl_hub.companies.actions import TYPED
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanySize,
    DatedFact,
)
from pejl_hub.companies.templatetags.places import place
from pejl_hub.core.templatetags.pejl import number

KINDS: dict[str, tuple[type[DatedFact], Promise]] = {
    "ansatte": (CompanySize, gettext_lazy("Employees")),
    "kommune": (CompanyMunicipality, gettext_lazy("Municipality")),
    "branche": (CompanyIndustry, gettext_lazy("Industry")),
}


@dataclass(frozen=True)
class Told:
    """One fact as text, from when and by whom."""

    fact: DatedFact
    text: str
    source: str


@dataclass(frozen=True)
class FactLine:
    """A kind of fact: the newest and the older ones."""

    slug: str
    label: str
    now: Told | None
    before: tuple[Told, ...]


def fact_lines(company: Company) -> list[FactLine]:
    """A line for each kind of fact. One query for each."""
    lines = []
    for slug, (model, label) in KINDS.items():
        rows = model._default_manager.filter(company=company).order_by("-from_date", "-pk")
        told = [Told(row, _text(row), _source(row)) for row in rows[:50]]
        lines.append(FactLine(slug, str(label), told[0] if told else None, tuple(told[1:])))
    return lines


def _text(fact: Any) -> str:
    if isinstance(fact, CompanySize):
        return _("unknown") if fact.employees is None else number(fact.employees)
    if isinstance(fact, CompanyMunicipality):
        return place(fact.municipality) or _("unknown")
    return f"{fact.code} ({fact.nomenclature})" if fact.code else _("unknown")


def _source(fact: DatedFact) -> str:
    if fact.source == TYPED:
        return _("typed here")
    return {"cvr": _("the CVR register")}.get(fact.source, fact.source)
