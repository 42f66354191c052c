"""The search: what is typed, and who is found first."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Contact, Person
from pejl_hub.companies.search import find_clients
from pejl_hub.companies.searchindex import install

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.django_db
MOST_QUERIES = 14

COMPANIES = {
    "53648371": "Nordvind Møbler ApS",
    "10000009": "Sønderjysk Smedeværksted A/S",
    "10000017": "Bageriet på Ærø",
    "10000025": "Aarhus Åkande",
    "10000033": "3F Holding",
    "10000041": "100 % Grøn_Energi",
}
FOUND = """
 typed                  first
 53648371               Nordvind Møbler ApS
 53_64_83_71            Nordvind Møbler ApS
 DK-53648371            Nordvind Møbler ApS
 dk_5364_8371           Nordvind Møbler ApS
 CVR:_53.64.83.71       Nordvind Møbler ApS
 5364                   Nordvind Møbler ApS
 53648317               Nordvind Møbler ApS
 nordvind               Nordvind Møbler ApS
 mobler                 Nordvind Møbler ApS
 moebler                Nordvind Møbler ApS
 nordvinf_møbler        Nordvind Møbler ApS
 møbler_nordv           Nordvind Møbler ApS
 no                     Nordvind Møbler ApS
 sonderjysk_smed        Sønderjysk Smedeværksted A/S
 smedevaerksted         Sønderjysk Smedeværksted A/S
 SMEDEVÆRKSTED          Sønderjysk Smedeværksted A/S
 bageri_aero            Bageriet på Ærø
 bagreiet               Bageriet på Ærø
 århus                  Aarhus Åkande
 aakande                Aarhus Åkande
 3f                     3F Holding
 grøn_energi            100 % Grøn_Energi
 100_%                  100 % Grøn_Energi
 emma_dahl              Emma Dahl
 ema_dal                Emma Dahl
 emma@dahl.dk           Emma Dahl
 viggo_krag             3F Holding
"""
NOT_FOUND = [
    "",
    " ",
    "x",
    "xqzwv",
    "99999999",
    '"',
    "'; DROP TABLE",
    "%",
    "_",
    "\\",
    "*",
    "a" * 900,
]


def typed_and_first():
    lines = FOUND.strip().splitlines()[1:]
    pairs = (line.split(maxsplit=1) for line in lines)
    return [(typed.replace("_", " "), first.strip()) for typed, first in pairs]


@pytest.fixture
def clients():
    made = {name: Company.objects.create(cvr=cvr, name=name) for cvr, name in COMPANIES.items()}
    Person.objects.create(name="Emma Dahl", email="emma@dahl.dk", municipality="151")
    Contact.objects.create(company=made["3F Holding"], name="Viggo Krag", email="vk@3f.dk")
    return made


@pytest.mark.parametrize(("typed", "first"), typed_and_first())
def test_a_client_is_found_first_by(clients, typed, first):
    assert [client.name for client in find_clients(typed)][:1] == [first]


@pytest.mark.parametrize("typed", NOT_FOUND)
def test_what_means_nobody_finds_nobody(clients, typed):
    assert find_clients(typed) == []


def test_what_is_known_now_is_shown_with_the_client(clients):
    company = clients["3F Holding"]
    for day, place, size in ((1, "101", 4), (2, "151", 7)):
        held = {"company": company, "from_date": date(2024, 1, day), "source": "typed"}
        CompanyMunicipality.objects.create(**held, municipality=place)
        CompanySize.objects.create(**held, employees=size)
    (found,) = find_clients("3f hold")
    assert (found.kind, found.cvr, found.municipality, found.employees) == (
        "company", "10000033", "151", 7
    )  # fmt: skip
    (person,) = find_clients("emma dahl")
    assert (person.kind, person.cvr, person.municipality, person.employees) == (
        "person", None, "151", None
    )  # fmt: skip


def test_one_slip_in_a_number_is_said(clients):
    (found,) = find_clients("53648317")
    assert found.note == "cvr"
    assert find_clients("53648371")[0].note == ""


def test_no_more_are_given_than_asked_for(clients):
    assert len(find_clients("10", limit=3)) == 3
    assert len(find_clients("10")) == 5


def test_the_index_follows_every_write(clients):
    company = clients["3F Holding"]
    Company.objects.filter(pk=company.pk).update(name="Fjordkaffe")
    assert [c.pk for c in find_clients("fjordkaf")] == [company.pk]
    assert "3F Holding" not in {c.name for c in find_clients("3f")}
    Contact.objects.all().delete()
    Company.objects.filter(pk=company.pk).delete()
    assert find_clients("fjordkaf") == []


def test_an_index_that_is_lost_is_made_again(clients):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER companies_company_pieces_made")
    late = Company.objects.create(cvr="10000068", name="Zebrastriben")
    assert find_clients("zebrastr") == []
    install("default")
    assert [c.pk for c in find_clients("zebrastr")] == [late.pk]


def test_the_queries_do_not_grow_with_the_clients(clients):
    Company.objects.bulk_create(
        Company(cvr=cvr, name=f"Nordvind {cvr}") for cvr in many_cvr_numbers(300)
    )
    for typed in ("nordvind", "nordvinf mobelr", "5364", "53648317", "emma"):
        with CaptureQueriesContext(connection) as asked:
            find_clients(typed)
        assert len(asked) <= MOST_QUERIES, typed


def many_cvr_numbers(count):
    from pejl_hub.companies.cvr import is_cvr

    numbers = (str(n) for n in range(20_000_000, 30_000_000) if is_cvr(str(n)))
    return [next(numbers) for _ in range(count)]


# A lost index is SQLite's own trouble: PostgreSQL keeps an index when it changes its table.
THIS = "tests/unit/companies/test_search.py"


@pytest.mark.postgres
def test_postgresql_finds_the_same(postgres, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not postgres",
         "--deselect", f"{THIS}::test_an_index_that_is_lost_is_made_again", THIS],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
