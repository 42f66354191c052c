"""A client who was merged away is not brought back by an import, and every undoing is exact."""

import pytest

from pejl.base.errors import UserError
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.companies.actions import link_person
from pejl_hub.companies.following import survivors
from pejl_hub.companies.merging import merge, undo_merge
from pejl_hub.companies.models import Company, CompanyRecord, CompanySize, FormerRecord, Person
from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.sources.imports import undo_import
from pejl_hub.sources.models import ImportRun
from tests.spec.imports.conftest import guidance
from tests.unit.companies.drawn import rows_of_all_tables

pytestmark = pytest.mark.django_db

KEPT, GONE, LAST = "10000009", "53648371", "10000017"
TRACES = ("sources.importrun", "sources.importchange")
COMPANIES = """
SMV1;10000009;;Anker ApS;101;702200;;18-05-2003;2;Nej;03-01-2022
SMV2;53648371;;Anker Design A/S;147;702200;A/S;18-05-2003;12;Nej;03-01-2022
"""
PEOPLE = """
POT1;Bo Berg;;0147;03-01-2022;
POT2;Bo B. Berg;bo@example.dk;101;03-01-2022;
"""
APPROACHES = "O1;18-05-2024;53648371;147;12;Ja;Interesseret"


def rows(drawn):
    return drawn.strip().splitlines()


def records():
    """Every row of every table but the imports themselves."""
    return {name: held for name, held in rows_of_all_tables().items() if name not in TRACES}


def outcome(result, kind):
    counts = result.files[kind]
    return (counts.created, counts.updated, counts.unchanged, counts.rejected)


@pytest.fixture
def export(imported):
    files = {
        "virksomheder": rows(COMPANIES),
        "personer": rows(PEOPLE),
        "vejledninger": [guidance(Klient="SMV2"), guidance(VejledningId="V2", Klient="POT2")],
        "opsoegende": [APPROACHES],
    }
    imported(**files)
    return files


@pytest.fixture
def tove(db, settings):
    settings.DATA.mkdir(exist_ok=True)
    make_demo_users()
    return User.objects.get(username="tove")


@pytest.fixture
def merged(export, tove):
    """Both pairs are one: every row before, and the records of the two merges."""
    before = records()
    pairs = (
        (Company.objects.get(cvr=GONE), Company.objects.get(cvr=KEPT)),
        (Person.objects.get(source_id="POT2"), Person.objects.get(source_id="POT1")),
    )
    return before, [merge(gone=gone, kept=kept, why="dublet", by=tove) for gone, kept in pairs]


def undo(result):
    undo_import(run=ImportRun.objects.get(pk=result.run_id), by=None)


def test_the_same_export_again_changes_nothing_and_is_undone(merged, export, imported):
    before = records()
    result = imported(**export)
    assert {kind: outcome(result, kind)[:2] for kind in export} == dict.fromkeys(export, (0, 0))
    assert records() == before
    undo(result)
    assert records() == before


CHANGED = """
 file          from                 to             why
 virksomheder  Design_A/S;147       Nyt_ApS;101    the company has a new name and place
 virksomheder  ;12;                 ;30;           it has grown
 virksomheder  ;Nej;                ;Ja;           it is protected now
 personer      Bo_B.                Bob            the person has a new name
 personer      ;101;                ;151;          and a new place
 personer      03-01-2022;          ;SMV1          they founded a company
 vejledninger  ;60;                 ;90;           the guidance took longer
 opsoegende    Interesseret         Ikke_truffet   the outcome was another
"""


@pytest.mark.parametrize("line", rows(CHANGED)[1:])
def test_a_changed_row_lands_on_the_one_kept_and_both_are_undone_to_the_last_field(
    line, merged, tove, export, imported
):
    kind, old, new = (cell.replace("_", " ") for cell in line.split()[:3])
    before, merges = merged
    between = records()
    changed = [*export[kind][:-1], export[kind][-1].replace(old, new)]
    assert changed != export[kind]
    result = imported(**{kind: changed})
    assert outcome(result, kind) == (0, 1, len(changed) - 1, 0)
    assert (Company.objects.count(), Person.objects.count()) == (1, 1)
    again = imported(**{kind: changed})
    assert outcome(again, kind)[:2] == (0, 0)
    undo(again)
    undo(result)
    assert records() == between
    for record in reversed(merges):
        undo_merge(record=record, by=tove)
    assert records() == before


def test_what_was_unknown_is_learnt_and_what_was_decided_stays(merged, imported):
    company, person = Company.objects.get(), Person.objects.get()
    assert (company.name, company.form, person.name) == ("Anker ApS", "A/S", "Bo Berg")
    imported(
        virksomheder=["SMV2;53648371;;Nyt Navn;147;;ApS;;30;Ja;"],
        personer=["POT2;Andet Navn;ny@example.dk;151;;SMV1"],
    )
    company.refresh_from_db()
    person.refresh_from_db()
    assert (company.name, company.form, company.advertising_protected) == ("Anker ApS", "A/S", True)
    assert (person.name, person.email, person.municipality) == (
        "Bo Berg", "bo@example.dk", "147",
    )  # fmt: skip
    assert person.later_company == company


