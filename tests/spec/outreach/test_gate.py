"""The gate: a company that is, or may be, protected is not contacted without a basis."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.outreach.actions.approaches import Result, record_approach
from pejl_hub.outreach.actions.gate import record_basis, withdraw_basis
from pejl_hub.outreach.gate import ContactLocked, is_open
from pejl_hub.outreach.listing import Asked, as_table, rows
from pejl_hub.outreach.models import Approach, Candidate
from pejl_hub.outreach.queries import candidates, reach, tally, waiting

DAY = date(2024, 3, 12)
PROTECTED, UNKNOWN, FREE = "Cirkel", "Dyb", "Bøg"


@pytest.fixture
def listed(companies, campaign, ravi):
    """The three on the list: protected, nobody knows, and free."""
    return {
        name: Candidate.objects.create(campaign=campaign, company=companies[name], added_by=ravi)
        for name in (PROTECTED, UNKNOWN, FREE)
    }


def called(candidate, by, day=DAY):
    result = Result(outcome="interested", contacted_on=day, with_local_service=True)
    return record_approach(candidate=candidate, result=result, by=by)


def based(candidate, by, **more):
    said = {"kind": "consent", "text": "Aftalt med Leder pr. mail", "dated_on": DAY}
    return record_basis(candidate=candidate, by=by, **(said | more))


@pytest.mark.parametrize("name", [PROTECTED, UNKNOWN])
def test_without_a_basis_no_contact_is_recorded_and_with_one_it_is(listed, ravi, name):
    with pytest.raises(ContactLocked, match="19"):
        called(listed[name], ravi)
    assert Approach.objects.count() == 0
    basis = based(listed[name], ravi)
    assert called(listed[name], ravi).basis == basis


def test_a_company_that_is_not_protected_is_contacted_without_a_basis(listed, ravi):
    assert called(listed[FREE], ravi).basis is None


def test_contacts_are_not_given_before_and_are_given_after(listed, ravi):
    with pytest.raises(ContactLocked):
        reach(listed[PROTECTED])
    based(listed[PROTECTED], ravi)
    assert [contact.email for contact in reach(listed[PROTECTED])] == ["cirkel@x.dk"]


def test_the_download_names_no_contact_of_a_locked_row(listed, ravi, campaign):
    based(listed[UNKNOWN], ravi)
    table = {row[0]: row[-3:] for row in as_table(rows(campaign, Asked(), DAY))}
    assert table == {
        FREE: ["ja", "Bøg Leder", "bøg@x.dk"],
        PROTECTED: ["nej", None, None],
        UNKNOWN: ["ja", "Dyb Leder", "dyb@x.dk"],
    }


def test_locked_companies_are_not_on_the_call_list_and_are_counted_as_locked(listed, campaign):
    assert [c.company.name for c in waiting(campaign, DAY)] == [FREE]
    assert tally(campaign, DAY).locked == 2


def test_a_withdrawn_basis_locks_again_and_what_was_done_stays(listed, ravi):
    basis = based(listed[PROTECTED], ravi)
    called(listed[PROTECTED], ravi)
    withdraw_basis(basis=basis, by=ravi)
    assert not is_open(listed[PROTECTED])
    with pytest.raises(ContactLocked):
        called(listed[PROTECTED], ravi, DAY + timedelta(1))
    assert Approach.objects.get().basis == basis


def test_a_company_that_becomes_protected_is_locked_from_then_on(listed, ravi):
    company = listed[FREE].company
    company.advertising_protected = True
    company.save()
    with pytest.raises(ContactLocked):
        called(listed[FREE], ravi)


def test_a_look_up_opens_the_unknown_until_the_register_says_otherwise(listed, ravi):
    based(listed[UNKNOWN], ravi, kind="not_protected", text="Slået op på virk.dk")
    assert is_open(listed[UNKNOWN])
    company = listed[UNKNOWN].company
    company.advertising_protected = True
    company.save()
    assert not is_open(listed[UNKNOWN])
    with pytest.raises(UserError):
        based(listed[PROTECTED], ravi, kind="not_protected")


def test_a_contact_before_the_date_of_its_basis_is_refused(listed, ravi):
    based(listed[PROTECTED], ravi, dated_on=DAY)
    with pytest.raises(UserError):
        called(listed[PROTECTED], ravi, DAY - timedelta(1))
    assert called(listed[PROTECTED], ravi, DAY).contacted_on == DAY


@pytest.mark.parametrize(
    "more",
    [
        {"text": "  "},
        {"text": "Ringede til 251299-1234"},
        {"kind": "because"},
        {"dated_on": timezone.localdate() + timedelta(1)},
    ],
)
def test_a_basis_says_something_true_and_no_cpr_number(listed, ravi, more):
    with pytest.raises(UserError):
        based(listed[PROTECTED], ravi, **more)
    assert not is_open(listed[PROTECTED])


def test_there_is_one_basis_at_a_time(listed, ravi):
    based(listed[PROTECTED], ravi)
    with pytest.raises(UserError):
        based(listed[PROTECTED], ravi, kind="law")


def test_nobody_who_may_not_record_opens_the_gate(listed, bent):
    with pytest.raises(PermissionDenied):
        based(listed[PROTECTED], bent)
    assert not is_open(listed[PROTECTED])


def test_the_log_says_who_opened_and_shut_the_gate_and_on_what_ground(listed, ravi):
    withdraw_basis(basis=based(listed[PROTECTED], ravi), by=ravi)
    recorded, withdrawn = AuditEntry.objects.filter(action__startswith="basis.").order_by("id")
    assert (recorded.who, recorded.details["kind"]) == ("ravi", "consent")
    assert recorded.details["text"] == "Aftalt med Leder pr. mail"
    assert withdrawn.action == "basis.withdrawn"


def test_lists_and_actions_ask_one_rule(listed, ravi, campaign):
    based(listed[PROTECTED], ravi)
    said = {row.company.name: row.is_open for row in candidates(campaign)}
    assert said == {name: is_open(candidate) for name, candidate in listed.items()}
