"""Signing in and out, the language, and pages that say what went wrong."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts.actions import demo_password, make_demo_users
from pejl_hub.accounts.models import User

SIGN_IN = reverse("accounts:sign_in")


def test_the_right_password_signs_in_and_a_wrong_one_is_refused(client, db):
    make_demo_users()
    wrong = client.post(SIGN_IN, {"username": "alice", "password": "gættet"})
    assert wrong.status_code == 200
    assert "Du blev ikke logget ind" in wrong.content.decode()
    right = client.post(SIGN_IN, {"username": "alice", "password": demo_password()})
    assert right.status_code == 302
    assert right.url == reverse("status:overview")


def test_guessing_is_stopped_after_eight_tries(client, db):
    make_demo_users()
    for _ in range(8):
        last = client.post(SIGN_IN, {"username": "alice", "password": "gættet"})
    assert last.status_code == 429
    assert "For mange forsøg" in last.content.decode()
    locked = client.post(SIGN_IN, {"username": "alice", "password": demo_password()})
    assert locked.status_code == 429


def test_demo_users_are_offered_only_where_there_is_a_demo(client, db):
    User.objects.create_user("bodil", password=demo_password())
    assert "Prøv demoen" not in client.get(SIGN_IN).content.decode()
    make_demo_users()
    shown = client.get(SIGN_IN).content.decode()
    assert "Prøv demoen" in shown
    assert "Demo: alle virksomheder" in shown


def test_signing_out_is_a_post_and_a_mere_link_does_nothing(signed_in, year):
    alice = signed_in("alice")
    assert alice.get(reverse("accounts:sign_out")).status_code == 405
    assert alice.get(reverse("status:guide")).status_code == 200
    alice.post(reverse("accounts:sign_out"))
    assert alice.get(reverse("status:guide")).status_code == 302


def test_pages_are_danish_whatever_the_browser_says_and_english_when_asked(db):
    client = Client(headers={"Accept-Language": "en-GB,en"})
    assert '<html lang="da">' in client.get(SIGN_IN).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": SIGN_IN})
    english = client.get(SIGN_IN).content.decode()
    assert '<html lang="en">' in english
    assert "User name" in english
    client.post(reverse("set_language"), {"language": "da", "next": SIGN_IN})
    assert "Brugernavn" in client.get(SIGN_IN).content.decode()


def test_the_accessibility_statement_is_open_to_all_and_linked_in_the_footer(client, db):
    statement = reverse("core:accessibility")
    assert statement in client.get(SIGN_IN).content.decode()
    assert "Tilgængelighedserklæring" in client.get(statement).content.decode()


def test_an_unknown_address_answers_in_danish(client, db):
    answer = client.get("/findes-ikke/")
    assert answer.status_code == 404
    assert "Siden blev ikke fundet" in answer.content.decode()


def test_the_page_for_our_own_faults_needs_nothing_to_be_drawn():
    assert "Noget gik galt hos os" in render_to_string("500.html")


def test_a_form_without_its_token_is_refused_in_danish(db):
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"username": "alice"})
    assert answer.status_code == 403
    assert "Formularen var for gammel" in answer.content.decode()


@pytest.mark.parametrize("page", [SIGN_IN, reverse("core:accessibility")])
def test_the_content_policy_allows_nothing_unsafe(page, client, db):
    policy = client.get(page)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "file",
    [
        "vendor/dkfds/dkfds.css",
        "vendor/dkfds/icons.svg",
        "vendor/vega/vega-embed.js",
        "core/pejl.css",
    ],
)
def test_vendored_files_point_at_no_source_maps_and_no_other_host(file):
    text = Path(finders.find(file)).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert "url(http" not in text
