"""Asking the register: pages, patience, and when not to ask again."""

import time

import pytest

from pejl_hub.sources.cvr.register import (
    Patience,
    Register,
    RegisterDown,
    RegisterNotSetUp,
    RegisterSaidNo,
)
from tests.cvrregister import company

ANKER, BOEGELY, CIRKEL = "10000009", "10000025", "10000033"
QUICK = Patience(connect=1.0, answer=0.3, pause=0.01)
ALL = (ANKER, BOEGELY, CIRKEL)


def find(cvr=ANKER):
    with Register(QUICK) as register:
        return register.find(cvr)


def test_a_company_is_found_by_its_number(register_of):
    register_of(company(ANKER), company(BOEGELY))
    assert find().cvr == ANKER


def test_a_number_that_the_register_does_not_have_gives_nothing(register_of):
    register_of(company(BOEGELY))
    assert find() is None


def test_only_what_pejl_needs_is_asked_for(register_of):
    register = register_of(company(ANKER))
    find()
    asked = register.questions[0]["_source"]
    assert "Vrvirksomhed.erstMaanedsbeskaeftigelse" in asked
    assert not any("deltager" in name or "aarsbeskaeftigelse" in name for name in asked)


@pytest.mark.parametrize("total_as_object", [True, False])
def test_many_companies_come_page_by_page_whatever_form_the_total_has(register_of, total_as_object):
    register = register_of(*map(company, ALL), total_as_object=total_as_object)
    with Register(QUICK) as asking:
        pages = list(asking.many(ALL, size=2))
    assert [entry.cvr for page in pages for entry in page.entries] == sorted(ALL)
    assert [q.get("search_after") for q in register.questions] == [None, [int(BOEGELY)]]
    assert {page.total for page in pages} == {3}


def test_no_numbers_ask_nothing(register_of):
    register = register_of()
    with Register(QUICK) as asking:
        assert list(asking.many([])) == []
    assert register.questions == []


def test_a_hit_that_cannot_be_read_costs_no_other(register_of):
    register_of(company(ANKER), company(BOEGELY, virksomhedMetadata={}, navne=[]), company(CIRKEL))
    with Register(QUICK) as asking:
        (page,) = asking.many(ALL)
    assert [entry.cvr for entry in page.entries] == [ANKER, CIRKEL]
    assert len(page.strange) == 1


@pytest.mark.parametrize("trouble", [429, 500, 502, 503, "slow", "garbled"])
def test_a_passing_trouble_is_waited_out(register_of, trouble):
    register = register_of(company(ANKER), troubles=[trouble, trouble])
    assert find().cvr == ANKER
    assert len(register.questions) == 3


def test_a_lasting_trouble_is_given_up_after_four_tries(register_of):
    register = register_of(company(ANKER), troubles=[503] * 9)
    with pytest.raises(RegisterDown, match="status 503"):
        find()
    assert len(register.questions) == 4


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_asked_again(register_of, status):
    register = register_of(company(ANKER), troubles=[status] * 9)
    with pytest.raises(RegisterSaidNo, match=str(status)):
        find()
    assert len(register.questions) == 1


def test_a_wrong_password_is_said_as_such(register_of, settings):
    register_of(company(ANKER))
    settings.PEJL_CVR_PASSWORD = "another"
    with pytest.raises(RegisterSaidNo, match="PEJL_CVR_PASSWORD"):
        find()


def test_nobody_at_the_address_is_a_register_that_is_down(register_of, settings):
    register_of()
    settings.PEJL_CVR_URL = "http://127.0.0.1:9/cvr-permanent/virksomhed/_search"
    with pytest.raises(RegisterDown):
        find()


def test_without_a_user_nothing_is_asked(register_of, settings):
    register = register_of(company(ANKER))
    settings.PEJL_CVR_USER = ""
    with pytest.raises(RegisterNotSetUp, match="PEJL_CVR_USER"):
        find()
    assert register.questions == []


def test_the_pause_that_the_register_asks_for_is_kept(register_of):
    register_of(company(ANKER), troubles=[429], retry_after="1")
    begun = time.monotonic()
    find()
    assert time.monotonic() - begun >= 1.0
