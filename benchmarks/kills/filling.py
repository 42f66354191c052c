"""The small hub that is killed again and again: every room has something in it."""

import hashlib
from datetime import date
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from benchmarks import hub, imports
from pejl_hub.accounts.models import Role, User
from pejl_hub.audit import chain
from pejl_hub.companies.models import Company, Person
from pejl_hub.guidance.models import Guidance
from pejl_hub.publishing.models import Edition, State
from pejl_hub.status.queries import contract_on

SIZE = hub.Size(companies=60, guidances=400)
ASKED, GUIDED, TODAY = 40, date(2024, 5, 10), date(2024, 6, 3)
FILE = b"an edition's file"
MONTH, JUNE = date(2024, 1, 31), date(2024, 6, 30)
ROWS, FIRMS = 600, 120
OTHERS = 1000  # companies of the export that are none of the hub's own


def fill() -> None:
    """Fill the hub that this process is at home in; its tables are there."""
    people = {"alice": Role.CONTROLLER, "dorte": Role.DIRECTOR, "tove": Role.TEAM_LEAD}
    for name, role in people.items():
        User.objects.create(username=name, role=role, email=f"{name}@example.org")
    hub.fill(SIZE)
    _count_on()
    asked = Person.objects.bulk_create(
        Person(name=f"Asked {number}", email=f"asked{number}@example.org")
        for number in range(ASKED)
    )
    Guidance.objects.bulk_create(
        Guidance(
            person=one, type="specialised", state="held", segment="entrepreneur",
            held_on=GUIDED, recorded_on=GUIDED,
        )
        for one in asked
    )  # fmt: skip
    _twins()
    contract = contract_on(JUNE)
    edition = Edition.objects.create(
        contract_id=contract.id, contract_sha256=contract.sha256, as_of=JUNE, minimum=3,
        state=State.PUBLISHED, who="alice", published_at=timezone.now(),
        file_sha256=hashlib.sha256(FILE).hexdigest(),
    )  # fmt: skip
    file = Path(settings.DATA) / "editions" / f"{edition.pk}-{JUNE.isoformat()}.csv"
    file.parent.mkdir()
    file.write_bytes(FILE)
    chain.seal()


def _count_on() -> None:
    """Rows were given their numbers: let PostgreSQL go on after them."""
    models = [one for one in apps.get_models() if one._meta.managed]
    with connection.cursor() as cursor:
        for words in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(words)


def _twins() -> None:
    """Two companies who are one, each with guidances."""
    gone, kept = Company.objects.order_by("pk")[:2]
    for company in (gone, kept):
        Guidance.objects.bulk_create(
            Guidance(company=company, type="specialised", state="held", segment="growth",
                     held_on=GUIDED, recorded_on=GUIDED)
            for _ in range(10)
        )  # fmt: skip


def write_export(folder: Path) -> None:
    """An export of companies and guidances that the hub has not seen."""
    firms = islice(imports._companies(), OTHERS, OTHERS + FIRMS)
    guidances = (
        [*row[:2], f"SMV{OTHERS + number % FIRMS:06}", *row[3:]]
        for number, row in enumerate(imports._guidances(ROWS))
    )
    folder.mkdir()
    imports._write(folder / "a" / "virksomheder.csv", imports.COMPANY, firms)
    imports._write(folder / "b" / "vejledninger.csv", imports.GUIDANCE, guidances)
    for file in folder.glob("*/*.csv"):
        file.rename(folder / file.name)
        file.parent.rmdir()
