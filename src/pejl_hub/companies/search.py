"""Finding a client by what somebody remembers: a CVR number, part of a name, an e-mail address.

The index gives a bounded number of candidates; how near each is to what was typed is then judged
here, so that SQLite and PostgreSQL give the same order.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import DEFAULT_DB_ALIAS
from rapidfuzz import fuzz

from pejl_hub.companies.cvr import WEIGHTS, is_cvr
from pejl_hub.companies.following import survivor
from pejl_hub.companies.models import (
    Company,
    CompanyMunicipality,
    CompanySize,
    Contact,
    DatedFact,
    Person,
)
from pejl_hub.companies.searchindex import COMPANIES, CONTACTS, PEOPLE, Indexed, fold, nearest

CANDIDATES = 60
SHORTEST = 2
LONGEST = 100
NEAR_ENOUGH = 60.0
_NUMBER = re.compile(r"(?:dk|cvr)?[\s:.-]*((?:\d[\s.-]*)+)", re.IGNORECASE)

Kind = Literal["company", "person"]


@dataclass(frozen=True)
class FoundClient:
    """A company or person that the text may mean; ``note`` says what matched beside the name."""

    kind: Kind
    pk: int
    name: str
    cvr: str | None
    municipality: str | None
    employees: int | None
    note: str

    @property
    def key(self) -> str:
        """Kind and number in one word, for a form to send back."""
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True)
class _Hit:
    score: float
    kind: Kind
    pk: int
    name: str
    note: str = ""
    cvr: str | None = None
    municipality: str | None = None


def find_clients(text: str, *, limit: int = 10) -> list[FoundClient]:
    """The clients that the text may mean, best first; at most ten queries."""
    digits = cvr_digits(text)
    if digits is not None:
        hits: Iterable[_Hit] = _by_cvr(digits)
    else:
        folded = fold(text)[:LONGEST]
        hits = _by_name(folded) if len(folded) >= SHORTEST else ()
    return _with_facts(_best(hits)[:limit])


def cvr_digits(text: str) -> str | None:
    """The digits when the text is a CVR number or the beginning of one, however it is spaced.

    Examples
    --------
    >>> cvr_digits("DK-12 34 56 78"), cvr_digits("1234"), cvr_digits("3F"), cvr_digits("123456789")
    ('12345678', '1234', None, None)
    """
    match = _NUMBER.fullmatch(text.strip())
    digits = re.sub(r"\D", "", match.group(1)) if match else ""
    return digits if SHORTEST <= len(digits) <= len(WEIGHTS) and digits.isascii() else None


def _by_cvr(digits: str) -> list[_Hit]:
    """Those that begin so; for eight digits that nobody has, those one slip of the hand away."""
    width = len(WEIGHTS)
    span = (digits.ljust(width, "0"), digits.ljust(width, "9"))
    found = Company.objects.filter(cvr__range=span).order_by("cvr")[:CANDIDATES]
    hits = [_Hit(100.0, "company", c.pk, c.name, cvr=c.cvr) for c in found]
    if hits or len(digits) < width:
        return hits
    if kept := survivor(digits):
        return [_Hit(100.0, "company", kept.pk, kept.name, "cvr", kept.cvr)]
    near = Company.objects.filter(cvr__in=_slips(digits))
    return [_Hit(80.0, "company", c.pk, c.name, "cvr", c.cvr) for c in near]


def _slips(digits: str) -> list[str]:
    """The CVR numbers with one digit otherwise, or two neighbours exchanged."""
    other = [digits[:i] + n + digits[i + 1 :] for i in range(len(digits)) for n in "0123456789"]
    turned = [
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)
    ]
    return sorted({cvr for cvr in (*other, *turned) if is_cvr(cvr)})


def _by_name(folded: str) -> list[_Hit]:
    return [
        *_companies(_candidates(COMPANIES, folded), folded),
        *_people(_candidates(PEOPLE, folded), folded),
        *_through_contacts(_candidates(CONTACTS, folded, fuzzy=False), folded),
    ]


def _candidates(indexed: Indexed, folded: str, *, fuzzy: bool = True) -> Sequence[int]:
    """Rows with all pieces of the text; where none has, rows with some of them."""
    whole = nearest(DEFAULT_DB_ALIAS, indexed, folded, whole=True, limit=CANDIDATES)
    if whole or not fuzzy:
        return whole
    return nearest(DEFAULT_DB_ALIAS, indexed, folded, whole=False, limit=CANDIDATES)


def _companies(numbers: Sequence[int], folded: str) -> list[_Hit]:
    return [
        _Hit(nearness(folded, company.name), "company", company.pk, company.name, cvr=company.cvr)
        for company in Company.objects.filter(pk__in=numbers)
    ]


def _people(numbers: Sequence[int], folded: str) -> list[_Hit]:
    return [
        _Hit(
            nearness(folded, person.name, person.email),
            "person",
            person.pk,
            person.name,
            person.email or "",
            municipality=person.municipality,
        )
        for person in Person.objects.filter(pk__in=numbers)
    ]


def _through_contacts(numbers: Sequence[int], folded: str) -> list[_Hit]:
    """The companies of contacts; a little behind those whose own name fits as well."""
    return [
        _Hit(
            nearness(folded, contact.name, contact.email) - 5,
            "company",
            contact.company.pk,
            contact.company.name,
            contact.name,
            contact.company.cvr,
        )
        for contact in Contact.objects.filter(pk__in=numbers).select_related("company")
    ]


def nearness(folded: str, *texts: str | None) -> float:
    """How near the typed text is to the nearest of the texts, 0 to 110; above 100 begins so."""
    return max(_nearness(folded, fold(text)) for text in texts if text)


def _nearness(typed: str, name: str) -> float:
    if name == typed:
        return 110.0
    if name.startswith(typed):
        return 105.0 + len(typed) / len(name)
    if f" {typed}" in name:
        return 102.0 + len(typed) / len(name)
    # Words may come in any order, and the last of them may not be written out.
    return max(
        0.95 * fuzz.token_set_ratio(typed, name),
        0.9 * fuzz.partial_ratio(typed, name) if len(typed) > 3 else 0.0,
        fuzz.ratio(typed, name),
    )


def _best(hits: Iterable[_Hit]) -> list[_Hit]:
    """The nearest, each client once."""
    ranked = sorted(hits, key=lambda hit: (-hit.score, hit.name, hit.kind, hit.pk))
    once: dict[tuple[str, int], _Hit] = {}
    for hit in ranked:
        if hit.score >= NEAR_ENOUGH:
            once.setdefault((hit.kind, hit.pk), hit)
    return list(once.values())


def _with_facts(hits: Sequence[_Hit]) -> list[FoundClient]:
    """What is known of their place and size now: two queries when there is a company."""
    companies = [hit.pk for hit in hits if hit.kind == "company"]
    places = latest_facts(CompanyMunicipality, "municipality", companies)
    sizes = latest_facts(CompanySize, "employees", companies)
    return [
        FoundClient(
            kind=hit.kind,
            pk=hit.pk,
            name=hit.name,
            cvr=hit.cvr,
            municipality=places.get(hit.pk) if hit.kind == "company" else hit.municipality,
            employees=sizes.get(hit.pk) if hit.kind == "company" else None,
            note=hit.note,
        )
        for hit in hits
    ]


def latest_facts(model: type[DatedFact], column: str, companies: Iterable[int]) -> dict[int, Any]:
    """The newest fact of each company, by company number. One query, or none."""
    wanted = list(companies)
    if not wanted:
        return {}
    rows = model._default_manager.filter(company_id__in=wanted)
    return dict(rows.order_by("from_date", "pk").values_list("company_id", column))
