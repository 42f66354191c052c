"""``pejl user``: a real hub's people, and what is refused."""

import subprocess

import pytest

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.accounts.people import add_user, change_password, close_user
from tests.command import PEJL, ROOT, Hub

PASSWORD = "en lang og rolig sætning"


def test_a_hub_gets_its_first_user_from_the_command_line(tmp_path):
    hub = Hub(tmp_path)
    made = with_password(hub, "user", "add", "karin", "--role", "controller", "--password-stdin")
    assert (made.returncode, made.stderr) == (0, "")
    assert hub.run("user", "list").stdout == "karin\tcontroller\n"
    again = with_password(hub, "user", "add", "karin", "--role", "board", "--password-stdin")
    assert again.returncode == 1
    assert "taken" in again.stderr
    assert "Traceback" not in again.stderr
    assert hub.run("user", "close", "karin").returncode == 0
    assert hub.run("user", "list").stdout == "karin\tcontroller\t\tclosed\n"


def with_password(hub, *arguments):
    return subprocess.run(
        [PEJL, *arguments],
        env=hub.environment,
        cwd=ROOT,
        input=PASSWORD + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"role": "board"}, {"role": "king"}),
        ({"role": "municipality_reader", "municipality": "151"}, {"role": "municipality_reader"}),
        ({"role": "board"}, {"role": "board", "municipality": "151"}),
        (
            {"role": "municipality_reader", "municipality": "151"},
            {"role": "municipality_reader", "municipality": "751"},  # Aarhus is another hub's
        ),
        ({"password": PASSWORD}, {"password": "kort"}),
        ({"password": PASSWORD}, {"password": "password1234"}),
        ({"name": "karin.holm"}, {"name": "karin holm"}),
        ({"name": "karin"}, {"name": "taken"}),
    ],
)
def test_a_user_has_a_free_name_a_role_its_place_and_a_strong_password(good, bad):
    usual = {"name": "bo", "role": "controller", "password": PASSWORD}
    add_user(name="taken", role="board", password=PASSWORD)
    with pytest.raises(UserError):
        add_user(**(usual | bad))
    made = add_user(**(usual | good))
    assert made.check_password((usual | good)["password"])
    assert User.objects.count() == 2


@pytest.mark.django_db
def test_a_new_password_replaces_the_old_and_a_closed_user_may_not_sign_in(client):
    add_user(name="bo", role="board", password=PASSWORD)
    change_password(name="bo", password=PASSWORD + " igen")
    user = User.objects.get()
    assert not user.check_password(PASSWORD)
    assert user.check_password(PASSWORD + " igen")
    close_user(name="bo")
    assert not User.objects.get().is_active


@pytest.mark.django_db
@pytest.mark.parametrize("act", [close_user, lambda name: change_password(name=name, password="x")])
def test_nobody_is_changed_who_is_not_there(act):
    with pytest.raises(UserError, match="nobody"):
        act(name="nobody")
