"""The choices that a form offers while a client's name is typed."""

import pytest

from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Person


@pytest.fixture
def clients(db):
    company = Company.objects.create(cvr="53648371", name="Nordvind <Møbler>")
    held = {"company": company, "from_date": "2024-01-01", "source": "typed"}
    CompanyMunicipality.objects.create(**held, municipality="151")
    CompanySize.objects.create(**held, employees=7)
    return company, Person.objects.create(name="Nordahl Grieg")


@pytest.mark.parametrize(("who", "status"), [("ravi", 200), ("alice", 200), ("bent", 403)])
def test_those_who_use_the_desk_may_find_clients(signed_in, clients, who, status):
    assert signed_in(who).get("/klienter/find/?q=nord").status_code == status


def test_the_options_say_who_is_who(signed_in, clients):
    shown = signed_in("alice").get("/klienter/find/?q=nord").content.decode()
    assert shown.count('role="option"') == 2
    assert f'data-key="company-{clients[0].pk}"' in shown
    assert "Nordvind &lt;Møbler&gt;" in shown
    assert "Ballerup" in shown
    assert "7 ansatte" in shown


def test_one_kind_may_be_asked_for_and_json_is_given(signed_in, clients):
    answer = signed_in("alice").get("/klienter/find/?q=nord&kind=person&format=json").json()
    assert [client["key"] for client in answer["clients"]] == [f"person-{clients[1].pk}"]


@pytest.mark.parametrize(("typed", "says"), [("", "Skriv"), ("xyzzy", "Ingen")])
def test_an_empty_list_says_what_to_do(signed_in, clients, typed, says):
    assert says in signed_in("alice").get(f"/klienter/find/?q={typed}").content.decode()
