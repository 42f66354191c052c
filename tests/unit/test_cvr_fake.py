"""The fake register speaks as the real one is documented (DOMAIN § 4; Elasticsearch's search)."""

import httpx
import pytest

from tests.cvrregister import PASSWORD, USER, Register, company

ANKER, BOEGELY = "10000009", "10000025"


def question(*numbers, **more):
    terms = {"terms": {"Vrvirksomhed.cvrNummer": [int(n) for n in numbers]}}
    return {
        "query": {"bool": {"filter": [terms]}},
        "_source": ["Vrvirksomhed.cvrNummer", "Vrvirksomhed.navne"],
        "sort": [{"Vrvirksomhed.cvrNummer": "asc"}],
        **more,
    }


def ask(register, asked, auth=(USER, PASSWORD), url=None):
    return httpx.post(url or register.url, json=asked, auth=auth)


@pytest.mark.parametrize("as_object", [True, False])
def test_hits_stand_where_the_register_has_them(as_object):
    with Register([company(ANKER)], total_as_object=as_object) as register:
        hits = ask(register, question(ANKER)).json()["hits"]
    assert hits["total"] == ({"value": 1, "relation": "eq"} if as_object else 1)
    assert hits["hits"][0]["_source"]["Vrvirksomhed"]["cvrNummer"] == 10000009
    assert hits["hits"][0]["sort"] == [10000009]


def test_only_the_fields_asked_for_are_sent():
    with Register([company(ANKER)]) as register:
        hit = ask(register, question(ANKER)).json()["hits"]["hits"][0]
    assert set(hit["_source"]["Vrvirksomhed"]) == {"cvrNummer", "navne"}


def test_search_after_goes_on_behind_the_last_hit():
    with Register([company(BOEGELY), company(ANKER)]) as register:
        first = ask(register, question(ANKER, BOEGELY, size=1)).json()["hits"]
        after = {"size": 1, "search_after": first["hits"][0]["sort"]}
        second = ask(register, question(ANKER, BOEGELY, **after)).json()["hits"]
    assert [first["hits"][0]["_id"], second["hits"][0]["_id"]] == [ANKER, BOEGELY]
    assert first["total"] == second["total"] == 2


def test_a_stranger_is_not_let_in():
    with Register([company(ANKER)]) as register:
        assert ask(register, question(ANKER), auth=(USER, "guess")).status_code == 401
        assert ask(register, question(ANKER)).status_code == 200


def test_another_address_takes_no_searches():
    with Register() as register:
        assert ask(register, question(ANKER), url=f"{register.url}es").status_code == 404


def test_an_employment_record_has_the_documented_shape():
    month = company(ANKER)["erstMaanedsbeskaeftigelse"][0]
    assert month == {
        "aar": 2023,
        "maaned": 12,
        "antalAarsvaerk": 8,
        "antalAnsatte": 8,
        "intervalKodeAntalAnsatte": "ANTAL_5_9",
    }
