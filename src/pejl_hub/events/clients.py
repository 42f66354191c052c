"""Who a sign-up may be, and what was true of a client on the event's day.

The CVR number decides, then the e-mail address, then the company's exact name in its
municipality. A name alone never decides: it is shown, and somebody chooses.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models.functions import Lower

from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.following import survivors
from pejl_hub.companies.models import (
    Company,
    CompanyMunicipality,
    CompanySize,
    Contact,
    Person,
    Segment,
)

COMPANY, PERSON = "company", "person"
CHUNK = 500  # SQLite takes no more than some thousand numbers in one question
T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Client:
    """A company or a person on record."""

    kind: str
    number: int


@dataclass(frozen=True)
class ClientFacts:
    """What was true of a client on a day; unknown is None."""

    municipality: str | None = None
    segment: str | None = None
    employees: int | None = None


@dataclass(frozen=True)
class Said:
    """What a sign-up says of whose it is."""

    cvr: str | None = None
    email: str | None = None
    company_name: str | None = None
    municipality: str | None = None


@dataclass(frozen=True)
class Match:
    """Whose it is and by which rule; else whom it may be, and why."""

    client: Client | None = None
    by: str | None = None
    candidates: tuple[tuple[Client, str], ...] = ()


@dataclass
class Known:
    """What is on record for a number of sign-ups, asked for at once."""

    by_cvr: dict[str, Client] = field(default_factory=dict)
    by_email: dict[str, set[Client]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[Client]] = field(default_factory=lambda: defaultdict(set))
    places: dict[int, str | None] = field(default_factory=dict)

    def match(self, said: Said) -> Match:
        """Whose the sign-up is: by number, else by address, else by name in its municipality."""
        cvr = tidy_cvr(said.cvr)
        if is_cvr(cvr):
            found = self.by_cvr.get(cvr)
            return Match(found, "cvr") if found else Match()
        addressed = self.by_email.get((said.email or "").lower(), set())
        if addressed:
            return _decided(addressed, "email")
        return self._by_name(said)

    def _by_name(self, said: Said) -> Match:
        named = self.by_name.get(said.company_name or "", set())
        here = {one for one in named if self._stands_in(one, said.municipality)}
        if len(here) == 1:
            return Match(here.pop(), "name")
        return Match(candidates=tuple((one, "name") for one in sorted(here or named)))

    def _stands_in(self, client: Client, municipality: str | None) -> bool:
        return municipality is not None and self.places.get(client.number) == municipality


def tidy_cvr(written: str | None) -> str:
    """A CVR number as people write it: spaces and DK in front do not matter."""
    return "".join((written or "").split()).upper().removeprefix("DK")


def known(said: Collection[Said], day: date) -> Known:
    """Everything on record that the sign-ups may mean; ``day`` is the event's."""
    found = Known()
    for some in _chunks({tidy_cvr(one.cvr) for one in said} - {""}):
        now = survivors(some)
        there = Company.objects.filter(cvr__in=[*some, *now.values()])
        numbers = dict(there.values_list("cvr", "pk"))
        for cvr in some:
            if (number := numbers.get(now.get(cvr, cvr))) is not None:
                found.by_cvr[cvr] = Client(COMPANY, number)
    for some in _chunks({(one.email or "").lower() for one in said} - {""}):
        _add_addresses(found, some)
    for some in _chunks({one.company_name or "" for one in said} - {""}):
        for name, number in Company.objects.filter(name__in=some).values_list("name", "pk"):
            found.by_name[name].add(Client(COMPANY, number))
    named = {one.number for several in found.by_name.values() for one in several}
    found.places = _latest(CompanyMunicipality, "municipality", named, day)
    return found


def match_one(said: Said, day: date) -> Match:
    """Whose one sign-up is."""
    return known([said], day).match(said)


def facts_on(day: date, clients: Iterable[Client]) -> dict[Client, ClientFacts]:
    """What was true of each client on the day; the segment is the last that was judged."""
    wanted = set(clients)
    companies = {one.number for one in wanted if one.kind == COMPANY}
    persons = {one.number for one in wanted if one.kind == PERSON}
    places = _latest(CompanyMunicipality, "municipality", companies, day)
    sizes = _latest(CompanySize, "employees", companies, day)
    judged = {COMPANY: _judged(Company, companies, day), PERSON: _judged(Person, persons, day)}
    homes: dict[int, str | None] = {}
    for some in _chunks(persons):
        homes.update(Person.objects.filter(pk__in=some).values_list("pk", "municipality"))
    return {
        one: ClientFacts(
            places.get(one.number), judged[COMPANY].get(one.number), sizes.get(one.number)
        )
        if one.kind == COMPANY
        # A person on record is a pre-starter until an adviser has judged otherwise.
        else ClientFacts(homes.get(one.number), judged[PERSON].get(one.number, Segment.PRE_STARTER))
        for one in wanted
    }


def _add_addresses(found: Known, addresses: Sequence[str]) -> None:
    contacts = Contact.objects.annotate(low=Lower("email")).filter(low__in=addresses)
    for low, number in contacts.values_list("low", "company_id"):
        found.by_email[low].add(Client(COMPANY, number))
    persons = Person.objects.annotate(low=Lower("email")).filter(low__in=addresses)
    for low, number, later in persons.values_list("low", "pk", "later_company_id"):
        # Whoever has founded a company since is that company.
        found.by_email[low].add(Client(COMPANY, later) if later else Client(PERSON, number))


def _decided(found: set[Client], by: str) -> Match:
    if len(found) == 1:
        return Match(next(iter(found)), by)
    return Match(candidates=tuple((one, by) for one in sorted(found)))


def _latest(
    model: type[CompanyMunicipality] | type[CompanySize], name: str, companies: set[int], day: date
) -> dict[int, T]:
    """The newest fact on or before the day; later rows win over earlier ones."""
    found: dict[int, T] = {}
    for some in _chunks(companies):
        rows = model.objects.filter(company_id__in=some, from_date__lte=day)
        found.update(rows.order_by("from_date", "pk").values_list("company_id", name))
    return found


def _judged(model: type[Company] | type[Person], numbers: set[int], day: date) -> dict[int, str]:
    """The segment of the last guidance held; guidance is asked through the client it is given."""
    found: dict[int, str] = {}
    for some in _chunks(numbers):
        rows = model.objects.filter(
            pk__in=some,
            guidance__segment__isnull=False,
            guidance__state="held",
            guidance__held_on__lte=day,
            guidance__withdrawn_at=None,
        )
        rows = rows.order_by("guidance__held_on", "guidance__pk")
        found.update(rows.values_list("pk", "guidance__segment"))
    return found


def _chunks(values: Collection[T]) -> Iterator[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]
