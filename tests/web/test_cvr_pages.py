"""The pages of the CVR register and of the workplaces: who may, what is said when it fails."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl_hub.companies.models import Company
from pejl_hub.sources.cvr import refresh, register
from pejl_hub.sources.models import CvrRefresh, Population, RefreshState
from tests import cvrregister
from tests.cvrregister import company
from tests.web.test_status_pages import words

ANKER = "10000009"
PAGE, FETCH, START = (reverse(f"sources:{name}") for name in ("cvr", "cvr_fetch", "cvr_start"))
POPULATION = reverse("sources:population")
ERHV6 = "OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD\nKøbenhavn;1;1-9;2023;12\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(refresh, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(register, "TRIES", 1)


@pytest.fixture
def there(settings):
    with cvrregister.Register([company(ANKER)]) as running:
        settings.PEJL_CVR_URL = running.url
        settings.PEJL_CVR_USER, settings.PEJL_CVR_PASSWORD = cvrregister.USER, cvrregister.PASSWORD
        yield running


def test_an_adviser_fetches_a_company_that_is_not_here(signed_in, there):
    answer = signed_in("ravi").post(FETCH, {"cvr": "10 00 00 09"})
    assert "Anker Design ApS 10000009" in words(answer)
    assert "Virksomheden blev oprettet her" in words(answer)
    assert Company.objects.get().cvr == ANKER


def test_fetching_leads_back_to_the_form_it_came_from(signed_in, there):
    answer = signed_in("ravi").post(FETCH, {"cvr": ANKER, "next": "/kontrakt/"})
    assert (answer.status_code, answer.url) == (302, "/kontrakt/")


def test_fetching_leads_nobody_to_another_house(signed_in, there):
    answer = signed_in("ravi").post(FETCH, {"cvr": ANKER, "next": "https://example.org/"})
    assert answer.status_code == 200


def test_a_board_member_fetches_nothing(signed_in, there):
    assert signed_in("bent").post(FETCH, {"cvr": ANKER}).status_code == 403
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(503, "svarer ikke lige nu"), (400, "afviste spørgsmålet")],
)
def test_a_register_in_trouble_is_said_calmly_and_the_number_is_kept(
    trouble, said, signed_in, there
):
    there.troubles = [trouble]
    answer = signed_in("ravi").post(FETCH, {"cvr": ANKER})
    assert answer.status_code == 503
    assert said in words(answer)
    assert f'value="{ANKER}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("cvr", "said"),
    [("10000025", "ingen virksomhed med det nummer"), ("123", "ikke et CVR-nummer")],
)
def test_a_wrong_number_is_said_as_such(cvr, said, signed_in, there):
    answer = signed_in("ravi").post(FETCH, {"cvr": cvr})
    assert answer.status_code == 400
    assert said in words(answer)


def test_without_a_user_at_the_register_the_page_says_what_to_do(signed_in, settings):
    settings.PEJL_CVR_USER = ""
    assert "ingen bruger til CVR-registret" in words(signed_in("ravi").post(FETCH, {"cvr": ANKER}))


def test_a_controller_refreshes_all_and_sees_what_changed(
    signed_in, there, django_capture_on_commit_callbacks
):
    Company.objects.create(cvr=ANKER, name="Anker")
    client = signed_in("alice")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(START)
    shown = words(client.get(answer.url))
    assert "Ændret 1" in shown
    assert "Anker Design ApS" in shown
    assert "Ansatte fra 1. december 2023 – 8" in shown


def test_an_adviser_does_not_refresh_all(signed_in, there):
    client = signed_in("ravi")
    assert client.get(PAGE).status_code == client.post(START).status_code == 403
    assert not CvrRefresh.objects.exists()


def test_a_file_of_hits_is_taken_in_where_another_kind_is_not(
    signed_in, django_capture_on_commit_callbacks
):
    Company.objects.create(cvr=ANKER, name="Anker")
    client = signed_in("alice")
    for name, state in (("cvr.csv", None), ("cvr.json", RefreshState.DONE)):
        sent = SimpleUploadedFile(name, json.dumps([company(ANKER)]).encode())
        with django_capture_on_commit_callbacks(execute=True):
            client.post(START, {"from_file": "1", "file": sent})
        assert CvrRefresh.objects.values_list("state", flat=True).first() == state


def test_a_stopped_refresh_offers_to_go_on(signed_in, there, django_capture_on_commit_callbacks):
    Company.objects.create(cvr=ANKER, name="Anker")
    client, there.troubles = signed_in("alice"), [503]
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(START).url
    assert "standsede før slutningen" in words(client.get(page))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("sources:cvr_resume", args=[CvrRefresh.objects.get().pk]))
    assert CvrRefresh.objects.get().state == RefreshState.DONE


def test_a_controller_takes_workplaces_in_and_an_adviser_may_not(signed_in):
    for user, status in (("ravi", 403), ("alice", 302)):
        sent = SimpleUploadedFile("ERHV6.csv", ERHV6.encode("utf-8-sig"))
        assert signed_in(user).post(POPULATION, {"file": sent}).status_code == status
    assert Population.objects.get().year == 2023


def test_another_file_is_refused_with_the_columns_needed(signed_in):
    sent = SimpleUploadedFile("andet.csv", b"a;b\n1;2\n")
    answer = signed_in("alice").post(POPULATION, {"file": sent})
    assert answer.status_code == 400
    assert "ERHV6" in words(answer)
    assert not Population.objects.exists()
