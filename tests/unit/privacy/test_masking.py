"""A masked copy holds nobody: no field of any model, and no file, comes along as it was."""

import contextlib
import sqlite3
import subprocess
from dataclasses import replace

import pytest
from django.db import connection, models

from pejl_hub.companies.cvr import is_cvr
from pejl_hub.privacy import masking
from pejl_hub.privacy.masks import Masks
from pejl_hub.privacy.register import register
from tests.command import Hub
from tests.unit.privacy import conftest

MARK, ADDRESS = "qxmark", "198.51.100.77"


@pytest.fixture
def marked(filled, monkeypatch):
    """A row of every model with the mark in every field that is masked."""

    def mark(field):
        if isinstance(field, models.JSONField):
            return {"deep": [MARK, {"e": f"{MARK}@mark.example"}]}
        if isinstance(field, models.GenericIPAddressField):
            return ADDRESS
        return f"{MARK}@mark.example"[: field.max_length]

    def plain(field, usual=conftest._plain):
        said = masking.rules(register().tables[field.model._meta.label_lower])
        is_masked = field.name in said and not isinstance(field, models.UUIDField)
        return mark(field) if is_masked else usual(field)

    monkeypatch.setattr(conftest, "_personal", lambda field, table, kind, who: mark(field))
    monkeypatch.setattr(conftest, "_plain", plain)
    row = {"name": MARK, "email": f"{MARK}@mark.example", "source_id": MARK, "source": "escrm"}
    gone = {"model": "companies.person", "pk": 1, "before": row, "after": None}
    special = {
        "companies.mergerecord": lambda who: {"changes": [gone]},
        # The database's checks are on when the copy is masked.
        "surveys.enrolment": lambda who: {"reason": "by_staff"},
    }
    monkeypatch.setattr(conftest, "SPECIAL", special)
    filled("person")


@pytest.fixture
def hub(marked, tmp_path):
    """The same rows in a hub of their own, with files of every kind beside them."""
    made = Hub(tmp_path / "var", tables=False)
    made.data.mkdir()
    (made.data / "pejl.sqlite3").write_bytes(connection.connection.serialize())
    for name in ("files/paper.txt", "snapshots/one/guidance.csv", "closes/ab/figures.json"):
        (made.data / name).parent.mkdir(parents=True)
        (made.data / name).write_text(MARK)
    assert made.run("privacy", "find", "nobody").returncode == 0  # its tables are up to date
    return made


def dumped(database):
    with contextlib.closing(sqlite3.connect(database)) as opened:
        return "\n".join(opened.iterdump()).lower()


def test_no_mark_of_any_field_of_any_model_is_in_the_copy_or_its_files(hub, tmp_path):
    live = hub.data / "pejl.sqlite3"
    # Else the test could not fail: as many marks as fields, or more.
    fields = [n for t in register().tables.values() for n in t.personal]
    assert dumped(live).count(MARK) + dumped(live).count(ADDRESS) >= len(fields)
    before = dumped(live)
    done = hub.run("privacy", "mask", "--to", tmp_path / "copy")
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in (tmp_path / "copy").rglob("*"))
    assert made == ["demo_password", "pejl.sqlite3"]
    after = dumped(tmp_path / "copy" / "pejl.sqlite3")
    assert [line for line in after.splitlines() if MARK in line or ADDRESS in line] == []
    whole = b"".join(path.read_bytes() for path in (tmp_path / "copy").iterdir())
    assert MARK.encode() not in whole.lower()
    assert ADDRESS.encode() not in whole
    assert dumped(live) == before
    assert [path.name for path in hub.data.glob(".masked-*")] == []


@pytest.mark.parametrize("where", ["the hub's own folder", "inside it", "a folder with a hub"])
def test_the_hub_itself_and_a_place_that_is_taken_are_refused(tmp_path, where):
    hub = Hub(tmp_path / "var")
    other = Hub(tmp_path / "other")
    places = [hub.data, hub.data / "copy", other.data]
    names = ["the hub's own folder", "inside it", "a folder with a hub"]
    place = places[names.index(where)]
    before = [dumped(one.data / "pejl.sqlite3") for one in (hub, other)]
    done = hub.run("privacy", "mask", "--to", place)
    assert done.returncode == 1
    assert "Nothing was written" in done.stderr
    assert [dumped(one.data / "pejl.sqlite3") for one in (hub, other)] == before
    assert not (hub.data / "copy").exists()


