"""Another site's form, sent by the browser of somebody signed in (CSRF): refused everywhere."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from tests.attacks.addresses import addresses, filled, the_world

BACKEND = "django.contrib.auth.backends.ModelBackend"
CAUGHT = 499
# Whoever holds the secret in the address may act; there is no session that a form could borrow.
BY_SECRET = {
    "events:take_part",
    "events:thanks",
    "events:cancel_signup",
    "events:code_image",
    "surveys:answer",
    "surveys:decline",
    "surveys:unsubscribe",
    "surveys:thanks",
}


def caught(request, reason=""):
    """In the place of the page that says why."""
    return HttpResponse(reason, status=CAUGHT)


def exempt(patterns, space=""):
    """The names of the views that ask for no proof, outside the API (which takes keys alone)."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from exempt(pattern.url_patterns, inner)
        elif getattr(pattern.callback, "csrf_exempt", False) and space != "api-1:":
            yield f"{space}{pattern.name}"


def test_who_asks_for_no_proof_is_a_short_list():
    assert set(exempt(get_resolver().url_patterns)) <= BY_SECRET


def test_no_address_acts_on_a_forged_form(db, settings):
    settings.CSRF_FAILURE_VIEW = "tests.attacks.test_forged_forms.caught"
    make_demo_users()
    forger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    forger.force_login(User.objects.get(username="anna"), BACKEND)
    world, open_to_it = the_world(), set(exempt(get_resolver().url_patterns))
    acted = []
    for address in addresses():
        if address.name in open_to_it:
            continue
        path = next(filled(address, world))
        answer = forger.post(path, {"x": "1"}, headers={"referer": "https://evil.example/"})
        if answer.status_code not in (CAUGHT, 403, 404, 405):
            acted.append(f"{address.name} {path} → {answer.status_code}")
    assert acted == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_token_of_the_house_does_not_help_another_site(db, settings, origin):
    settings.CSRF_FAILURE_VIEW = "tests.attacks.test_forged_forms.caught"
    make_demo_users()
    client = Client(enforce_csrf_checks=True)
    token = client.get("/log-ind/").cookies["csrftoken"].value
    form = {"csrfmiddlewaretoken": token, "language": "en"}
    assert client.post("/sprog/", form).status_code == 302
    assert client.post("/sprog/", form, headers={"origin": origin}).status_code == CAUGHT
