"""Pairs of clients who may be one, each with the evidence for it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import write_change
from pejl_hub.companies.models import (
    Company,
    CompanyMunicipality,
    Contact,
    NotDuplicates,
    Person,
)
from pejl_hub.companies.searchindex import fold

ALIKE = 90.0
# A block of more than so many of one place and beginning says nothing about any two of them.
LARGEST_BLOCK = 60
_FORMS = {"aps", "a/s", "as", "ivs", "i/s", "k/s", "p/s", "holding", "v/"}


@dataclass(frozen=True)
class Side:
    """One of the two, by key: kind and number in one word."""

    key: str
    name: str
    cvr: str | None

    @property
    def kind(self) -> str:
        """``company`` or ``person``."""
        return self.key.partition("-")[0]


@dataclass(frozen=True)
class Suspect:
    """Two who may be one, the more settled first, and why; the most telling evidence first."""

    kept: Side
    gone: Side
    evidence: tuple[Promise, ...]


SAME_EMAIL = _("the same e-mail address")
SAME_NAME = _("nearly the same name in the same municipality")
CONTACT_EMAIL = _("the person's e-mail is a contact's in the company")
CONTACT_NAME = _("the person's name is a contact's in the company")
_WEIGHT = {SAME_EMAIL: 4, CONTACT_EMAIL: 4, SAME_NAME: 2, CONTACT_NAME: 1}


def suspects() -> list[Suspect]:
    """The pairs that nobody has dismissed, the strongest evidence first. Six queries."""
    gathered = _Gathered()
    found: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    for pair, evidence in gathered.pairs():
        if evidence not in found[pair]:
            found[pair].append(evidence)
    dismissed = set(NotDuplicates.objects.values_list("first", "second"))
    kept = [(pair, why) for pair, why in found.items() if tuple(sorted(pair)) not in dismissed]
    kept.sort(key=lambda item: (-sum(_WEIGHT[e] for e in item[1]), item[0]))
    return [
        Suspect(gathered.sides[first], gathered.sides[second], tuple(why))
        for (first, second), why in kept
    ]


@transaction.atomic
def dismiss(*, first: str, second: str, by: User) -> NotDuplicates:
    """Say that two, by key, are not one; they are not suggested again.

    Raises
    ------
    PermissionDenied
        When the user may not merge.
    """
    require(by, Action.MERGE)
    pair = dict(zip(("first", "second"), sorted((first, second)), strict=True))
    said, made = NotDuplicates.objects.get_or_create(**pair, defaults={"who": by.get_username()})
    if made:
        write_change(by=by, action="clients.not_duplicates", obj=said, days=(), after=pair)
    return said


def client_of(key: str) -> Company | Person:
    """The client of a key such as ``company-7``.

    Raises
    ------
    UserError
        When nobody has that key.
    """
    kind, _dash, number = key.partition("-")
    model: Any = {"company": Company, "person": Person}.get(kind)
    known = number.isascii() and number.isdigit()
    found = model._default_manager.filter(pk=number).first() if model and known else None
    if found is None:
        raise UserError(
            given=f"the client {key!r}",
            needed="a company or person that is on record",
            remedy="Search for the client again.",
        )
    return found


class _Gathered:
    """Names, addresses and places of all clients, read once."""

    def __init__(self) -> None:
        places = CompanyMunicipality.objects.order_by("from_date", "pk")
        self.places = dict(places.values_list("company_id", "municipality"))
        self.companies = list(Company.objects.values_list("pk", "name", "cvr"))
        self.people = list(Person.objects.values_list("pk", "name", "email", "municipality"))
        self.contacts = list(Contact.objects.values_list("company_id", "name", "email"))
        self.linked = set(
            Person.objects.exclude(later_company=None).values_list("pk", "later_company_id")
        )
        self.sides = {f"company-{pk}": Side(f"company-{pk}", n, c) for pk, n, c in self.companies}
        self.sides |= {f"person-{p[0]}": Side(f"person-{p[0]}", p[1], None) for p in self.people}

    def pairs(self) -> Iterator[tuple[tuple[str, str], Promise]]:
        """The pairs with one piece of evidence at a time; the one to keep comes first."""
        emails = [(fold(p[2]), f"person-{p[0]}") for p in self.people if p[2]]
        yield from ((pair, SAME_EMAIL) for pair in _same(emails))
        shared = {(fold(c[2]), f"company-{c[0]}") for c in self.contacts}
        yield from ((pair, SAME_EMAIL) for pair in _same(shared))
        people = [(p[3], p[1], f"person-{p[0]}") for p in self.people if p[3]]
        yield from ((pair, SAME_NAME) for pair in _alike(people))
        places = self.places
        companies = [(places.get(c[0]), c[1], f"company-{c[0]}") for c in self.companies]
        yield from ((pair, SAME_NAME) for pair in _alike(c for c in companies if c[0]))
        yield from self._contacts()

    def _contacts(self) -> Iterator[tuple[tuple[str, str], Promise]]:
        by_email, by_name = defaultdict(set), defaultdict(set)
        for company, name, email in self.contacts:
            by_email[fold(email)].add(company)
            by_name[fold(name)].add(company)
        for pk, name, email, place in self.people:
            same = by_email.get(fold(email), ()) if email else ()
            named = {c for c in by_name.get(fold(name), ()) if self.places.get(c) == place}
            for companies, evidence in ((same, CONTACT_EMAIL), (named, CONTACT_NAME)):
                for company in companies:
                    if (pk, company) not in self.linked:
                        yield (f"company-{company}", f"person-{pk}"), evidence


def _same(pairs: Iterable[tuple[Hashable, str]]) -> Iterator[tuple[str, str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for value, key in pairs:
        groups[value].append(key)
    for keys in groups.values():
        if 1 < len(keys) <= LARGEST_BLOCK:
            yield from combinations(sorted(keys, key=_number), 2)


def _alike(named: Iterable[tuple[str | None, str, str]]) -> Iterator[tuple[str, str]]:
    """Those of one place whose names begin alike and differ little, legal forms apart."""
    blocks: dict[tuple[str | None, str], list[tuple[str, str]]] = defaultdict(list)
    for place, name, key in named:
        plain = " ".join(w for w in fold(name).replace(".", "").split() if w not in _FORMS)
        blocks[place, plain[:3]].append((plain, key))
    for block in blocks.values():
        if len(block) > LARGEST_BLOCK:
            continue
        for (one, first), (other, second) in combinations(
            sorted(block, key=lambda item: _number(item[1])), 2
        ):
            if fuzz.ratio(one, other) >= ALIKE:
                yield first, second


def _number(key: str) -> int:
    return int(key.partition("-")[2])
