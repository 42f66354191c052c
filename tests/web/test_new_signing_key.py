"""The signing key is changed: codes and sessions hold, and the former key can be thrown away."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from pejl_hub.accounts import second
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.resealing import Seals, look, seal_anew
from pejl_hub.audit.models import AuditEntry
from pejl_hub.cli import app
from pejl_hub.events.codes import cancel_secret, hash_of
from pejl_hub.operations.doctor import Level, examine
from tests.web.second import code

OLD, NEW = "den gamle nøgle " * 4, "den nye nøgle " * 4
OWN = reverse("accounts:own")
PASSWORD = "en lang og rolig sætning"


@pytest.fixture(autouse=True)
def old_key(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []


def changed(settings, *former):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, list(former)


def coded(name):
    """Somebody with a code; the period before is used up."""
    user = User.objects.create_user(name, password=PASSWORD, role=Role.CONTROLLER)
    secret = second.new_secret()
    assert second.turn_on(user=user, secret=secret, code=code(secret, -1))
    return user, secret


def found(check):
    (one,) = [one for one in examine() if one.check == check]
    return one.level


def test_sealed_anew_the_codes_hold_without_the_former_key(db, settings):
    bo, secret = coded("bo")
    recovery = second.recovery_codes(bo)
    changed(settings, OLD)
    assert seal_anew() == Seals(now=0, former=2, lost=())
    changed(settings)
    assert second.recovery_codes(bo) == recovery
    assert second.check(user=bo, code=recovery[0])
    assert second.check(user=bo, code=code(secret))
    assert not second.check(user=bo, code=code(secret))  # which code was used is still known
    assert AuditEntry.objects.filter(action="second_step_resealed").count() == 2


def test_not_sealed_anew_they_do_not(db, settings):
    bo, secret = coded("bo")
    changed(settings)
    assert not second.check(user=bo, code=code(secret))
    changed(settings, OLD)
    assert second.check(user=bo, code=code(secret))


def test_a_second_time_changes_nothing(db, settings):
    coded("bo")
    changed(settings, OLD)
    seal_anew()
    before = list(Authenticator.objects.values())
    assert seal_anew() == Seals(now=2, former=0, lost=())
    assert list(Authenticator.objects.values()) == before


def test_codes_that_no_key_opens_are_named_left_and_do_not_stop_the_others(db, settings):
    settings.SECRET_KEY = "en nøgle, som ingen har mere"
    coded("ditte")
    settings.SECRET_KEY = OLD
    bo, secret = coded("bo")
    changed(settings, OLD)
    lost = list(Authenticator.objects.filter(user__username="ditte").values())
    assert seal_anew() == Seals(now=0, former=2, lost=("ditte",))
    assert list(Authenticator.objects.filter(user__username="ditte").values()) == lost
    changed(settings)
    assert second.check(user=bo, code=code(secret))


def test_the_doctor_says_when_a_former_key_is_wanted_still_and_when_one_is_gone(db, settings):
    coded("bo")
    assert found("codes") is Level.OK
    changed(settings, OLD)
    assert found("codes") is Level.WARNING
    changed(settings)
    assert found("codes") is Level.WRONG
    changed(settings, OLD)
    seal_anew()
    changed(settings)
    assert found("codes") is Level.OK


def test_looking_changes_nothing(db, settings):
    coded("bo")
    changed(settings, OLD)
    before = list(Authenticator.objects.values())
    assert look() == Seals(now=0, former=2, lost=())
    assert list(Authenticator.objects.values()) == before


def test_whoever_is_signed_in_stays_so_while_the_former_key_holds(db, settings):
    client = Client()
    bo = User.objects.create_user("bo", password=PASSWORD, role=Role.CONTROLLER)
    client.force_login(bo, "django.contrib.auth.backends.ModelBackend")
    changed(settings)
    assert client.get(OWN).status_code == 302
    client = Client()
    settings.SECRET_KEY = OLD
    client.force_login(bo, "django.contrib.auth.backends.ModelBackend")
    changed(settings, OLD)
    assert client.get(OWN).status_code == 200
    changed(settings)
    assert client.get(OWN).status_code == 200  # the session was renewed by the page before


def test_a_letter_about_an_earlier_sign_up_has_the_link_that_cancels_it(settings):
    first = cancel_secret("n")
    kept = hash_of(first)
    changed(settings, OLD)
    assert cancel_secret("n", kept) == first
    assert cancel_secret("n") != first
    assert cancel_secret("another", kept) not in (first, cancel_secret("n"))


def test_the_command_says_what_was_done_and_whom_it_could_not_help(db, settings):
    settings.SECRET_KEY = "en nøgle, som ingen har mere"
    coded("ditte")
    settings.SECRET_KEY = OLD
    coded("bo")
    changed(settings, OLD)
    done = CliRunner().invoke(app, ["user", "reseal"])
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "2 sealed anew, 0 already sealed with the key of today.",
        "ditte: no key opens the code. Run `pejl user reset-code ditte`.",
    ]
