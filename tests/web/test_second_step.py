"""The second step of signing in: turned on, asked for, guessed at, lost and given back."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.pending import KEY
from pejl_hub.audit.models import AuditEntry
from tests.web.second import code, secret_on, wrong

PASSWORD = "en lang og rolig sætning"
SIGN_IN, CODE, OWN = (reverse(f"accounts:{name}") for name in ("sign_in", "code", "own"))
ON, OFF, CODES = (reverse(f"accounts:{n}") for n in ("turn_on", "turn_off", "recovery_codes"))
PROVE, GUIDE = reverse("accounts:prove"), reverse("status:guide")


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def bo(db):
    return User.objects.create_user("bo", password=PASSWORD, role=Role.CONTROLLER)


@pytest.fixture
def secret(bo):
    """Bo's telephone; the code of the period before is used up."""
    made = second.new_secret()
    assert second.turn_on(user=bo, secret=made, code=code(made, -1))
    return made


def half_in(client=None, password=PASSWORD, **more):
    """A browser in which Bo's password has been given."""
    client = client or Client()
    client.post(SIGN_IN, {"username": "bo", "password": password, **more})
    return client


def send(client, typed):
    return client.post(CODE, {"code": typed})


def inside(client):
    return client.get(OWN).status_code == 200


def test_the_password_alone_lets_nobody_in_who_has_a_second_step(secret):
    client = half_in()
    assert not inside(client)
    assert send(client, code(secret)).status_code == 302
    assert inside(client)
    assert AuditEntry.objects.get(action="signed_in").details == {"how": "code"}


def test_a_wrong_code_lets_nobody_in(secret):
    client = half_in()
    answer = send(client, wrong(secret))
    assert "Koden er ikke rigtig" in answer.content.decode()
    assert not inside(client)


def test_a_code_without_a_password_lets_nobody_in(secret):
    client = half_in(password="gættet")
    assert send(client, code(secret)).url == SIGN_IN
    assert not inside(client)


def test_a_code_is_good_once_and_so_is_every_one_before_it(secret):
    client = half_in()
    assert send(client, code(secret)).status_code == 302
    for seen in (code(secret), code(secret, -1)):
        thief = half_in()
        send(thief, seen)
        assert not inside(thief)


def test_a_recovery_code_is_good_once(bo, secret):
    left = second.recovery_codes(bo)
    assert len(left) == 10
    client = half_in()
    assert send(client, f"{left[3][:4]} {left[3][4:]}").status_code == 302
    assert inside(client)
    again = half_in()
    send(again, left[3])
    assert not inside(again)
    assert second.recovery_codes(bo) == left[:3] + left[4:]
    send(half_in(), code(secret))
    assert AuditEntry.objects.filter(action="recovery_code_used").count() == 1


def test_guessing_codes_is_stopped_after_eight_tries_from_one_place(secret):
    client = half_in()
    for _ in range(8):
        last = send(client, wrong(secret))
    assert last.status_code == 429
    assert "For mange forsøg" in last.content.decode()
    assert send(client, code(secret)).status_code == 429
    assert not inside(client)


def test_guessing_codes_from_many_places_is_stopped_after_ten(secret):
    for place in range(10):
        client = half_in(Client(REMOTE_ADDR=f"192.0.2.{place}"))
        send(client, wrong(secret))
    fresh = half_in(Client(REMOTE_ADDR="192.0.2.99"))
    send(fresh, code(secret))
    assert not inside(fresh)


def test_after_a_quarter_of_an_hour_the_right_code_is_taken_again(bo, secret):
    User.objects.filter(pk=bo.pk).update(wrong_codes=10, wrong_code_at="2026-01-01T00:00Z")
    client = half_in()
    send(client, code(secret))
    assert inside(client)


def test_the_wait_between_the_steps_ends(secret):
    client = half_in()
    session = client.session
    session[KEY] = [session[KEY][0], time.time() - 601, *session[KEY][2:]]
    session.save()
    assert send(client, code(secret)).url == SIGN_IN
    assert not inside(client)


def test_a_new_password_ends_the_wait_of_whoever_gave_the_old_one(bo, secret):
    client = half_in()
    bo.set_password(PASSWORD + " igen")
    bo.save()
    assert send(client, code(secret)).url == SIGN_IN


def test_the_session_key_is_a_new_one_after_each_step(secret):
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    half_in(client)
    between = client.session.session_key
    send(client, code(secret))
    assert len({planted, between, client.session.session_key}) == 3
    thief = Client()
    for key in (planted, between):
        thief.cookies["sessionid"] = key
        assert not inside(thief)


@pytest.mark.parametrize(
    ("asked", "lands"),
    [("/registre/", "/registre/"), ("https://ond.example/", "/"), ("//ond.example", "/")],
)
def test_after_the_code_one_lands_where_one_wanted_and_never_elsewhere(secret, asked, lands):
    client = half_in(next=asked)
    assert send(client, code(secret)).url == lands


