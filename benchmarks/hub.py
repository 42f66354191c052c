"""Fills a hub's own tables with as many records as a country's hubs would have, for timing pages.

Every value is drawn from a fixed seed, so that two runs time the same records. Import it only when
Django is set up. Numbers of rows are those of ``Size``.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from pejl_hub.accounts.models import User
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanySize,
    Contact,
    Person,
)
from pejl_hub.events.models import Attendance, Event
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach, Campaign, Candidate
from pejl_hub.programmes.models import Participation, Programme, Round
from pejl_hub.referrals.models import Referral
from pejl_hub.sources import bulk

PLACES = ("101", "147", "151", "153", "157", "159", "161", "163", "165", "167", "169", "173")
FIRST = ("Nordvind", "Anker", "Fjord", "Havne", "Bøge", "Sønder", "Lærke", "Klit", "Ravn", "Elme")
LAST = ("Møbler", "Design", "Smedje", "Bageri", "Byg", "Consult", "Software", "Teknik", "Kaffe")
FORMS = ("ApS", "A/S", "I/S", "IVS")
PEOPLE = ("Emma", "Bo", "Cille", "Dorte", "Erik", "Freja", "Gorm", "Hanne", "Ib", "Jette")
FIRST_DAY, DAYS = date(2020, 1, 1), 2150
BATCH = 20_000


@dataclass(frozen=True)
class Size:
    """How many rows of each kind; the others follow from these."""

    companies: int = 100_000
    guidances: int = 1_000_000

    @property
    def people(self) -> int:
        """A person to four companies."""
        return self.companies // 4


def fill(size: Size, say: Callable[[str], None] = lambda _: None) -> None:
    """Put the records into an empty database; each table in one transaction."""
    draw = random.Random(2024)
    for model, columns, rows in _tables(size, draw):
        say(f"{model._meta.label}")
        with transaction.atomic():
            _insert(model, columns, rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    given = iter(rows)
    while batch := list(islice(given, BATCH)):
        bulk.insert(model, columns, batch)


def _tables(
    size: Size, draw: random.Random
) -> Iterator[tuple[type[models.Model], Sequence[str], Iterable[Sequence[Any]]]]:
    companies, people = size.companies, size.people
    numbers = list(islice(_cvr_numbers(), companies))
    yield Company, ("id", "cvr", "name", "form"), _companies(numbers, draw)
    yield Person, ("id", "name", "email", "municipality"), _people(people, draw)
    yield Contact, ("company_id", "name", "email", "language", "is_main"), _contacts(companies)
    dated = ("company_id", "from_date", "source")
    yield CompanySize, (*dated, "employees"), _facts(companies, draw, _employees)
    yield CompanyMunicipality, (*dated, "municipality"), _facts(companies, draw, _place)
    yield (
        CompanyIndustry,
        (*dated, "code", "nomenclature"),
        (
            (*row, "DB07")
            for row in _facts(companies, draw, lambda d: d.choice(("702200", "620100", "561110")))
        ),
    )
    client = ("company_id", "person_id", "municipality", "segment", "employees")
    yield (
        Guidance,
        (*client, "held_on", "type", "state", "channel", "priority_area", "adviser", "minutes"),
        ((*_client(size, draw), *_guidance(draw)) for _ in range(size.guidances)),
    )
    yield from _events(size, client, draw)
    yield from _programmes(size, client, draw)
    yield (
        Referral,
        ("guidance_id", "referred_on", "recipient", "recipient_kind", "state"),
        (
            (n, _day(draw), draw.choice(LAST), draw.choice(("private", "public")), "sent")
            for n in range(1, size.guidances // 10)
        ),
    )
    yield from _outreach(numbers, draw)


def _cvr_numbers() -> Iterator[str]:
    return (str(number) for number in range(10_000_000, 100_000_000) if is_cvr(str(number)))


def _day(draw: random.Random) -> date:
    return FIRST_DAY + timedelta(days=draw.randrange(DAYS))


def _place(draw: random.Random) -> str | None:
    return draw.choice((*PLACES, None))


def _employees(draw: random.Random) -> int | None:
    return draw.choice((None, 0, 1, 2, 3, 5, 7, 9, 12, 25, 80))


def _companies(numbers: Sequence[str], draw: random.Random) -> Iterator[Sequence[Any]]:
    for number, cvr in enumerate(numbers, start=1):
        form = draw.choice(FORMS)
        yield number, cvr, f"{draw.choice(FIRST)} {draw.choice(LAST)} {number} {form}", form


def _people(count: int, draw: random.Random) -> Iterator[Sequence[Any]]:
    for number in range(1, count + 1):
        name = f"{draw.choice(PEOPLE)} {draw.choice(FIRST)} {number}"
        yield number, name, f"person{number}@example.dk", _place(draw)


def _contacts(companies: int) -> Iterator[Sequence[Any]]:
    for number in range(1, companies + 1, 2):
        yield number, f"Kontakt {number}", f"k{number}@example.dk", "da", True


def _facts(
    companies: int, draw: random.Random, value: Callable[[random.Random], Any]
) -> Iterator[Sequence[Any]]:
    """One for each company, and a second one for every fifth."""
    for number in range(1, companies + 1):
        yield number, FIRST_DAY, "drawn", value(draw)
        if number % 5 == 0:
            yield number, FIRST_DAY + timedelta(days=700), "drawn", value(draw)


def _client(size: Size, draw: random.Random) -> Sequence[Any]:
    """Three of four are companies; the first company and the first person come again and again."""
    whose = 1 if draw.random() < 0.002 else None
    facts = (_place(draw), draw.choice(("entrepreneur", "growth", "operating")), _employees(draw))
    if draw.random() < 0.75:
        return (whose or draw.randint(1, size.companies), None, *facts)
    return (None, whose or draw.randint(1, size.people), *facts)


def _guidance(draw: random.Random) -> Sequence[Any]:
    return (
        _day(draw),
        draw.choice(("specialised", "specialised", "orienting")),
        draw.choice(("held", "held", "held", "held", "planned", "cancelled", "no_show")),
        draw.choice(("physical", "virtual", "phone")),
        draw.choice(("sustainability", "digital", "international", None)),
        f"Rådgiver {draw.randrange(60)}",
        30 + draw.randrange(90),
    )


def _events(size: Size, client: Sequence[str], draw: random.Random) -> Iterator[Any]:
    count = size.guidances // 400
    Event.objects.bulk_create(
        Event(
            title=f"{draw.choice(FIRST)}møde {n}",
            held_on=_day(draw),
            municipality=draw.choice(PLACES),
        )
        for n in range(count)
    )
    yield (
        Attendance,
        (*client, "event_id", "state"),
        (
            (
                *_client(size, draw),
                draw.randint(1, count),
                draw.choice(("attended", "attended", "registered", "no_show")),
            )
            for _ in range(size.guidances // 5)
        ),
    )


def _programmes(size: Size, client: Sequence[str], draw: random.Random) -> Iterator[Any]:
    programme = Programme.objects.create(name="SMV:Digital")
    rounds = [
        Round.objects.create(programme=programme, name=str(n), national=n % 2 == 0)
        for n in range(20)
    ]
    yield (
        Participation,
        (*client, "round_id", "form", "state", "stated_on", "committed_amount"),
        (
            (
                *_client(size, draw),
                draw.choice(rounds).pk,
                draw.choice(("grant", "course")),
                draw.choice(("committed", "running", "completed", "paid")),
                _day(draw),
                draw.choice((None, 50_000)),
            )
            for _ in range(size.guidances // 10)
        ),
    )


def _outreach(numbers: Sequence[str], draw: random.Random) -> Iterator[Any]:
    owner = User.objects.order_by("pk").first()
    campaign = Campaign.objects.create(
        name="Forår", municipality="101", owner=owner,
        starts_on=FIRST_DAY, ends_on=FIRST_DAY + timedelta(days=DAYS),
    )  # fmt: skip
    Candidate.objects.bulk_create(
        Candidate(campaign=campaign, company_id=n, added_by=owner)
        for n in range(1, min(500, len(numbers)) + 1)
    )
    yield (
        Approach,
        ("contacted_on", "cvr", "municipality", "employees", "with_local_service", "outcome"),
        (
            (
                _day(draw),
                draw.choice(numbers),
                _place(draw),
                _employees(draw),
                draw.random() < 0.5,
                "interested",
            )
            for _ in range(len(numbers) // 2)
        ),
    )
