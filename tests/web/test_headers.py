"""Every answer's headers as Mozilla's Observatory and `check --deploy` want them, in production."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import OperationalError
from django.test import Client
from django.urls import URLPattern, get_resolver

from pejl_hub.config.served import served
from tests.web import observatory

ROOT = Path(__file__).parents[2]
HTTPS = {"PEJL_URL": "https://pejl.example.org"}
HOST = {"secure": True, "headers": {"host": "pejl.example.org"}}
NOT_WALKED = {"sprog/", "log-ud/"}  # by POST alone
PRODUCTION = served(HTTPS)


@pytest.fixture
def production(settings):
    """The settings of a hub that others reach."""
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)


def addresses(patterns=None, before=""):
    """Every address that takes no argument, read from the hub's own table."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern).lstrip("^").removesuffix("$")
        if isinstance(one, URLPattern):
            if not one.pattern.regex.groups and path not in NOT_WALKED:
                yield f"/{path}"
        else:
            yield from addresses(one.url_patterns, path)


def faults(response):
    """What an answer lacks; all of it must be the best that the Observatory knows."""
    if observatory.score(response) < observatory.BEST:
        yield {name: rule(response).said for name, rule in observatory.RULES.items()}
    kept = response.headers.get("Cache-Control", "")
    if not ("no-store" in kept or "max-age" in kept):
        yield f"Cache-Control: {kept}"
    for name in ("Permissions-Policy", "X-Request-ID"):
        if not response.headers.get(name):
            yield f"no {name}"
    for values in observatory.policy(response).values():
        if any("unsafe" in value for value in values):
            yield "unsafe"


def test_every_page_has_the_best_headers_that_the_observatory_knows(
    production, year, signed_in, tmp_path, settings
):
    settings.DATA = tmp_path
    found, seen = {}, set()
    for client in (Client(), signed_in("alice")):
        client.raise_request_exception = False
        for path in sorted(set(addresses())):
            response = client.get(path, **HOST)
            seen.add(response.status_code)
            if wrong := list(faults(response)):
                found[path] = wrong
    assert found == {}
    assert {200, 302, 405} <= seen
    assert len(set(addresses())) > 60


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        (400, lambda client: client.get("/", secure=True, headers={"host": "evil.example.org"})),
        (403, lambda client: client.get("/indlaes/", **HOST)),
        (404, lambda client: client.get("/nowhere/", **HOST)),
        (405, lambda client: client.get("/log-ud/", **HOST)),
        (401, lambda client: client.get("/api/v1/figures", **HOST)),
        (404, lambda client: client.get("/api/v1/nowhere", **HOST)),
        (200, lambda client: client.get("/static/core/pejl.css", **HOST)),
        (301, lambda client: client.get("/", headers={"host": "pejl.example.org"})),
    ],
)
def test_refusals_errors_and_files_have_them_too(production, year, signed_in, status, ask):
    client = signed_in("bent")
    response = ask(client)
    response.close()
    assert response.status_code == status
    wrong = [one for one in faults(response) if status not in (301, 400)]
    assert wrong == []
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("error", "status"), [(ValueError, 500), (OperationalError, 503)])
def test_a_fault_of_ours_has_them_too(production, signed_in, monkeypatch, error, status):
    def fail(*_, **__):
        raise error("somebody@example.org")

    monkeypatch.setattr("pejl_hub.core.views.render", fail)
    client = Client(raise_request_exception=False)
    response = client.get("/tilgaengelighed/", **HOST)
    assert response.status_code == status
    assert list(faults(response)) == []


def test_a_form_from_elsewhere_is_refused_with_the_same_headers(production, signed_in):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/log-ind/", {"username": "a"}, **HOST)
    assert response.status_code == 403
    assert list(faults(response)) == []


def test_cookies_cross_https_alone_and_no_script_reads_them(production, signed_in):
    client = Client()
    client.get("/log-ind/", **HOST)
    client.post("/sprog/", {"language": "en", "next": "/"}, **HOST)
    signed_in("bent")
    from pejl_hub.accounts.actions import demo_password

    client.post("/log-ind/", {"username": "bent", "password": demo_password()}, **HOST)
    assert {"csrftoken", "django_language", "sessionid"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_the_observatory_s_rules_find_what_is_left_out(production, signed_in, settings):
    """The list above is worth something: each header taken away costs points."""
    whole = Client().get("/log-ind/", **HOST)
    assert observatory.score(whole) == observatory.BEST + 5
    for header in (
        "Content-Security-Policy", "Strict-Transport-Security", "Referrer-Policy",
        "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Embedder-Policy",
    ):  # fmt: skip
        one = Client().get("/log-ind/", **HOST)
        del one.headers[header]
        assert observatory.score(one) < observatory.BEST + 5, header


def test_django_s_own_list_for_production_finds_nothing(production):
    assert run_checks(include_deployment_checks=True) == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("SECRET_KEY", "kort", "security.W009"),
        ("SECURE_SSL_REDIRECT", False, "security.W008"),
        ("SESSION_COOKIE_SECURE", False, "security.W012"),
    ],
)
def test_django_s_own_list_finds_what_is_missing(production, settings, name, value, found):
    setattr(settings, name, value)
    assert [one.id for one in run_checks(include_deployment_checks=True)] == [found]


def test_no_policy_anywhere_lets_in_what_is_unsafe():
    for file in (ROOT / "src").rglob("*.py"):
        assert "'unsafe-" not in file.read_text("utf-8"), file
