"""What has been kept long enough goes: by the hub's own rules, agreed on by two, and counted on."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from typer.testing import CliRunner

from pejl.base.errors import UserError
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.audit import chain
from pejl_hub.audit.models import AuditEntry
from pejl_hub.cli import app
from pejl_hub.companies.models import Person
from pejl_hub.guidance.models import Guidance
from pejl_hub.privacy import retention
from pejl_hub.privacy.categories import CATEGORIES
from pejl_hub.privacy.due import JOBS
from pejl_hub.privacy.models import Case, RetentionRule, RetentionRun, State
from pejl_hub.privacy.register import register

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
LATER = date(2040, 1, 1)  # everything of 2024 is over
KEPT = 60  # months of people


@pytest.fixture
def users(settings):
    settings.DATA.mkdir(exist_ok=True)
    make_demo_users()
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def agreed():
    RetentionRun.objects.create(
        rules=retention.sha_of_rules(), day=TODAY, state="approved", who="alice", approver="anna"
    )


def person(name, held_on=None):
    found = Person.objects.create(name=name, email=f"{name}@x.dk", created_on=date(2015, 1, 1))
    if held_on:
        Guidance.objects.create(person=found, held_on=held_on, type="specialised", state="held")
    return found


def names():
    return list(Person.objects.order_by("pk").values_list("name", flat=True))


def due(key):
    return next(one for one in retention.dry_run(TODAY) if one.rule.category.key == key)


def test_every_category_has_its_query_and_every_query_its_category():
    assert set(JOBS) == {one.key for one in CATEGORIES}


def test_only_those_whose_last_service_is_old_go(agreed):
    person("old", date(2021, 11, 25))
    person("recent", date(2021, 11, 26))
    person("never served")
    person("both", date(2016, 1, 1))
    Guidance.objects.create(
        person=Person.objects.get(name="both"),
        held_on=date(2026, 1, 1),
        type="specialised",
        state="held",
    )
    assert due("people").rows == 2
    run = retention.run_retention(today=TODAY, by=None)
    assert names() == ["(slettet)", "recent", "(slettet)", "both"]
    assert run.counts == {"people": 2}
    assert Guidance.objects.filter(person__name="(slettet)").count() == 1


def test_a_dry_run_takes_nothing_and_names_numbers_not_names(agreed):
    old = person("old", date(2016, 1, 1))
    found = due("people")
    assert (found.rows, [pk for _, pk in found.samples]) == (1, [old.pk])
    assert names() == ["old"]


def test_whoever_is_held_back_stays(agreed):
    old = person("old", date(2016, 1, 1))
    Case.objects.create(kind="person", number=old.pk, state=State.HELD, reason="Tvist.", who="x")
    retention.run_retention(today=TODAY, by=None)
    assert names() == ["old"]


def test_a_hub_sets_its_own_months_with_an_entry_and_only_some_may(users):
    with pytest.raises(PermissionDenied):
        retention.change_rules(months={"people": 12}, by=users["rune"])
    for wrong in ({"people": 0}, {"people": 601}, {"ghosts": 5}):
        with pytest.raises(UserError):
            retention.change_rules(months=wrong, by=users["alice"])
    assert not RetentionRule.objects.exists()
    same = {"people": KEPT, "contacts": 12}
    assert retention.change_rules(months=same, by=users["alice"]) == 1
    entry = AuditEntry.objects.get(action="retention.changed")
    assert entry.details == {"category": "contacts", "changed": {"months": [60, 12]}}


def test_two_people_agree_before_anything_goes_and_again_when_the_rules_change(users):
    person("old", date(2016, 1, 1))
    with pytest.raises(UserError):
        retention.run_retention(today=TODAY, by=None)
    run = retention.ask(by=users["alice"])
    with pytest.raises(UserError):
        retention.approve(run=run, by=users["alice"])
    with pytest.raises(PermissionDenied):
        retention.approve(run=run, by=users["dorte"])
    with pytest.raises(UserError):
        retention.run_retention(today=TODAY, by=None)
    assert names() == ["old"]
    retention.approve(run=run, by=users["anna"])
    retention.run_retention(today=TODAY, by=None)
    assert names() == ["(slettet)"]
    retention.change_rules(months={"people": 24}, by=users["alice"])
    with pytest.raises(UserError):
        retention.run_retention(today=TODAY, by=None)


def test_an_approval_of_rules_that_have_changed_is_refused(users):
    run = retention.ask(by=users["alice"])
    retention.change_rules(months={"people": 24}, by=users["alice"])
    with pytest.raises(UserError):
        retention.approve(run=run, by=users["anna"])


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(agreed, monkeypatch):
    for n in range(5):
        person(f"old {n}", date(2016, 1, 1))
    monkeypatch.setattr(retention, "BATCH", 2)
    calls = []

    def cut(key, rows):
        calls.append(rows)
        if rows == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retention.run_retention(today=TODAY, by=None, say=cut)
    assert names().count("(slettet)") == 4
    run = retention.run_retention(today=TODAY, by=None)
    assert names().count("(slettet)") == 5
    assert (run.counts, run.state, calls) == ({"people": 5}, "done", [2, 4])
    entry = AuditEntry.objects.get(action="retention.run")
    assert entry.details == {"counts": {"people": 5}}


def test_what_has_gone_is_due_no_more_and_what_is_counted_is_still_there(filled, agreed):
    filled("person")
    User.objects.update(is_active=False)
    RetentionRun.objects.update(
        rules=retention.sha_of_rules(), state="approved", day=LATER, approved_by=None, asked_by=None
    )
    before = {one.rule.category.key: one.rows for one in retention.dry_run(LATER)}
    assert [key for key, rows in before.items() if not rows] == []
    run = retention.run_retention(today=LATER, by=None)
    # A row may go with the person it is about, before its own turn comes.
    assert run.counts.items() <= before.items()
    assert run.counts["people"] == run.counts["audit"] == run.counts["tasks"] == 1
    after = {one.rule.category.key: one.rows for one in retention.dry_run(LATER)}
    assert {key: rows for key, rows in after.items() if rows} == {}
    counted = ("companies.person", "guidance.guidance", "events.attendance", "surveys.answer")
    assert all(register().tables[label].model._base_manager.count() == 1 for label in counted)


def test_the_chain_holds_when_old_values_are_forgotten(agreed):
    bo = person("bo")
    chain.seal()
    entry = AuditEntry.objects.create(
        who="alice", action="person.changed", object_type="companies.person",
        object_id=str(bo.pk), details={"changed": {"name": ["bo", "Bo"], "municipality": ["101", None]}},  # noqa: E501
        salts={},
    )  # fmt: skip
    chain.seal()
    RetentionRun.objects.update(day=date(2036, 1, 1))
    retention.run_retention(today=date(2036, 1, 1), by=None)
    entry.refresh_from_db()
    assert entry.details["changed"]["name"] == ["(slettet)", "(slettet)"]
    assert entry.details["changed"]["municipality"] == ["101", None]
    chain.seal()
    assert chain.verify().holds


def test_the_command_says_what_would_go_and_refuses_without_an_agreement(monkeypatch):
    monkeypatch.setattr("pejl_hub.cli.privacy.ready", lambda: None)
    person("old", date(2016, 1, 1))
    dry = CliRunner().invoke(app, ["privacy", "retain", "--dry-run", "--format", "json"])
    assert json.loads(dry.stdout)["counts"]["people"] == 1
    assert CliRunner().invoke(app, ["privacy", "retain"]).exit_code == 1
    assert names() == ["old"]
