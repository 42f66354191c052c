"""A person who is erased is found nowhere in the database, whatever kind of person they are."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit import chain
from pejl_hub.audit.actions import record
from pejl_hub.audit.models import AuditEntry
from pejl_hub.communication.models import Press
from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.privacy import remembered
from pejl_hub.privacy.erasing import erase
from pejl_hub.privacy.models import Case, State
from pejl_hub.privacy.register import register
from pejl_hub.privacy.subjects import Subject, closure
from tests.unit.privacy.conftest import OWN

pytestmark = pytest.mark.django_db
KINDS = list(register().subjects)
# What an erasure writes of itself.
NOTED = {"privacy.case", "audit.auditentry", "companies.tombstone", "snapshots.change"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_mark_of_an_erased_person_is_left_anywhere_and_every_row_is(filled, dumped, kind):
    who = filled(kind)
    before, counts = dumped(), rows_of_every_table()
    # Else the test could not fail: the marks are there, in the search index too.
    assert who.name.lower() in before
    erase(first=Subject(kind, 1), reason="Bad om det.", by=None)
    after = dumped()
    assert [word for word in who.words(kind) if word.lower() in after] == []
    marks = [
        f"{OWN}-{label}.{name}"
        for label, table in register().tables.items()
        if kind in table.of
        for name, (reach, _) in table.personal.items()
        if reach == "own"
    ]
    assert [mark for mark in marks if mark.lower() in after] == []
    left = rows_of_every_table()
    more = {label for label in counts if left[label] != counts[label]}
    assert more <= NOTED
    assert all(left[label] > counts[label] for label in more)


def rows_of_every_table():
    return {label: t.model._base_manager.count() for label, t in register().tables.items()}


@pytest.fixture
def bo():
    return Person.objects.create(name="Bo Brun", email="bo@brun.dk")


def test_the_chain_of_the_audit_log_holds_after_an_erasure(bo):
    firm = Company.objects.create(cvr="53648371", name="Anker")
    Contact.objects.create(company=firm, name="Bo Brun", email="BO@brun.dk")
    chain.seal()
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    chain.seal()
    assert chain.verify().holds
    assert Contact.objects.get().name == "(slettet)"
    assert Company.objects.get().name == "Anker"


def test_rows_with_the_same_address_are_the_same_person_but_users_are_themselves(bo):
    User.objects.create_user("bob", email="bo@brun.dk")
    namesake = Person.objects.create(name="Bo Brun", email="other@brun.dk")
    assert closure(Subject("person", bo.pk)) == [Subject("person", bo.pk)]
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    namesake.refresh_from_db()
    assert namesake.name == "Bo Brun"
    assert User.objects.get().email == "bo@brun.dk"


def test_the_reason_does_not_tell_who_it_was(bo):
    case = erase(first=Subject("person", bo.pk), reason="Bo Brun bad om det.", by=None)
    assert case.reason == "(slettet) bad om det."
    entry = AuditEntry.objects.get(action="privacy.erased")
    assert "Bo" not in str(entry.details)


@pytest.mark.parametrize("reason", ["", "   ", "CPR 251299-1234"])
def test_an_erasure_needs_a_reason_without_a_cpr_number(bo, reason):
    with pytest.raises(UserError):
        erase(first=Subject("person", bo.pk), reason=reason, by=None)
    bo.refresh_from_db()
    assert (bo.name, Case.objects.count()) == ("Bo Brun", 0)


def test_whoever_is_held_back_is_not_erased_until_it_is_lifted(bo):
    def decide(state):
        Case.objects.create(
            kind="person", number=bo.pk, state=state, reason="Retssag.", who="alice"
        )

    decide(State.HELD)
    with pytest.raises(UserError):
        erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    decide(State.LIFTED)
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    bo.refresh_from_db()
    assert bo.name == "(slettet)"


def test_a_user_is_closed_first_and_their_sessions_end():
    user = User.objects.create_user("bob", first_name="Bob", last_name="Sort", email="b@s.dk")
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.save()
    with pytest.raises(UserError):
        erase(first=Subject("user", user.pk), reason="Bad om det.", by=None)
    User.objects.update(is_active=False)
    erase(first=Subject("user", user.pk), reason="Bad om det.", by=None)
    user.refresh_from_db()
    assert user.username == f"slettet-{user.pk}"
    assert not user.has_usable_password()
    assert not Session.objects.exists()


def test_nothing_is_erased_when_the_list_cannot_be_written(bo, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.PEJL_BACKUPS = tmp_path / "file" / "below"
    with pytest.raises(UserError):
        erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    bo.refresh_from_db()
    assert bo.name == "Bo Brun"


def test_the_list_of_erasures_holds_no_name(bo):
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    text = remembered.path().read_text()
    assert '"kind": "person"' in text
    assert "Brun" not in text
    assert remembered.path().stat().st_mode & 0o077 == 0


def test_a_text_of_json_and_one_of_words_lose_the_name(bo):
    """Letters outside ASCII are written in two ways: as JSON on SQLite, as they are elsewhere."""
    Person.objects.filter(pk=bo.pk).update(name="Åse Ærø")
    with transaction.atomic():
        entry = record(by=None, action="told", obj=bo, details={"to": ["Kære Åse Ærø!"]})
    press = Press.objects.create(title="Portræt af ÅSE ÆRØ", published_on="2024-01-01", kind="case")
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    entry.refresh_from_db()
    press.refresh_from_db()
    assert entry.details == {"to": ["(slettet)"]}
    assert press.title == "Portræt af (slettet)"
