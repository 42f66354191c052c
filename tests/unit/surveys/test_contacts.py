"""The companies' contacts from a file: who may be written to."""

from pathlib import Path

import pytest

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Contact
from pejl_hub.surveys.actions.contacts import take_in
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.models import Invitation
from tests.command import Hub
from tests.unit.surveys.conftest import CVRS, TODAY, held

FILE = f"""cvr;navn;email;sprog
{CVRS[0]};Alice;alice@firma.example;
{CVRS[0]};Bo;bo@firma.example;en
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "kontakter.csv"
        path.write_text(text, encoding)
        return path

    return write


def test_each_line_is_a_contact_and_the_first_is_the_main_one(company, written):
    done = take_in(path=written(FILE), by=None)
    assert (done.new, done.changed, done.unchanged, done.refused) == (2, 0, 0, [])
    assert list(Contact.objects.order_by("id").values_list("name", "language", "is_main")) == [
        ("Alice", "da", True),
        ("Bo", "en", False),
    ]


def test_the_main_contact_is_the_one_who_is_asked(company, written):
    take_in(path=written(FILE), by=None)
    held(company=company)
    assert enrol(today=TODAY, by=None).asked == 1
    assert Invitation.objects.get().email == "alice@firma.example"


def test_the_same_file_changes_nothing_and_a_new_name_changes_one(company, written):
    take_in(path=written(FILE), by=None)
    again = take_in(path=written(FILE), by=None)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    renamed = take_in(path=written(FILE.replace("Bo;", "Bodil;")), by=None)
    assert (renamed.new, renamed.changed, renamed.unchanged) == (0, 1, 1)
    assert Contact.objects.get(email="bo@firma.example").edited_at is not None


def test_an_address_in_other_letters_is_the_same_contact(company, written):
    take_in(path=written(FILE), by=None)
    take_in(path=written(FILE.replace("alice@", "ALICE@")), by=None)
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("10001005;Carl;carl@firma.example;", "no company 10001005"),
        (f"{CVRS[0]};Carl;ikke-en-adresse;", "e-mail"),
        (f"{CVRS[0]};251299-1234;carl@firma.example;", "CPR"),
        (f"{CVRS[0]};Carl;carl@firma.example;fr", "fr"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_the_others_are_taken(
    company, written, line, said
):
    done = take_in(path=written(FILE + line + "\n"), by=None)
    assert done.new == 2
    assert [one.line for one in done.refused] == [4]
    assert said in done.refused[0].reason


@pytest.mark.parametrize("text", ["navn;email\nAlice;a@b.dk\n", ""])
def test_a_file_without_the_columns_is_refused_whole(db, written, text):
    with pytest.raises(UserError, match="cvr, navn, email"):
        take_in(path=written(text), by=None)


def test_a_file_that_is_not_utf_8_or_not_there_is_refused(db, written, tmp_path):
    with pytest.raises(UserError, match="UTF-8"):
        take_in(path=written("cvr;navn;email\n1;Søren;a@b.dk\n", "utf-16"), by=None)
    with pytest.raises(UserError):
        take_in(path=tmp_path / "mangler.csv", by=None)


def test_who_took_them_in_is_in_the_log_with_the_counts(company, written):
    anna = User.objects.create(username="anna")
    take_in(path=written(FILE), by=anna)
    entry = AuditEntry.objects.get(action="contacts_taken_in")
    assert (entry.who, entry.details) == ("anna", {"new": 2, "changed": 0, "refused": 0})


def test_the_command_names_the_refused_lines_and_ends_with_1(tmp_path, written):
    hub = Hub(tmp_path / "hub")
    done = hub.run("survey", "contacts", written(FILE))
    assert (done.returncode, "New: 0" in done.stdout) == (1, True)
    assert f"Refused, line 2: the hub has no company {CVRS[0]}" in done.stderr
