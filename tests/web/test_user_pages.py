"""An administrator keeps the users; nobody else does."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from tests.web.second import code

PASSWORD = "en lang og rolig sætning"
USERS, NEW = reverse("accounts:users"), reverse("accounts:user_new")
ACTS = ("user_close", "user_reopen", "user_reset_code", "user_sign_out")


@pytest.fixture
def anna(signed_in):
    return signed_in("anna")


@pytest.fixture
def bo(db):
    return User.objects.create_user("bo", password=PASSWORD, role="controller")


def at(name, user):
    return reverse(f"accounts:{name}", args=[user.pk])


def test_an_administrator_makes_a_user_who_may_sign_in(anna):
    told = {"name": "bo", "role": "municipality_reader", "municipality": "151"}
    answer = anna.post(NEW, told | {"password": PASSWORD})
    bo = User.objects.get(username="bo")
    assert answer.url == at("user", bo)
    assert (bo.role, bo.municipality, bo.check_password(PASSWORD)) == (
        *("municipality_reader", "151"),
        True,
    )
    assert AuditEntry.objects.filter(action="made", object_id=str(bo.pk), who="anna").count() == 1
    assert "bo" in anna.get(USERS).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "alice"},
        {"role": "king"},
        {"role": "municipality_reader"},
        {"municipality": "151"},
        {"role": "municipality_reader", "municipality": "15"},
        {"password": "kort"},
    ],
)
def test_a_user_who_cannot_be_is_refused_and_not_stored(anna, wrong):
    before = User.objects.count()
    told = {"name": "bo", "role": "board", "municipality": "", "password": PASSWORD} | wrong
    assert anna.post(NEW, told).status_code == 400
    assert User.objects.count() == before


def test_the_page_offers_the_municipalities_of_the_hub_and_no_others(anna):
    choices = dict(anna.get(NEW).context["form"].fields["municipality"].choices)
    assert len(choices) == 1 + 29
    assert choices["151"] == "Ballerup"
    assert "751" not in choices


def test_another_role_holds_at_once_and_is_audited(anna, bo):
    anna.post(at("user", bo), {"role": "municipality_reader", "municipality": "147"})
    bo.refresh_from_db()
    assert (bo.role, bo.municipality) == ("municipality_reader", "147")
    entry = AuditEntry.objects.get(action="changed", object_id=str(bo.pk))
    assert entry.details["changed"]["role"] == ["controller", "municipality_reader"]


def test_a_closed_user_is_out_at_once_and_may_be_let_in_again(anna, bo):
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "bo", "password": PASSWORD})
    assert client.get(reverse("accounts:own")).status_code == 200
    anna.post(at("user_close", bo))
    assert client.get(reverse("accounts:own")).status_code == 302
    anna.post(at("user_reopen", bo))
    assert User.objects.get(pk=bo.pk).is_active


def test_a_lost_telephone_is_helped_and_every_sign_in_ends(anna, bo):
    secret = second.new_secret()
    assert second.turn_on(user=bo, secret=secret, code=code(secret))
    anna.post(at("user_reset_code", bo))
    assert not Authenticator.objects.filter(user=bo).exists()
    assert AuditEntry.objects.filter(action="second_step_off", who="anna").count() == 1


def test_an_administrator_signs_somebody_out_everywhere(anna, bo):
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "bo", "password": PASSWORD})
    anna.post(at("user_sign_out", bo))
    assert client.get(reverse("accounts:own")).status_code == 302


def test_the_last_administrator_stays_one(anna):
    own = User.objects.get(username="anna")
    assert anna.post(at("user", own), {"role": "board"}).status_code == 400
    anna.post(at("user_close", own))
    own.refresh_from_db()
    assert (own.role, own.is_active) == ("administrator", True)


def test_a_browser_left_open_changes_no_user(anna, bo):
    session = anna.session
    kept = session[sessions.STAMP]
    session[sessions.STAMP] = [*kept[:3], time.time() - 601]
    session.save()
    for name in ACTS:
        assert reverse("accounts:prove") in anna.post(at(name, bo)).url
    assert anna.post(at("user", bo), {"role": "board"}).status_code == 302
    bo.refresh_from_db()
    assert (bo.role, bo.is_active) == ("controller", True)


@pytest.mark.parametrize("who", ["alice", "dorte", "rune"])
def test_nobody_else_sees_or_changes_users(signed_in, bo, who):
    other = signed_in(who)
    assert [other.get(page).status_code for page in (USERS, NEW, at("user", bo))] == [403] * 3
    assert {other.post(at(name, bo)).status_code for name in ACTS} == {403}
    bo.refresh_from_db()
    assert bo.is_active
