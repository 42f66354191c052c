"""An import does not bring back whoever was erased, and counts what it brings of them."""

import pytest

from pejl.base.errors import UserError
from pejl_hub.companies.models import Company, FormerRecord, Person
from pejl_hub.companies.tombstones import Tombstone
from pejl_hub.guidance.models import Guidance
from pejl_hub.privacy.erasing import erase
from pejl_hub.privacy.subjects import Subject
from pejl_hub.sources.imports import undo_import
from pejl_hub.sources.models import ImportChange, ImportRun
from tests.spec.imports.conftest import CLIENTS, guidance

pytestmark = pytest.mark.django_db
CHANGED = "POT1;Bo B. Berg;bo2@example.dk;0147;03-01-2022;"
SOLE = "SMV9;53648371;;Gerda Grøn;101;702200;Enkeltmandsvirksomhed;18-05-2003;0;Nej;03-01-2022"


@pytest.fixture(autouse=True)
def backups(settings, tmp_path):
    settings.PEJL_BACKUPS = tmp_path / "backups"


@pytest.fixture
def erased(imported, clients):
    imported(vejledninger=[guidance(Klient="POT1")])
    bo = Person.objects.get(source_id="POT1")
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    return bo


def people():
    return sorted(Person.objects.values_list("name", flat=True))


def test_without_an_erasure_the_same_file_changes_the_person(imported, clients):
    imported(personer=[CHANGED])
    assert people() == ["Bo B. Berg", "Cille Carl"]


@pytest.mark.parametrize("row", [CLIENTS["personer"][0], CHANGED])
def test_an_erased_person_is_not_read_in_again(imported, erased, row):
    result = imported(personer=[row])
    assert people() == ["(slettet)", "Cille Carl"]
    counts = result.files["personer"]
    assert (counts.unchanged, counts.rejected, counts.erased) == (1, 0, 1)
    assert result.as_json()["files"]["personer"]["erased"] == 1


def test_what_comes_of_them_later_is_theirs_who_are_nobody(imported, erased):
    imported(vejledninger=[guidance(VejledningId="V2", Klient="POT1", Dato="20-05-2024")])
    assert set(Guidance.objects.values_list("person", flat=True)) == {erased.pk}
    assert Guidance.objects.count() == 2


def test_the_number_in_the_source_is_kept_as_a_keyed_hash_only(erased):
    erased.refresh_from_db()
    assert (erased.source, erased.source_id, erased.email) == (None, None, None)
    keys = Tombstone.objects.values_list("key", flat=True)  # of the number and of the address
    assert [len(key) for key in keys] == [64, 64]


def test_what_an_import_kept_to_be_undone_forgets_the_person(imported, clients):
    imported(personer=[CHANGED])
    bo = Person.objects.get(source_id="POT1")
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    assert "Berg" not in str(list(ImportChange.objects.values_list("before", flat=True)))


def test_undoing_the_import_that_brought_them_leaves_nobody_in_their_place(imported, erased):
    undo_import(run=ImportRun.objects.order_by("id").first(), by=None)
    assert people() == ["(slettet)"]
    assert Guidance.objects.get().person == erased


def test_undoing_an_import_that_changed_them_is_refused(imported, clients):
    imported(personer=[CHANGED])
    bo = Person.objects.get(source_id="POT1")
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    with pytest.raises(UserError):
        undo_import(run=ImportRun.objects.order_by("id").last(), by=None)
    assert people() == ["(slettet)", "Cille Carl"]


def test_a_sole_trader_keeps_the_number_and_loses_the_name(imported, clients):
    imported(virksomheder=[SOLE])
    firm = Company.objects.get(cvr="53648371")
    erase(first=Subject("company", firm.pk), reason="Bad om det.", by=None)
    imported(virksomheder=[SOLE.replace("Gerda Grøn", "Gerda G. Grøn")])
    assert Company.objects.get(cvr="53648371").name == "(slettet)"
    assert Company.objects.get(cvr="10000009").name == "Anker Design"


def test_a_record_that_was_merged_into_the_person_is_not_brought_back_either(imported, clients):
    bo = Person.objects.get(source_id="POT1")
    run = ImportRun.objects.first()
    FormerRecord.objects.create(
        person=bo, source="escrm", source_id="POT7", source_hash="x", import_run=run
    )
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    imported(personer=["POT7;Bo Berg;bo@example.dk;0147;03-01-2022;"])
    assert people() == ["(slettet)", "Cille Carl"]
    assert not FormerRecord.objects.filter(source_id="POT7").exists()
