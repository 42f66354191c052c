"""The room of personal data: who may see it, and what it says."""

import io
import zipfile

import pytest

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
    assert len(sheets) == 2
    assert "Brugerevaluering" in book.read("xl/sharedStrings.xml").decode()
