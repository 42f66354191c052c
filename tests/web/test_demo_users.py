"""Users of the demo, whose password is shown to everybody, are nobody in a hub that is no demo."""

import socket

import pytest
from django.test import Client
from django.urls import reverse

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.actions import demo_password, make_demo_users
from pejl_hub.accounts.models import SignedIn, User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.config.demo import is_demo as demo_there
from tests.command import Hub

SIGN_IN, OWN = reverse("accounts:sign_in"), reverse("accounts:own")


def sign_in():
    client = Client()
    client.post(SIGN_IN, {"username": "alice", "password": demo_password()})
    return client


@pytest.mark.parametrize("demo", [True, False])
def test_they_sign_in_where_it_is_a_demo_and_nowhere_else(db, settings, demo):
    make_demo_users()
    settings.PEJL_DEMO = demo
    client = sign_in()
    assert (client.get(OWN).status_code == 200) is demo
    assert SignedIn.objects.exists() is demo
    page = Client().get(SIGN_IN).content.decode()
    assert (demo_password() in page) is demo
    assert ("Prøv demoen" in page) is demo


def test_sessions_and_rights_of_theirs_end_when_a_demo_becomes_a_hub(db, settings):
    make_demo_users()
    client, alice = sign_in(), User.objects.get(username="alice")
    assert client.get(OWN).status_code == 200
    assert may(alice, Action.IMPORT)
    settings.PEJL_DEMO = False
    assert client.get(OWN).status_code == 403
    assert not any(may(alice, action) for action in Action)
    assert not is_demo()


def test_their_keys_open_nothing_either(db, settings):
    make_demo_users()
    alice = User.objects.get(username="alice")
    _, secret = make_key(user=alice, name="Excel", scopes=list(Scope), days=30)
    asked = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get("/api/v1/open", **asked).status_code == 200
    settings.PEJL_DEMO = False
    assert Client().get("/api/v1/open", **asked).status_code in (401, 403)


def test_they_are_made_in_a_demo_alone(db, settings):
    settings.PEJL_DEMO = False
    with pytest.raises(UserError, match="PEJL_DEMO=1"):
        make_demo_users()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("environment", "demo"),
    [
        ({}, True),
        ({"PEJL_HOSTS": "localhost,127.0.0.1,[::1]"}, True),
        ({"PEJL_DEMO": "0"}, False),
        ({"PEJL_HOSTS": "localhost,pejl.example.dk"}, False),
        ({"PEJL_URL": "https://pejl.example.dk"}, False),
        ({"PEJL_OIDC_ISSUER": "https://login.example.dk"}, False),
        ({"DATABASE_URL": "postgresql://pejl@db/pejl"}, False),
        ({"DATABASE_URL": "postgresql://pejl@db/pejl", "PEJL_DEMO": "1"}, True),
    ],
)
def test_what_looks_like_a_real_hub_is_no_demo_unless_it_says_so(environment, demo):
    assert demo_there(environment) is demo


def test_a_real_hub_makes_no_demo(tmp_path):
    refused = Hub(tmp_path, {"PEJL_HOSTS": "pejl.example.dk"}).run("demo")
    assert refused.returncode == 1
    assert "PEJL_DEMO=1" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_real_hub_is_not_served_while_they_stand_open(tmp_path):
    hub = Hub(tmp_path)
    hub.python(
        "from pejl_hub.cli.ready import ready; ready();"
        "from pejl_hub.accounts.actions import make_demo_users as make; make(); print(0)"
    )
    real = Hub(tmp_path, {"PEJL_HOSTS": "pejl.example.dk"}, tables=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = real.run("serve", "--port", port)
        closed = real.run("user", "close-demo")
        again = real.run("serve", "--port", port)
    assert (refused.returncode, "close-demo" in refused.stderr) == (1, True)
    assert closed.stdout.count("may no longer sign in") == 12
    assert again.stderr.startswith("Given: the address")  # it came past the users, to the next
