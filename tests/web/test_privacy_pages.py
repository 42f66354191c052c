"""The room of personal data: who may see it, and what it says."""

import io
import zipfile
from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult

from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Company, Person
from pejl_hub.guidance.models import Guidance
from pejl_hub.privacy.categories import CATEGORIES
from pejl_hub.privacy.models import Case, RetentionRule, RetentionRun
from pejl_hub.privacy.tasks import retain

pytestmark = pytest.mark.django_db
SEES = ("alice", "dorte", "rune", "anna")
SEES_NOT = ("ravi", "tove", "bent", "kaj", "karla", "erna", "cille", "poul")


def test_the_record_says_what_is_held_of_whom(signed_in):
    page = signed_in("alice").get("/privatliv/")
    assert page.status_code == 200
    said = page.content.decode()
    assert "Vejledning af virksomheder og før-startere" in said
    assert "Før-startere: 60 måneder efter" in said
    assert "e-mailadresse" in said


@pytest.mark.parametrize("name", SEES)
@pytest.mark.parametrize("path", ["/privatliv/", "/privatliv/fortegnelse.xlsx"])
def test_those_who_answer_for_the_data_see_the_record(signed_in, name, path):
    assert signed_in(name).get(path).status_code == 200


@pytest.mark.parametrize("name", SEES_NOT)
@pytest.mark.parametrize("path", ["/privatliv/", "/privatliv/fortegnelse.xlsx"])
def test_others_do_not(signed_in, name, path):
    assert signed_in(name).get(path).status_code == 403


def test_the_workbook_has_the_activities_and_the_fields(signed_in):
    answer = signed_in("rune").get("/privatliv/fortegnelse.xlsx")
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert "Brugerevaluering" in book.read("xl/sharedStrings.xml").decode()


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.PEJL_BACKUPS = tmp_path / "backups"


@pytest.fixture
def bo(db):
    return Person.objects.create(name="Bo Brun", email="bo@brun.dk")


def address(bo, way=""):
    return f"/privatliv/personer/person/{bo.pk}/{way}"


@pytest.mark.parametrize("name", [*SEES_NOT, "dorte", "rune"])
def test_only_those_who_keep_the_room_find_and_decide(signed_in, bo, name):
    client = signed_in(name)
    for path in ("/privatliv/personer/", address(bo), address(bo, "slet/")):
        assert client.get(path).status_code == 403
    assert client.post(address(bo, "slet/"), {"reason": "x", "sure": "on"}).status_code == 403
    bo.refresh_from_db()
    assert bo.name == "Bo Brun"


def test_a_person_is_found_by_post_and_erased_with_a_reason_and_a_tick(signed_in, bo):
    client = signed_in("alice")
    assert address(bo) in client.post("/privatliv/personer/", {"q": "bo b"}).content.decode()
    assert "Bo Brun" in client.get(address(bo)).content.decode()
    unticked = client.post(address(bo, "slet/"), {"reason": "Bad om det."})
    assert unticked.status_code == 400
    bo.refresh_from_db()
    assert bo.name == "Bo Brun"
    done = client.post(address(bo, "slet/"), {"reason": "Bad om det.", "sure": "on"}, follow=True)
    assert "Personen er slettet" in done.content.decode()
    bo.refresh_from_db()
    assert (bo.name, bo.email) == ("(slettet)", None)
    assert "Personen er slettet" in client.get(address(bo)).content.decode()


def test_what_stays_is_said_before_anybody_is_erased(signed_in, bo, settings):
    backups = settings.PEJL_BACKUPS
    backups.mkdir()
    client = signed_in("alice")
    assert "Ingen rapporter, bilag" in client.get(address(bo, "slet/")).content.decode()
    (backups / "pejl-20260101T000000Z.tar").write_bytes(b"whole")
    said = client.get(address(bo, "slet/")).content.decode()
    assert "pejl-20260101T000000Z.tar" in said
    assert "Til huset sletter kopien efter sin frist." in said
    assert "pejl-2026" not in client.get(address(bo, "hold/")).content.decode()
    assert "120 måneder efter frigivelsen" in client.get("/privatliv/").content.decode()


def test_a_search_that_finds_nobody_says_what_to_do(signed_in):
    page = signed_in("anna").post("/privatliv/personer/", {"q": "ingen her"}).content.decode()
    assert "Prøv en del af navnet" in page


