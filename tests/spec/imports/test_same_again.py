"""A source's number is one record: imported again it is unchanged, or updated."""

import pytest

from pejl.base.errors import UserError
from pejl_hub.companies.models import Company, CompanyRecord, Person
from pejl_hub.core.models import DataRevision
from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.sources.imports import run_import, undo_import
from pejl_hub.sources.models import ImportRun
from tests.spec.imports.conftest import guidance, write

pytestmark = pytest.mark.usefixtures("clients")


def outcome(counts):
    return (counts.created, counts.updated, counts.unchanged, counts.rejected)


def test_two_records_with_one_cvr_number_are_one_company():
    assert Company.objects.count() == 1
    assert CompanyRecord.objects.count() == 2


def test_a_person_is_linked_to_the_company_founded_later():
    company = Company.objects.get()
    assert dict(Person.objects.values_list("source_id", "later_company")) == {
        "POT1": None,
        "POT2": company.pk,
    }


def test_an_attendance_freezes_the_facts_of_the_record_it_names(imported):
    imported(deltagelser=["D1;A1;SMV1;Deltog", "D2;A1;SMV2;Deltog", "D3;A1;POT2;Deltog"])
    frozen = Attendance.objects.order_by("source_id").values_list("municipality", "employees")
    assert list(frozen) == [("101", 2), ("151", 12), (None, None)]


def test_a_row_exported_twice_counts_once(imported):
    counts = imported(vejledninger=[guidance(), guidance()]).files["vejledninger"]
    assert outcome(counts) == (1, 0, 1, 0)


def test_two_rows_that_claim_one_number_are_not_both_believed(imported):
    counts = imported(vejledninger=[guidance(), guidance(Status="Aflyst")]).files["vejledninger"]
    assert outcome(counts) == (1, 0, 0, 1)


def test_a_second_import_changes_nothing_and_moves_no_revision(imported):
    imported(vejledninger=[guidance()])
    before = DataRevision.objects.get().number
    counts = imported(vejledninger=[guidance()]).files["vejledninger"]
    assert outcome(counts) == (0, 0, 1, 0)
    assert DataRevision.objects.get().number == before


def test_a_changed_row_is_updated_and_undo_restores_it_field_by_field(imported):
    imported(vejledninger=[guidance()])
    before = Guidance.objects.values().get()
    result = imported(vejledninger=[guidance(Status="Aflyst", Kommune="")])
    assert outcome(result.files["vejledninger"]) == (0, 1, 0, 0)
    assert Guidance.objects.values_list("state", "municipality").get() == ("cancelled", None)
    undo_import(run=ImportRun.objects.get(pk=result.run_id), by=None)
    assert Guidance.objects.values().get() == before


def test_undo_takes_away_what_the_import_made(imported):
    result = imported(vejledninger=[guidance()])
    undo_import(run=ImportRun.objects.get(pk=result.run_id), by=None)
    assert not Guidance.objects.exists()
    assert Company.objects.count() == 1


def test_an_import_that_a_later_one_changed_is_not_undone(imported):
    first = imported(vejledninger=[guidance()])
    imported(vejledninger=[guidance(Status="Aflyst")])
    with pytest.raises(UserError, match="has changed since"):
        undo_import(run=ImportRun.objects.get(pk=first.run_id), by=None)
    assert Guidance.objects.get().state == "cancelled"


def test_an_import_on_which_others_rest_is_not_undone(imported):
    clients = ImportRun.objects.get()
    imported(vejledninger=[guidance()])
    with pytest.raises(UserError, match="others rest"):
        undo_import(run=clients, by=None)
    assert Company.objects.count() == 1


def test_an_import_is_undone_once(imported):
    run = ImportRun.objects.get(pk=imported(vejledninger=[guidance()]).run_id)
    undo_import(run=run, by=None)
    with pytest.raises(UserError, match="undone"):
        undo_import(run=run, by=None)


def test_the_run_keeps_the_files_hash_who_and_when(tmp_path):
    path = write(tmp_path / "one", {"vejledninger": [guidance()]}) / "vejledninger.csv"
    run_import(path=path, source="escrm", by=None)
    run = ImportRun.objects.latest("pk")
    assert len(run.file_sha256) == 64
    assert run.who
    assert run.finished_at is not None


def test_a_rehearsal_leaves_nothing(tmp_path):
    path = write(tmp_path / "one", {"vejledninger": [guidance()]})
    before = ImportRun.objects.count()
    result = run_import(path=path, source="escrm", by=None, dry_run=True)
    assert outcome(result.files["vejledninger"]) == (1, 0, 0, 0)
    assert (Guidance.objects.count(), ImportRun.objects.count()) == (0, before)
