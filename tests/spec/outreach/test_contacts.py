"""A contact: its frozen facts, the call list, closed months, and the contract's two numbers."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import CompanySize
from pejl_hub.desk.campaigns.figures import numbers
from pejl_hub.outreach.actions.approaches import (
    Result,
    change_approach,
    record_approach,
    remove_approach,
)
from pejl_hub.outreach.actions.campaigns import remove_candidate
from pejl_hub.outreach.models import Approach, Campaign, Candidate
from pejl_hub.outreach.queries import Tally, log_of, tallies, tally, waiting

DAY = date(2024, 3, 12)


def listed(campaign, company, by):
    return Candidate.objects.create(campaign=campaign, company=company, added_by=by)


def result(outcome="interested", day=DAY, **more):
    return Result(**({"outcome": outcome, "contacted_on": day, "with_local_service": True} | more))


@pytest.fixture
def bog(companies, campaign, ravi):
    return listed(campaign, companies["Bøg"], ravi)


def test_municipality_and_size_are_frozen_as_they_were_on_the_day(companies, campaign, ravi):
    fjord = listed(campaign, companies["Fjord"], ravi)
    early = record_approach(candidate=fjord, result=result(day=date(2024, 1, 15)), by=ravi)
    late = record_approach(candidate=fjord, result=result(day=date(2024, 2, 15)), by=ravi)
    assert (early.municipality, early.employees) == ("101", 9)
    assert (late.municipality, late.employees) == ("151", 3)
    CompanySize.objects.create(
        company=companies["Fjord"], employees=99, from_date=date(2024, 1, 10), source="hand"
    )
    change_approach(approach=early, result=result(day=date(2024, 1, 15), note="Rettet"), by=ravi)
    early.refresh_from_db()
    assert (early.employees, early.note, early.edited_at is None) == (9, "Rettet", False)


def test_a_company_not_reached_comes_again_the_next_day_or_when_somebody_says(bog, ravi, campaign):
    record_approach(candidate=bog, result=result("not_reached"), by=ravi)
    assert not waiting(campaign, DAY).exists()
    assert waiting(campaign, DAY + timedelta(1)).count() == 1
    later = result("not_reached", DAY + timedelta(1), call_again_on=DAY + timedelta(9))
    record_approach(candidate=bog, result=later, by=ravi)
    assert not waiting(campaign, DAY + timedelta(8)).exists()
    assert waiting(campaign, DAY + timedelta(9)).count() == 1


@pytest.mark.parametrize("outcome", ["not_interested", "guidance_agreed"])
def test_a_settled_company_does_not_come_again(bog, ravi, campaign, outcome):
    record_approach(candidate=bog, result=result(outcome, call_again_on=DAY), by=ravi)
    assert not waiting(campaign, date(2099, 1, 1)).exists()


def test_those_due_again_are_called_before_those_not_called_yet(companies, campaign, ravi):
    first, second = (listed(campaign, companies[name], ravi) for name in ("Bøg", "Anker"))
    record_approach(candidate=second, result=result("not_reached"), by=ravi)
    assert list(waiting(campaign, DAY + timedelta(1))) == [second, first]


def test_the_same_result_twice_on_a_day_is_recorded_once(bog, ravi):
    record_approach(candidate=bog, result=result(), by=ravi)
    with pytest.raises(UserError):
        record_approach(candidate=bog, result=result(), by=ravi)
    record_approach(candidate=bog, result=result("guidance_agreed"), by=ravi)
    assert Approach.objects.count() == 2


def test_a_contact_on_a_day_to_come_is_refused(bog, ravi):
    ahead = result(day=timezone.localdate() + timedelta(1))
    with pytest.raises(UserError):
        record_approach(candidate=bog, result=ahead, by=ravi)
    assert Approach.objects.count() == 0


def test_in_a_closed_month_recording_changing_and_removing_need_a_reason(bog, ravi):
    made = record_approach(candidate=bog, result=result(), by=ravi)
    first, last = date(2024, 3, 1), date(2024, 3, 31)
    Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    late = result("not_reached", DAY)
    with pytest.raises(PeriodClosed):
        record_approach(candidate=bog, result=late, by=ravi)
    bog.refresh_from_db()
    assert (Approach.objects.count(), bog.call_again_on) == (1, None)
    record_approach(candidate=bog, result=late, by=ravi, reason="Glemt")
    with pytest.raises(PeriodClosed):
        change_approach(approach=made, result=result(day=date(2024, 4, 2)), by=ravi)
    change_approach(approach=made, result=result(day=date(2024, 4, 2)), by=ravi, reason="Fejl")
    other = Approach.objects.get(outcome="not_reached")
    with pytest.raises(PeriodClosed):
        remove_approach(approach=other, by=ravi)
    remove_approach(approach=other, by=ravi, reason="Aldrig ringet")
    reasons = list(Correction.objects.order_by("id").values_list("kind", "reason"))
    assert reasons == [("late", "Glemt"), ("corrected", "Fejl"), ("withdrawn", "Aldrig ringet")]


def test_whoever_may_not_record_is_refused_in_the_action(bog, bent):
    with pytest.raises(PermissionDenied):
        record_approach(candidate=bog, result=result(), by=bent)
    assert Approach.objects.count() == 0


def test_a_company_is_taken_off_the_list_until_something_is_recorded_about_it(bog, ravi, campaign):
    record_approach(candidate=bog, result=result(), by=ravi)
    with pytest.raises(UserError):
        remove_candidate(candidate=bog, by=ravi)
    remove_approach(approach=Approach.objects.get(), by=ravi)
    remove_candidate(candidate=bog, by=ravi)
    assert tally(campaign, DAY).listed == 0


# name, outcome and whether together -> counted in the contract: at least five employees, together
# with the local service, in the hub's territory; each company and each municipality once.
CONTACTS = [
    ("Bøg", "not_reached", True),  # 1 company, 1 municipality
    ("Bøg", "interested", True),  # the same company
    ("Hav", "interested", True),  # 2 companies
    ("Anker", "interested", True),  # four employees: no
    ("Eg", "interested", True),  # size unknown: no
    ("Gry", "interested", False),  # not together: no
]


def test_contacts_move_both_numbers_of_the_contract_and_the_campaign_sees_its_part(
    companies, campaign, ravi
):
    other = Campaign.objects.create(
        name="København",
        municipality="101",
        local_service="Københavns Erhvervsservice",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 6, 30),
        owner=ravi,
    )
    assert [number.value for number in numbers(campaign).numbers] == [0, 0]
    rows = {name: listed(campaign, companies[name], ravi) for name, _, _ in CONTACTS[1:]}
    for name, outcome, together in CONTACTS:
        told = result(outcome, with_local_service=together)
        record_approach(candidate=rows[name], result=told, by=ravi)
    gry = listed(other, companies["Gry"], ravi)
    record_approach(candidate=gry, result=result(), by=ravi)
    found = numbers(campaign)
    assert found.day == date(2024, 12, 31)
    assert [(n.goal, n.value, n.own, n.contacts) for n in found.numbers] == [
        ("outreach_companies", 2 + 1, 2, 3),
        ("outreach_municipalities", 1 + 1, 1, 3),
    ]
    assert [n.own for n in numbers(other).numbers] == [1, 1]


def test_campaigns_are_tallied_together_each_with_its_own(companies, campaign, ravi, bog):
    other = Campaign.objects.create(
        name="X", municipality="151", starts_on=DAY, ends_on=DAY, owner=ravi
    )
    listed(other, companies["Cirkel"], ravi)
    agreed = listed(other, companies["Hav"], ravi)
    for outcome in ("not_reached", "guidance_agreed"):
        record_approach(candidate=agreed, result=result(outcome), by=ravi)
    assert tallies([campaign, other], DAY) == {
        campaign.pk: Tally(listed=1, locked=0, approached=0, agreed=0, waiting=1),
        other.pk: Tally(listed=2, locked=1, approached=1, agreed=1, waiting=0),
    }
    assert tally(campaign, DAY).waiting == waiting(campaign, DAY).count()


def test_a_campaign_outside_every_contract_has_no_numbers(campaign):
    campaign.starts_on = date(2019, 1, 1)
    assert numbers(campaign) is None


def test_the_log_of_a_campaign_holds_its_own_acts_only(companies, campaign, ravi, bog):
    other = Campaign.objects.create(
        name="X", municipality="151", starts_on=DAY, ends_on=DAY, owner=ravi
    )
    elsewhere = listed(other, companies["Hav"], ravi)
    record_approach(candidate=bog, result=result(), by=ravi)
    record_approach(candidate=elsewhere, result=result(), by=ravi)
    assert [entry.action for entry in log_of(campaign)] == ["approach.created"]
    assert log_of(campaign).get().object_id == str(Approach.objects.get(candidate=bog).pk)
