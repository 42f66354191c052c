"""A number that was merged away is not made anew by the register: the company kept stays itself."""

import json

import pytest

from pejl.base.errors import UserError
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.companies.actions import save_client, save_fact
from pejl_hub.companies.merging import merge, undo_merge
from pejl_hub.companies.models import Company, CompanySize
from pejl_hub.sources.cvr.entry import read
from pejl_hub.sources.cvr.refresh import carry_out, fetch, start_refresh
from pejl_hub.sources.cvr.writing import write_entry
from pejl_hub.sources.models import RegisterEntry
from tests.cvrregister import company, month
from tests.unit.companies.drawn import rows_of_all_tables

pytestmark = pytest.mark.django_db
KEPT, GONE = "10000009", "10000025"


def write(cvr, **said):
    return write_entry(entry=read(company(cvr, **said)), by=None, make=True)


@pytest.fixture
def tove(db):
    make_demo_users()
    return User.objects.get(username="tove")


@pytest.fixture
def merged(tove):
    """Both as the register has them, and the merge of the one into the other."""
    kept, gone = write(KEPT, name="Anker ApS").company, write(GONE, name="Anker A/S").company
    before = rows_of_all_tables()
    return before, merge(gone=gone, kept=kept, why="dublet", by=tove)


def of_companies():
    held = rows_of_all_tables()
    return {name: rows for name, rows in held.items() if name.startswith("companies.")}


LATER = {
    "erstMaanedsbeskaeftigelse": [month(2024, 3, 40, "ANTAL_20_49")],
    "virksomhedsform": [],
}


def test_fetching_it_finds_the_one_kept_and_leaves_its_facts(merged, register_of):
    register_of(company(GONE, name="Et andet navn", **LATER))
    before = of_companies()
    change = fetch(cvr=GONE, by=None)
    assert (change.company.cvr, change.made, change.merged, change.facts) == (KEPT, False, True, {})
    assert of_companies() == before
    assert RegisterEntry.objects.filter(cvr=GONE).exists()


def test_a_file_of_hits_refreshes_the_one_kept_and_makes_none(merged, tmp_path):
    path = tmp_path / "hits.jsonl"
    hits = [company(KEPT, name="Anker ApS", **LATER), company(GONE, name="Anker A/S", **LATER)]
    path.write_text("\n".join(json.dumps(hit) for hit in hits))
    run = carry_out(start_refresh(by=None, path=path, now=True))
    assert (run.looked_up, run.changed, run.strangers) == (2, 1, 0)
    assert Company.objects.count() == 1
    assert CompanySize.objects.filter(employees=40).count() == 1


def test_its_protection_is_not_lost_and_what_nobody_knew_is_learnt(merged):
    Company.objects.update(form=None)
    assert write(GONE, reklamebeskyttet=True).facts == {
        "advertising_protected": (False, True),
        "form": (None, "APS"),
    }


def test_a_refresh_between_leaves_undoing_exact(merged, tove):
    before, record = merged
    write(GONE)
    undo_merge(record=record, by=tove)
    now = rows_of_all_tables()
    register = "sources.registerentry"  # which remembers when it was read last
    assert {n: r for n, r in now.items() if n != register} == {
        n: r for n, r in before.items() if n != register
    }
    assert write(GONE).company.cvr == GONE


def test_nobody_types_a_number_that_was_merged_away(merged, tove):
    with pytest.raises(UserError, match="merged into Anker ApS"):
        save_client(client=Company(cvr=GONE, name="Anker igen"), by=tove)
    undo_merge(record=merged[1], by=tove)
    with pytest.raises(UserError, match="on record already"):
        save_client(client=Company(cvr=GONE, name="Anker igen"), by=tove)


def test_a_fact_of_the_register_is_not_corrected_by_hand_but_followed_by_a_typed_one(merged, tove):
    told = CompanySize.objects.filter(source="cvr").latest()
    told.employees = 9
    with pytest.raises(UserError, match="a fact from cvr"):
        save_fact(fact=told, by=tove)
    typed = CompanySize(company=told.company, from_date=told.from_date, employees=9)
    save_fact(fact=typed, by=tove)
    assert write(KEPT, name="Anker ApS").facts == {}
    assert set(CompanySize.objects.values_list("source", "employees")) == {("cvr", 8), ("typed", 9)}
