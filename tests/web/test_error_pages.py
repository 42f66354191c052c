"""What a page says when something is wrong: what happened, what to do, and the request's number."""

import errno

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from pejl_hub.config.served import served

NUMBER = "0123456789abcdef0123456789abcdef"
PLACE = "pejl_hub.core.views.render"


def fails(monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(PLACE, fail)
    client = Client(raise_request_exception=False)
    return lambda **more: client.get("/tilgaengelighed/", headers={"x-request-id": NUMBER}, **more)


def test_a_fault_of_ours_is_told_without_its_insides(db, monkeypatch):
    ask = fails(monkeypatch, ValueError("Anna Berg, anna@example.org"))
    page = ask()
    text = page.content.decode()
    assert page.status_code == 500
    assert "Noget gik galt hos os" in text
    assert "gemt helt eller slet ikke" in text
    assert NUMBER in text
    assert "Anna" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("server closed the connection unexpectedly"), "Vent et halvt minut"),
        (InterfaceError("connection already closed"), "Vent et halvt minut"),
        (OSError(errno.ENOSPC, "No space left on device"), "Der er ikke plads på disken"),
    ],
)
def test_what_passes_by_itself_asks_for_patience(db, monkeypatch, error, said):
    page = fails(monkeypatch, error)()
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert said in page.content.decode()
    assert "No space" not in page.content.decode()


def test_another_fault_of_the_files_is_one_of_ours(db, monkeypatch):
    assert fails(monkeypatch, OSError(errno.EACCES, "Permission denied"))().status_code == 500


def test_the_page_of_a_fault_speaks_the_chosen_language(db, monkeypatch):
    monkeypatch.setattr(PLACE, lambda *_, **__: 1 / 0)
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = "en"
    page = client.get("/tilgaengelighed/")
    assert '<html lang="en">' in page.content.decode()
    assert "Something went wrong on our side" in page.content.decode()


def test_a_database_that_is_away_while_the_user_is_looked_up_is_told_as_well(
    signed_in, monkeypatch, django_assert_num_queries
):
    client = signed_in("alice")
    client.raise_request_exception = False

    def away(*_, **__):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    page = client.get("/klienter/")
    assert page.status_code == 503
    assert "Pejl kan ikke svare lige nu" in page.content.decode()


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/figures/x/y/z"])
def test_a_program_is_told_the_same_as_a_problem(db, path):
    answer = Client().get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert answer.json()["instance"].endswith(answer.headers["X-Request-ID"])


def test_a_program_is_told_of_a_fault_without_its_insides(db, monkeypatch):
    def fail(*_, **__):
        raise ValueError("Anna Berg")

    monkeypatch.setattr("pejl_hub.api.keys.ByKey.__call__", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/figures")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Anna" not in answer.content.decode()


def test_an_unknown_host_is_refused_and_told_to_start_again(db):
    page = Client().get("/", headers={"host": "evil.example.org"})
    assert page.status_code == 400
    assert "Intet er ændret" in page.content.decode()
    assert "evil" not in page.content.decode()


@pytest.mark.parametrize(("path", "status"), [("/indlaes/", 403), ("/ingenting/", 404)])
def test_a_refusal_carries_the_request_s_number(signed_in, path, status):
    page = signed_in("bent").get(path, headers={"x-request-id": NUMBER})
    assert page.status_code == status
    assert NUMBER in page.content.decode()
    assert page.headers["X-Request-ID"] == NUMBER


@pytest.mark.parametrize("given", ["Anna Berg", "010190-1234", "a" * 200, "<script>", ""])
def test_a_number_that_could_be_somebody_s_is_not_taken(db, given):
    page = Client().get("/log-ind/", headers={"x-request-id": given})
    made = page.headers["X-Request-ID"]
    assert len(made) == 32
    assert made != given


def test_plain_http_shows_no_insides_in_production_whatever_the_environment_says():
    assert served({"PEJL_DEBUG": "1"})["DEBUG"] is True
    assert served({"PEJL_DEBUG": "1", "PEJL_URL": "https://pejl.example.org"})["DEBUG"] is False


def test_the_host_of_the_address_is_served_without_being_named_twice():
    own = ["localhost", "127.0.0.1", "[::1]"]
    address = {"PEJL_URL": "https://a.example.org"}
    assert served({})["ALLOWED_HOSTS"] == own
    assert served(address)["ALLOWED_HOSTS"] == ["a.example.org", *own]
    two = served(address | {"PEJL_HOSTS": "a.example.org, b.example.org"})
    assert two["ALLOWED_HOSTS"] == ["a.example.org", "b.example.org", *own]