def test_a_hub_on_sqlite_has_no_address_to_go_to(tmp_path):
    hub = Hub(tmp_path / "var")
    address = "postgresql://pejl:hidden@nowhere.invalid/pejl"
    done = hub.run("privacy", "mask", "--to", tmp_path / "copy", "--to-database", address)
    assert done.returncode == 1
    assert "hidden" not in done.stderr
    assert not (tmp_path / "copy").exists()


def test_something_is_said_of_every_field_of_every_model():
    assert masking.undecided() == []


def test_a_field_that_nothing_is_said_of_stops_it(monkeypatch):
    known = register()
    person = known.tables["companies.person"]
    strange = replace(person, personal={**person.personal, "municipality": ("own", "shoe_size")})
    less = masking.decisions()
    kept = {label: names for label, names in less.kept.items() if label != "bodies.body"}
    monkeypatch.setattr(masking, "register", lambda: replace(
        known, tables={**known.tables, "companies.person": strange}))  # fmt: skip
    monkeypatch.setattr(masking, "decisions", lambda: replace(less, kept=kept))
    assert masking.undecided() == [
        "bodies.body.name: neither masked nor kept",
        "companies.person.municipality: masked and kept",
        "companies.person.municipality: shoe_size has no mask",
    ]
    with pytest.raises(masking.PejlError, match="shoe_size"):
        masking.mask("default", "x")


def test_the_same_person_has_the_same_mask_in_one_run_and_another_in_the_next():
    masks, others = Masks(), Masks()
    assert masks.name("Bo  Brun") == masks.name("bo brun") != masks.name("Cille Carl")
    assert masks.email("bo@brun.dk").lower() == masks.email("BO@brun.dk").lower()
    assert masks.email("bo@brun.dk") != masks.email("BO@brun.dk")  # two addresses in one company
    assert [masks.token("x")] == [masks.token("x")]
    assert masks.token("x") != others.token("x")


def test_every_company_gets_a_number_of_its_own_that_checks_and_is_nobodys():
    masks = Masks()
    made = {masks.cvr(f"{number:08}") for number in range(3_000)}
    assert len(made) == 3_000
    assert all(is_cvr(one) and one.startswith("9") for one in made)


@pytest.mark.postgres
def test_on_postgresql_the_copy_goes_to_an_empty_database_and_to_no_other(postgres, tmp_path):
    live, empty = postgres.migrated_database(), postgres.new_database()
    hub = Hub(tmp_path / "var", {"DATABASE_URL": live})
    hub.python(FILL)
    to = ("privacy", "mask", "--to", tmp_path / "copy", "--to-database")
    before = text_of(live)
    for taken in (live, postgres.migrated_database()):
        refused = hub.run(*to, taken)
        assert refused.returncode == 1
        assert "an empty one" in refused.stderr
        assert not (tmp_path / "copy").exists()
    assert text_of(live) == before
    made = hub.json(*to, empty)
    assert made["rows"] > 2
    assert "bo brun" in before
    after = text_of(empty)
    assert [word for word in ("bo brun", "bo@brun.dk", "53648371", "anker") if word in after] == []
    assert text_of(live) == before
    copy = Hub(tmp_path / "copy", {"DATABASE_URL": empty, "PEJL_DEMO": "1"})
    assert counts(copy) == counts(hub)
    assert copy.json("audit", "verify")["holds"]


FILL = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "pejl_hub.config.settings"
import django; django.setup()
from datetime import date
from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.guidance.models import Guidance
firm = Company.objects.create(cvr="53648371", name="Anker Enkeltmand")
Contact.objects.create(company=firm, name="Bo Brun", email="bo@brun.dk")
Person.objects.create(name="Bo Brun", email="bo@brun.dk")
for day in range(1, 11):
    Guidance.objects.create(company=firm, held_on=date(2024, 1, day), type="specialised",
        state="held", segment="growth", municipality="101", recorded_on=date(2024, 1, day))
"""


def counts(hub):
    return {name: goal["value"] for name, goal in hub.status("2024-01-31").items()}


def text_of(address):
    """The database as PostgreSQL dumps it, but for the keys that newer ones put in each dump."""
    from pejl_hub.operations.databases import _program

    done = subprocess.run(
        [_program("pg_dump"), f"--dbname={address}"], capture_output=True, text=True, check=True
    )
    lines = done.stdout.lower().splitlines()
    return "\n".join(line for line in lines if "restrict" not in line)