def test_who_sees_persons_must_turn_the_code_on_before_anything_else(bo, settings):
    settings.PEJL_REQUIRE_TOTP = True
    client = half_in()
    assert client.get(GUIDE).url == ON
    assert client.get(OWN).url == ON
    page = client.get(ON)
    assert 'src="data:image/svg+xml' in page.content.decode()
    made = secret_on(page)
    assert client.post(ON, {"code": wrong(made)}).status_code == 400
    assert not second.has_code(bo)
    assert client.post(ON, {"code": code(made)}).url == CODES
    assert client.get(GUIDE).status_code == 200
    assert AuditEntry.objects.filter(action="second_step_on").count() == 1


@pytest.mark.parametrize(
    ("role", "demo", "asked", "must"),
    [
        (Role.CONTROLLER, False, True, True),
        (Role.ADVISER, False, True, True),
        (Role.AUDITOR, False, True, True),
        (Role.BOARD, False, True, False),  # sees published figures alone
        (Role.CONTROLLER, True, True, False),
        (Role.CONTROLLER, False, False, False),
    ],
)
def test_the_code_is_asked_of_roles_that_see_persons(role, demo, asked, must, settings):
    settings.PEJL_REQUIRE_TOTP, settings.PEJL_DEMO = asked, True
    assert second.needs_code(User(role=role, is_demo=demo)) is must


def test_turning_the_code_on_ends_sign_ins_that_came_without_it(bo):
    here, other = half_in(), half_in()
    made = secret_on(here.get(ON))
    here.post(ON, {"code": code(made)})
    assert inside(here)
    assert not inside(other)


@pytest.mark.parametrize("page", [ON, OFF, CODES, reverse("accounts:recovery_file")])
def test_a_browser_left_open_does_not_reach_the_second_step_without_the_password(secret, page):
    client = half_in()
    send(client, code(secret))
    session = client.session
    kept = session[sessions.STAMP]
    session[sessions.STAMP] = [*kept[:3], time.time() - 601]
    session.save()
    assert client.get(page).url == f"{PROVE}?next={page.replace('/', '%2F')}"
    told = {"password": PASSWORD, "code": wrong(secret), "next": page}
    assert client.post(PROVE, told).status_code == 400
    assert client.get(page).status_code == 302
    told = {"password": "gættet", "code": code(secret, 1), "next": page}
    assert client.post(PROVE, told).status_code == 400
    assert client.get(page).status_code == 302
    told = {"password": PASSWORD, "code": code(secret, 1), "next": page}
    assert client.post(PROVE, told).url == page
    assert client.get(page).status_code == (302 if page == ON else 200)


def test_proving_leads_to_no_other_house(bo):
    client = half_in()
    told = {"password": PASSWORD, "next": "https://ond.example/"}
    assert client.post(PROVE, told).url == OWN


def test_the_recovery_codes_are_shown_saved_and_made_anew(bo, secret):
    client = half_in()
    send(client, code(secret))
    old = second.recovery_codes(bo)
    shown = re.findall(r"<code>(\d{4}) (\d{4})</code>", client.get(CODES).content.decode())
    assert ["".join(pair) for pair in shown] == old
    file = client.get(reverse("accounts:recovery_file"))
    assert file["Content-Disposition"] == 'attachment; filename="pejl-koder.txt"'
    assert file.content.decode().splitlines()[3:] == old
    assert client.post(reverse("accounts:renew_codes")).url == CODES
    assert not set(old) & set(second.recovery_codes(bo))
    thief = half_in()
    send(thief, old[0])
    assert not inside(thief)


def test_the_code_is_turned_off_by_its_owner_and_must_be_turned_on_again_by_some(
    bo, secret, settings
):
    settings.PEJL_REQUIRE_TOTP = True
    client = half_in()
    send(client, code(secret))
    assert client.get(OFF).status_code == 200
    assert second.has_code(bo)
    client.post(OFF)
    assert not second.has_code(bo)
    assert client.get(GUIDE).url == ON
    assert AuditEntry.objects.filter(action="second_step_off").count() == 1


def test_a_copy_of_the_database_alone_makes_no_codes(bo, secret, settings):
    kept = Authenticator.objects.get(user=bo, type="totp")
    assert secret not in str(kept.data)
    settings.SECRET_KEY = "another"
    client = half_in()
    send(client, code(secret))
    assert not inside(client)


def test_an_earlier_signing_key_still_opens_the_secrets(bo, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert second.check(user=bo, code=code(secret))


@pytest.mark.parametrize(
    "path", ["accounts/signup/", "accounts/password/reset/", "accounts/email/"]
)
def test_no_page_of_allauths_own_is_served(client, db, path):
    assert client.get(f"/{path}").status_code == 404
