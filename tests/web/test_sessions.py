"""How long somebody stays signed in, what a session is worth to a thief, and ending it."""

import time

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts.actions import demo_password, make_demo_users
from pejl_hub.accounts.models import SignedIn, User
from pejl_hub.accounts.sessions import STAMP
from pejl_hub.audit.models import AuditEntry

SIGN_IN, OWN = reverse("accounts:sign_in"), reverse("accounts:own")
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"
NEW = "en ny og rolig sætning"
MINUTE = 60
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"  # what is tested is not the hash


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = [QUICK]


@pytest.fixture
def browser(db):
    """Opens a browser in which a user of the demo has signed in with the password."""
    make_demo_users()

    def sign_in(username="alice", agent=CHROME):
        client = Client(headers={"User-Agent": agent})
        answer = client.post(SIGN_IN, {"username": username, "password": demo_password()})
        assert answer.status_code == 302
        return client

    return sign_in


def age(client, *, at=0, seen=0):
    """Let the session have begun, and been seen last, so many minutes ago."""
    session = client.session
    now, kept = time.time(), session[STAMP]
    session[STAMP] = [now - at * MINUTE, now - seen * MINUTE, kept[2], now - at * MINUTE]
    session.save()


@pytest.mark.parametrize(
    ("at", "seen", "stays"),
    [
        (479, 479, True),
        (481, 481, False),  # idle for more than eight hours
        (719, 1, True),
        (721, 1, False),  # signed in for more than twelve, however busy
    ],
)
def test_a_session_ends_when_idle_and_when_a_day_old(browser, at, seen, stays):
    client = browser()
    age(client, at=at, seen=seen)
    assert (client.get(OWN).status_code == 200) is stays
    if not stays:
        told = client.get(SIGN_IN).content.decode()
        assert "Du blev logget ud" in told
        assert SignedIn.objects.count() == 0


def test_a_sign_of_life_prolongs_the_session_and_is_written_once_a_minute(browser):
    client = browser()
    age(client, at=10, seen=10)
    client.get(OWN)
    first = client.session[STAMP][1]
    assert time.time() - first < MINUTE
    client.get(OWN)
    assert client.session[STAMP][1] == first


def test_a_session_from_before_the_limits_gets_them_now(browser):
    client = browser()
    session = client.session
    del session[STAMP]
    session.save()
    assert client.get(OWN).status_code == 200
    assert time.time() - client.session[STAMP][0] < MINUTE


def test_a_key_that_a_thief_has_planted_is_not_the_key_of_the_session(browser, db):
    browser()
    victim = Client()
    session = victim.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    victim.cookies["sessionid"] = planted
    victim.post(SIGN_IN, {"username": "alice", "password": demo_password()})
    assert victim.get(OWN).status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get(OWN).status_code == 302
    assert not Session.objects.filter(session_key=planted).exists()


def test_the_own_page_lists_the_own_sign_ins_and_nobody_elses(browser):
    here, _other = browser(), browser(agent="Mozilla/5.0 (iPhone) Safari/604.1")
    browser("dorte", agent="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    page = here.get(OWN).content.decode()
    assert "Chrome, Windows" in page
    assert "Safari, iPhone" in page
    assert "Firefox" not in page
    assert "127.0.0.1" in page


def test_one_sign_in_elsewhere_can_be_ended_and_another_persons_cannot(browser):
    here, other, dorte = browser(), browser(), browser("dorte")
    hers = SignedIn.objects.get(user__username="dorte")
    assert here.post(reverse("accounts:end", args=[hers.pk])).status_code == 404
    assert dorte.get(OWN).status_code == 200
    mine = SignedIn.objects.get(key=other.session.session_key)
    assert here.post(reverse("accounts:end", args=[mine.pk])).status_code == 302
    assert other.get(OWN).status_code == 302
    assert here.get(OWN).status_code == 200
    assert AuditEntry.objects.filter(action="signed_out_elsewhere").count() == 1


def test_signing_out_everywhere_else_ends_even_sessions_on_no_list_and_keeps_this_one(browser):
    here, other, dorte = browser(), browser(), browser("dorte")
    SignedIn.objects.filter(key=other.session.session_key).delete()
    assert here.post(reverse("accounts:end_others")).status_code == 302
    assert other.get(OWN).status_code == 302
    assert here.get(OWN).status_code == 200
    assert dorte.get(OWN).status_code == 200
    assert [one.user.username for one in SignedIn.objects.order_by("pk")] == ["dorte", "alice"]


def test_a_new_password_ends_every_other_session(browser):
    here, other = browser(), browser()
    wrong = {"old_password": "gættet", "new_password1": NEW, "new_password2": NEW}
    assert here.post(reverse("accounts:password"), wrong).status_code == 400
    assert other.get(OWN).status_code == 200
    right = wrong | {"old_password": demo_password()}
    assert here.post(reverse("accounts:password"), right).status_code == 302
    assert here.get(OWN).status_code == 200
    assert other.get(OWN).status_code == 302
    assert User.objects.get(username="alice").check_password(NEW)
    assert AuditEntry.objects.filter(action="password_changed").count() == 1


@pytest.mark.parametrize("weak", ["kort", "password1234"])
def test_a_weak_new_password_is_refused_and_the_old_one_holds(browser, weak):
    here = browser()
    asked = {"old_password": demo_password(), "new_password1": weak, "new_password2": weak}
    assert here.post(reverse("accounts:password"), asked).status_code == 400
    assert User.objects.get(username="alice").check_password(demo_password())


def test_each_sign_in_is_an_entry_of_the_audit_log(browser):
    browser()
    entry = AuditEntry.objects.get(action="signed_in")
    assert (entry.who, entry.details) == ("alice", {"how": "password"})


def test_signing_out_takes_the_session_off_the_list(browser):
    here = browser()
    assert SignedIn.objects.count() == 1
    here.post(reverse("accounts:sign_out"))
    assert SignedIn.objects.count() == 0


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("/registre/", "/registre/"),
        ("https://ond.example/", "/"),
        ("//ond.example/", "/"),
        ("/\\ond.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_after_signing_in_one_lands_in_the_house_and_nowhere_else(db, asked, lands):
    make_demo_users()
    told = {"username": "alice", "password": demo_password(), "next": asked}
    answer = Client().post(SIGN_IN, told)
    assert (answer.status_code, answer.url) == (302, lands)


def test_signing_in_from_another_site_is_refused(db):
    make_demo_users()
    told = {"username": "alice", "password": demo_password()}
    foreign = Client(enforce_csrf_checks=True)
    assert foreign.post(SIGN_IN, told).status_code == 403
    assert SignedIn.objects.count() == 0
    own = Client(enforce_csrf_checks=True)
    page = own.get(SIGN_IN)
    token = page.context["csrf_token"]
    assert own.post(SIGN_IN, told | {"csrfmiddlewaretoken": str(token)}).status_code == 302


@pytest.mark.parametrize("username", ["alice", "nobody", "closed", "by-provider"])
def test_a_wrong_password_costs_one_hash_whoever_is_named(db, username, monkeypatch):
    """Else the time of the answer would tell who there is."""
    make_demo_users()
    User.objects.create_user("closed", password=NEW, is_active=False)
    User.objects.create_user("by-provider")
    made, encode = [], MD5PasswordHasher.encode

    def counted(self, *given, **more):
        made.append(given)
        return encode(self, *given, **more)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    Client().post(SIGN_IN, {"username": username, "password": "gættet"})
    assert len(made) == 1