def test_a_new_row_under_a_number_that_is_gone_is_the_one_kepts(merged, imported):
    result = imported(
        virksomheder=["SMV3;53648371;;Anker Design;147;702200;A/S;;7;Nej;"],
        vejledninger=[guidance(VejledningId="V3", Klient="POT2")],
        opsoegende=[APPROACHES.replace("O1", "O2")],
        programmer=["P1;SMV:Digital;1;Ja"],
        arrangementer=["A1;Workshop;18-05-2024;Fysisk;101;Digitalisering;"],
        deltagelser=["D1;A1;POT2;Deltog"],
    )
    assert result.total.rejected == 0
    assert CompanyRecord.objects.get(source_id="SMV3").company.cvr == KEPT
    assert CompanySize.objects.filter(company__cvr=KEPT, employees=7).exists()
    assert Guidance.objects.get(source_id="V3").person == Person.objects.get()
    assert set(Approach.objects.values_list("cvr", flat=True)) == {KEPT}
    came = Attendance.objects.get()
    # As ADR 3 has it: the place of the very record that was named.
    assert (came.person, came.municipality) == (Person.objects.get(), "101")


def test_the_rows_of_both_may_come_in_one_file_in_either_order(merged, imported):
    both = ["POT1;Bo Berg;;0151;;", "POT2;Bo;;0157;;SMV1"]
    for people in (
        both,
        [row.replace("0157", "0159").replace("0151", "0153") for row in both[::-1]],
    ):
        assert outcome(imported(personer=people), "personer") == (0, 2, 0, 0)
        assert Person.objects.get().later_company == Company.objects.get()
    assert Person.objects.get().municipality == "153"


def test_an_empty_cell_takes_no_link_away_that_was_made_here(export, tove, imported):
    person, company = Person.objects.get(source_id="POT1"), Company.objects.get(cvr=KEPT)
    link_person(person=person, company=company, by=tove)
    before = Person.objects.values().get(pk=person.pk)
    result = imported(personer=["POT1;Bo Berg;;0151;03-01-2022;"])
    person.refresh_from_db()
    assert (person.municipality, person.later_company) == ("151", company)
    undo(result)
    assert Person.objects.values().get(pk=person.pk) == before


def test_a_person_who_is_a_company_stays_that_company(export, tove, imported):
    person, company = Person.objects.get(source_id="POT2"), Company.objects.get(cvr=KEPT)
    before = records()
    record = merge(gone=person, kept=company, why="enkeltmand", by=tove)
    again = imported(**export)
    moved = imported(
        personer=["POT2;Nyt Navn;ny@example.dk;151;;"],
        vejledninger=[guidance(VejledningId="V3", Klient="POT2")],
    )
    assert Person.objects.get().source_id == "POT1"
    assert Guidance.objects.get(source_id="V3").company == company
    undo(moved)
    undo(again)
    undo_merge(record=record, by=tove)
    assert records() == before


def test_whoever_is_merged_again_is_found_at_the_end_of_the_way(merged, tove, imported):
    imported(virksomheder=["SMV9;10000017;;Tredje;101;;;;3;Nej;"], personer=["POT9;Per;;101;;"])
    merge(
        gone=Company.objects.get(cvr=KEPT), kept=Company.objects.get(cvr=LAST), why="igen", by=tove
    )
    merge(
        gone=Person.objects.get(source_id="POT1"), kept=Person.objects.get(source_id="POT9"),
        why="igen", by=tove,
    )  # fmt: skip
    assert survivors([GONE, KEPT, LAST]) == {GONE: LAST, KEPT: LAST}
    imported(opsoegende=[APPROACHES], personer=[row.replace("Bo", "Ib") for row in rows(PEOPLE)])
    assert set(Approach.objects.values_list("cvr", flat=True)) == {LAST}
    assert Person.objects.get().source_id == "POT9"
    assert set(FormerRecord.objects.values_list("person", flat=True)) == {Person.objects.get().pk}


def test_neither_is_undone_over_the_other(merged, tove, export, imported):
    before, (company, person) = records(), merged[1]
    with pytest.raises(UserError, match="edited since"):
        undo_import(run=ImportRun.objects.earliest("pk"), by=None)
    assert records() == before
    imported(personer=[row.replace("101", "151") for row in export["personer"]])
    with pytest.raises(UserError, match="somebody has changed"):
        undo_merge(record=person, by=tove)
    undo_merge(record=company, by=tove)


def test_a_number_that_is_free_again_is_its_own_companys(merged, tove, imported):
    undo_merge(record=merged[1][0], by=tove)
    imported(virksomheder=["SMV2;53648371;;Anker Design;147;702200;A/S;;7;Nej;"])
    assert CompanyRecord.objects.get(source_id="SMV2").company.cvr == GONE
    assert Company.objects.get(cvr=GONE).name == "Anker Design"