def test_holding_back_stands_in_the_way_of_erasing_until_it_is_lifted(signed_in, bo):
    client = signed_in("anna")
    client.post(address(bo, "hold/"), {"reason": "Tvist."})
    refused = client.post(address(bo, "slet/"), {"reason": "Bad om det.", "sure": "on"})
    assert refused.status_code == 400
    assert client.post(address(bo, "hold/"), {"reason": "Igen."}).status_code == 400
    client.post(address(bo, "ophaev/"), {"reason": "Forlig."})
    client.post(address(bo, "slet/"), {"reason": "Bad om det.", "sure": "on"})
    bo.refresh_from_db()
    assert bo.name == "(slettet)"
    states = [case.state for case in Case.objects.order_by("id")]
    assert states == ["held", "lifted", "erased"]


def test_a_refusal_is_a_decision_with_an_entry_in_the_trail(signed_in, bo):
    signed_in("alice").post(address(bo, "afslaa/"), {"reason": "Tilskud udbetales endnu."})
    assert Case.objects.get().state == "refused"
    assert AuditEntry.objects.get(action="privacy.refused").details == {
        "reason": "Tilskud udbetales endnu."
    }
    bo.refresh_from_db()
    assert bo.name == "Bo Brun"


def test_the_decisions_are_read_by_those_who_see_the_record(signed_in, bo):
    signed_in("alice").post(address(bo, "hold/"), {"reason": "Tvist."})
    page = signed_in("rune").get("/privatliv/afgoerelser/").content.decode()
    assert "Tvist." in page
    assert "Brun" not in page
    assert signed_in("ravi").get("/privatliv/afgoerelser/").status_code == 403


def test_a_company_that_is_no_person_is_not_there(signed_in):
    client = signed_in("alice")
    firm = Company.objects.create(cvr="53648371", name="Anker ApS", form="ApS")
    assert client.get(f"/privatliv/personer/company/{firm.pk}/").status_code == 404
    assert client.get(f"/privatliv/personer/ghost/{firm.pk}/").status_code == 404
    Company.objects.update(form="Enkeltmandsvirksomhed")
    assert client.get(f"/privatliv/personer/company/{firm.pk}/").status_code == 200


RULES = {one.key: one.months for one in CATEGORIES}


@pytest.fixture
def old(db):
    found = Person.objects.create(name="Gammel", email="g@x.dk", created_on=date(2015, 1, 1))
    Guidance.objects.create(person=found, held_on=date(2016, 1, 1), type="orienting", state="held")
    return found


def test_the_rules_are_changed_on_their_page_with_an_entry(signed_in):
    client = signed_in("alice")
    assert 'name="people"' in client.get("/privatliv/opbevaring/").content.decode()
    client.post("/privatliv/opbevaring/", RULES | {"people": 24})
    assert RetentionRule.objects.get().months == 24
    assert AuditEntry.objects.filter(action="retention.changed").count() == 1
    assert "Før-startere: 24 måneder" in client.get("/privatliv/").content.decode()
    assert client.post("/privatliv/opbevaring/", RULES | {"people": 0}).status_code == 400


def test_those_who_only_see_the_rules_do_not_change_them(signed_in):
    for name in ("rune", "dorte"):
        client = signed_in(name)
        assert 'name="people"' not in client.get("/privatliv/opbevaring/").content.decode()
        assert client.post("/privatliv/opbevaring/", RULES | {"people": 24}).status_code == 403
        assert client.get("/privatliv/opbevaring/forfaldent/").status_code == 200
        assert client.post("/privatliv/opbevaring/bestil/").status_code == 403
    assert signed_in("ravi").get("/privatliv/opbevaring/").status_code == 403
    assert not RetentionRule.objects.exists()


def test_what_is_due_goes_when_a_second_person_has_agreed(signed_in, old):
    alice, anna = signed_in("alice"), signed_in("anna")
    page = alice.get("/privatliv/opbevaring/forfaldent/").content.decode()
    assert f"person {old.pk}" in page
    assert "Gammel" not in page
    alice.post("/privatliv/opbevaring/bestil/")
    run = RetentionRun.objects.get()
    alice.post(f"/privatliv/opbevaring/{run.pk}/godkend/")
    assert not DBTaskResult.objects.exists()
    anna.post(f"/privatliv/opbevaring/{run.pk}/godkend/")
    retain.call(**DBTaskResult.objects.get().args_kwargs["kwargs"])
    old.refresh_from_db()
    assert old.name == "(slettet)"
    assert "Før-startere: 1" in anna.get("/privatliv/opbevaring/").content.decode()


def test_the_copy_is_taken_by_those_who_keep_the_room_and_noted(signed_in, bo):
    answer = signed_in("alice").get(address(bo, "indsigt.zip"))
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="indsigt-person-{bo.pk}.zip"'
    )
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    done = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"privacy.exported", "file.taken_out"} <= done
    assert signed_in("rune").get(address(bo, "indsigt.zip")).status_code == 403
