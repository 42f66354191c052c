"""Whom a list finds: by facts that hold today, with unknown sizes apart."""

from datetime import date

import pytest

from pejl_hub.outreach.actions.campaigns import add_companies
from pejl_hub.outreach.finding import Wanted, find
from pejl_hub.outreach.models import Approach, Candidate

MARCH = date(2024, 3, 10)
FROM_FIVE = ("5-9", "10-19", "20-49", "50-99", "100-199", "200+")


def names(companies):
    return [company.name for company in companies]


def wanted(**more):
    return Wanted(**({"municipality": "151", "bands": FROM_FIVE} | more))


def test_those_with_five_employees_and_more_are_found_where_they_are_today(companies, campaign):
    found = find(campaign, wanted(), MARCH)
    assert names(found.fitting) == ["Bøg", "Cirkel", "Dyb", "Hav"]


def test_on_an_earlier_day_the_facts_of_that_day_hold(companies, campaign):
    found = find(campaign, wanted(), date(2024, 1, 31))
    assert names(found.fitting) == ["Bøg", "Cirkel", "Dyb", "Gry"]


def test_unknown_size_is_shown_apart_and_never_among_those_that_fit(companies, campaign):
    every = ("0", "1", "2-4", *FROM_FIVE)
    found = find(campaign, wanted(bands=every), MARCH)
    assert names(found.unknown_size) == ["Eg"]
    assert "Eg" not in names(found.fitting)


@pytest.mark.parametrize(
    ("industries", "expected"),
    [(("25",), ["Bøg", "Dyb"]), (("250",), ["Bøg"]), (("41", "2599"), ["Cirkel", "Dyb"])],
)
def test_industries_are_found_by_the_beginning_of_their_codes(
    companies, campaign, industries, expected
):
    assert names(find(campaign, wanted(industries=industries), MARCH).fitting) == expected


def test_those_approached_this_year_are_left_out_by_choice_and_counted(companies, campaign):
    for cvr, day in (("10000025", date(2024, 1, 5)), ("10000033", date(2023, 12, 30))):
        Approach.objects.create(cvr=cvr, contacted_on=day, with_local_service=True)
    found = find(campaign, wanted(), MARCH)
    assert (names(found.fitting), found.approached) == (["Cirkel", "Dyb", "Hav"], 1)
    found = find(campaign, wanted(without_approached=False), MARCH)
    assert names(found.fitting) == ["Bøg", "Cirkel", "Dyb", "Hav"]


def test_a_company_comes_on_a_list_once_with_its_facts_frozen(companies, campaign, ravi):
    found = find(campaign, wanted(), MARCH)
    assert add_companies(campaign=campaign, companies=found.fitting, by=ravi, how={}) == 4
    again = find(campaign, wanted(), MARCH)
    assert (names(again.fitting), again.on_list) == ([], 4)
    listed = Candidate.objects.get(company__name="Hav")
    assert (listed.municipality, listed.employees, listed.industry) == ("151", 7, None)
