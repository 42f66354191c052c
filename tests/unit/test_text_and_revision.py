"""CPR numbers are refused as text; the data revision and the audit log go with the act."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from pejl_hub.accounts.models import Role, User
from pejl_hub.audit.actions import COMMAND, record
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Person
from pejl_hub.core.actions import bump_revision, current_revision
from pejl_hub.core.text import hide_cpr, looks_like_cpr, refuse_cpr


@pytest.mark.parametrize(
    "text",
    [
        "251299-1234",
        "251299 1234",
        "2512991234",
        "ring til 010100-0000.",
        "(290200-1234)",
        "850199-1234",  # a replacement number: day 25 + 60
    ],
)
def test_a_text_with_a_cpr_number_is_found_and_refused(text):
    assert looks_like_cpr(text)
    with pytest.raises(ValidationError):
        refuse_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "53648371",
        "320199-1234",  # no 32nd day
        "311199-1234",  # November has 30 days
        "290299-1234",  # no leap day in 1999
        "251399-1234",  # no 13th month
        "251299-12345",
        "1251299-1234",
        "V2512991234",
    ],
)
def test_a_text_that_only_resembles_one_is_let_through(text):
    assert not looks_like_cpr(text)
    refuse_cpr(text)


def test_ten_bare_digits_may_be_a_p_number_where_that_is_what_the_column_holds():
    assert looks_like_cpr("1012345678")
    assert not looks_like_cpr("1012345678", bare=False)
    assert looks_like_cpr("101234-5678", bare=False)


def test_hiding_leaves_what_is_needed_to_find_the_row_but_not_the_number():
    assert hide_cpr("Kontakt: 251299-1234, tlf. 33112233") == "Kontakt: 251299-XXXX, tlf. 33112233"
    assert hide_cpr("53648371") == "53648371"


@pytest.mark.django_db
class TestRevision:
    def test_it_starts_at_zero_and_moves_by_one(self):
        assert current_revision() == 0
        with transaction.atomic():
            assert bump_revision() == 1
            assert bump_revision() == 2
        assert current_revision() == 2

    def test_it_stands_or_falls_with_the_write(self):
        with transaction.atomic():
            bump_revision()
            transaction.set_rollback(True)
        assert current_revision() == 0


@pytest.mark.django_db(transaction=True)
def test_neither_the_revision_nor_the_log_is_written_outside_a_transaction():
    petra = Person.objects.create(name="Petra")
    with pytest.raises(transaction.TransactionManagementError):
        bump_revision()
    with pytest.raises(transaction.TransactionManagementError):
        record(by=None, action="edit", obj=petra)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
class TestAudit:
    def test_an_entry_says_who_did_what_to_which_thing(self):
        alice = User.objects.create(username="alice", role=Role.CONTROLLER)
        petra = Person.objects.create(name="Petra")
        made = record(by=alice, action="edit", obj=petra, details={"name": ["Per", "Petra"]})
        made.refresh_from_db()
        assert (made.by, made.who, made.action) == (alice, "alice", "edit")
        assert (made.object_type, made.object_id) == ("companies.person", str(petra.pk))
        assert made.details == {"name": ["Per", "Petra"]}

    def test_who_stays_readable_when_the_user_is_gone(self):
        alice = User.objects.create(username="alice", role=Role.CONTROLLER)
        made = record(by=alice, action="edit", obj=alice)
        alice.delete()
        made.refresh_from_db()
        assert (made.by, made.who) == (None, "alice")

    def test_the_command_line_has_a_name_too(self):
        petra = Person.objects.create(name="Petra")
        assert record(by=None, action="edit", obj=petra).who == COMMAND
