"""The audit log is only added to, and a chain shows what was written past the program."""

import json

import pytest
from django.db import connection, transaction
from typer.testing import CliRunner

from pejl_hub.accounts.models import User
from pejl_hub.audit import chain
from pejl_hub.audit.actions import record
from pejl_hub.audit.forgetting import forget
from pejl_hub.audit.models import AuditEntry, Link, NeverChanged
from pejl_hub.cli import app
from pejl_hub.companies.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return User.objects.create_user("alice")


@pytest.fixture
def log(alice):
    """Five acts, sealed."""
    firm = Company.objects.create(cvr="53648371", name="Anker")
    for n in range(5):
        with transaction.atomic():
            record(by=alice, action="made", obj=firm, details={"n": n, "ø": [None, 1.5]})
    assert chain.seal() == 5
    return list(AuditEntry.objects.order_by("pk"))


def by_hand(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def test_a_log_that_nobody_touched_holds(log):
    found = chain.verify()
    assert (found.links, found.unsealed, found.breaks) == (5, 0, [])
    assert found.head == Link.objects.get(number=5).digest


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("who", "mallory"),
        ("action", "other"),
        ("object_type", "a.b"),
        ("object_id", "99"),
        ("details", '{"n": 9}'),
        ("at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_a_changed_entry_shows(log, column, value):
    by_hand(f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s", value, log[2].pk)
    assert [(b.number, b.entry, b.what) for b in chain.verify().breaks] == [
        (3, log[2].pk, "changed")
    ]


def test_an_entry_that_was_taken_away_shows(log):
    by_hand("DELETE FROM audit_link WHERE number = 3")
    by_hand("DELETE FROM audit_auditentry WHERE id = %s", log[2].pk)
    assert [(b.number, b.what) for b in chain.verify().breaks] == [(3, "missing"), (4, "changed")]


def test_a_chain_that_was_made_anew_is_found_out_by_a_head_that_was_noted(log):
    noted = chain.verify().head
    assert chain.verify(noted).holds
    by_hand("UPDATE audit_auditentry SET who = 'mallory' WHERE id = %s", log[2].pk)
    by_hand("DELETE FROM audit_link")
    chain.seal()
    assert chain.verify().holds
    assert [b.what for b in chain.verify(noted).breaks] == ["head"]


def test_the_last_entries_taken_away_are_found_out_by_a_head_that_was_noted(log):
    noted = chain.verify().head
    by_hand("DELETE FROM audit_link WHERE number = 5")
    by_hand("DELETE FROM audit_auditentry WHERE id = %s", log[4].pk)
    assert chain.verify().holds
    assert not chain.verify(noted).holds


def test_an_act_committed_late_is_sealed_behind_those_before_it(log, alice):
    entry = log[1]
    by_hand("DELETE FROM audit_link")
    late = AuditEntry.objects.exclude(pk=entry.pk)
    Link.objects.bulk_create(chain._links(None, late.order_by("pk")))
    assert chain.seal_new() == 1
    assert Link.objects.get(entry=entry).number == 5
    assert chain.verify().holds


def test_a_user_who_is_gone_breaks_no_link(log, alice):
    alice.delete()
    assert chain.verify().holds
    assert AuditEntry.objects.first().who == "alice"


def test_entries_are_neither_changed_nor_deleted_through_the_program(log):
    entry = log[0]
    entry.who = "mallory"
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(who="mallory"),
        Link.objects.all().delete,
    ):
        with pytest.raises(NeverChanged):
            attempt()
    assert chain.verify().holds


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_sealed_at_once_and_what_is_taken_back_never(alice):
    with transaction.atomic():
        record(by=alice, action="made", obj=alice)
        record(by=alice, action="changed", obj=alice)
        assert not Link.objects.exists()
    assert Link.objects.count() == 2
    with transaction.atomic():
        record(by=alice, action="removed", obj=alice)
        transaction.set_rollback(True)
    assert (Link.objects.count(), chain.verify().holds) == (2, True)


def test_the_command_proves_and_says_where_it_fails(log, monkeypatch):
    monkeypatch.setattr("pejl_hub.cli.audit.ready", lambda: None)
    good = CliRunner().invoke(app, ["audit", "verify", "--format", "json"])
    assert json.loads(good.stdout)["holds"]
    by_hand("UPDATE audit_auditentry SET who = 'mallory' WHERE id = %s", log[2].pk)
    bad = CliRunner().invoke(app, ["audit", "verify"])
    assert "FAILS  link 3" in bad.stdout
    assert bad.exit_code == 1
    assert CliRunner().invoke(app, ["audit", "seal"]).stdout == "0 sealed.\n"


def earlier(entry):
    """As an earlier version wrote it: no salts, and a digest of the texts themselves."""
    by_hand("UPDATE audit_auditentry SET salts = NULL WHERE id = %s", entry.pk)


def forget_alice(entries):
    with transaction.atomic():
        done = forget(entries, lambda path, text: "alice" in text)
    chain.seal()
    return done


@pytest.fixture
def told(alice):
    """Three acts, two of which name Alice in what they tell."""
    for name in ("alice lund", "bo", "alice/~lund"):
        with transaction.atomic():
            record(by=None, action="changed", obj=alice, details={"changed": {"a/b": [None, name]}})
    return list(AuditEntry.objects.order_by("pk"))


def test_a_text_is_forgotten_and_the_chain_holds(told):
    chain.seal()
    head = chain.verify().head
    assert forget_alice(told) == 2
    assert chain.verify(head).holds
    now = [entry.details["changed"]["a/b"][1] for entry in AuditEntry.objects.order_by("pk")]
    assert now == ["(slettet)", "bo", "(slettet)"]


def test_what_is_forgotten_cannot_be_guessed_again(told):
    chain.seal()
    salt = told[0].salts["details/changed/a~1b/1"]
    forget_alice(told)
    kept = json.dumps(AuditEntry.objects.get(pk=told[0].pk).salts)
    assert "alice" not in kept
    assert salt not in kept


def test_the_rest_of_an_entry_that_was_forgotten_of_cannot_be_changed(told):
    chain.seal()
    forget_alice(told)
    by_hand(
        "UPDATE audit_auditentry SET details = %s WHERE id = %s",
        '{"changed": {"a/b": ["x", "(slettet)"]}}',
        told[0].pk,
    )
    assert [b.entry for b in chain.verify().breaks] == [told[0].pk]


def test_a_text_put_in_the_place_of_a_forgotten_one_is_of_no_use(told):
    chain.seal()
    forget_alice(told)
    salts = dict(AuditEntry.objects.get(pk=told[0].pk).salts)
    salts["details/changed/a~1b/1"] = "0" * 32
    by_hand(
        "UPDATE audit_auditentry SET details = %s, salts = %s WHERE id = %s",
        '{"changed": {"a/b": [null, "mallory"]}}',
        json.dumps(salts),
        told[0].pk,
    )
    assert [b.entry for b in chain.verify().breaks] == [told[0].pk]


def test_an_entry_of_an_earlier_version_is_forgotten_of_too(told):
    for entry in told:
        earlier(entry)
    chain.seal()
    head = chain.verify().head
    assert forget_alice(AuditEntry.objects.order_by("pk")) == 2
    found = chain.verify(head)
    assert (found.holds, found.recommitted) == (True, 2)
    by_hand("UPDATE audit_auditentry SET action = 'other' WHERE id = %s", told[0].pk)
    assert [b.entry for b in chain.verify().breaks] == [told[0].pk]


def test_salts_alone_do_not_let_an_earlier_entry_be_changed(told):
    earlier(told[0])
    chain.seal()
    by_hand(
        "UPDATE audit_auditentry SET details = %s, salts = %s WHERE id = %s",
        "{}", '{"who": {"forgotten": "00"}}', told[0].pk,
    )  # fmt: skip
    assert [b.entry for b in chain.verify().breaks] == [told[0].pk]


def test_who_did_it_can_be_forgotten(log):
    assert forget_alice(log) == 5
    assert set(AuditEntry.objects.values_list("who", flat=True)) == {"(slettet)"}
    assert chain.verify().holds


def test_forgetting_belongs_in_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        forget_outside()


def forget_outside():
    forgetting = pytest.MonkeyPatch()
    with forgetting.context() as patched:
        patched.setattr(transaction.get_connection(), "in_atomic_block", False)
        forget([], lambda path, text: True)
