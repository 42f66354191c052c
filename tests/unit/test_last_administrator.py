"""Somebody can always manage the users: what page, command and provider may take away."""

import subprocess
import sys
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from typer.testing import CliRunner

from pejl.base.errors import UserError
from pejl_hub.accounts.administrators import LastAdministrator, able
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.people import add_user, close_user
from pejl_hub.accounts.users.actions import let_in, place
from pejl_hub.audit.models import AuditEntry
from pejl_hub.cli import app

ROOT = Path(__file__).parents[2]
PASSWORD = "en lang og rolig sætning"
WAYS = {
    "the page closes": lambda user: let_in(user=user, open_=False, by=user),
    "the page gives another role": lambda user: to_the_board(user, by=user),
    "the command closes": lambda user: close_user(name=user.username),
    "the command gives another role": lambda user: to_the_board(user, by=None),
}


def to_the_board(user, by):
    place(user=user, role=Role.BOARD, municipality="", by=by)


def administrator(name, **more):
    made = add_user(name=name, role=Role.ADMINISTRATOR, password=PASSWORD)
    User.objects.filter(pk=made.pk).update(**more)
    return User.objects.get(pk=made.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("act", WAYS.values(), ids=WAYS)
def test_the_last_one_is_not_taken_away_and_one_of_two_is(act):
    anna = administrator("anna")
    with pytest.raises(LastAdministrator):
        act(anna)
    anna.refresh_from_db()
    assert (anna.role, anna.is_active) == (Role.ADMINISTRATOR, True)
    bo = administrator("bo")
    act(anna)
    assert able() == [bo]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "second",
    [{"is_active": False}, {"role": Role.DIRECTOR}, {"password": "!"}, {"is_demo": True}],
    ids=["closed", "another role", "no way to sign in", "of the demo"],
)
def test_a_second_one_who_cannot_sign_in_or_manage_users_does_not_count(settings, second):
    settings.PEJL_DEMO = False
    anna, _bo = administrator("anna"), administrator("bo", **second)
    with pytest.raises(LastAdministrator):
        close_user(name="anna")
    assert able() == [anna]


@pytest.mark.django_db
def test_one_who_comes_by_the_provider_counts_while_there_is_a_provider(settings):
    administrator("anna")
    bo = administrator("bo", password="!")
    SocialAccount.objects.create(user=bo, provider="oidc", uid="1")
    settings.PEJL_OIDC = settings.PEJL_OIDC | {"issuer": ""}
    with pytest.raises(LastAdministrator):
        close_user(name="anna")
    settings.PEJL_OIDC = settings.PEJL_OIDC | {"issuer": "https://login.example.dk"}
    close_user(name="anna")
    assert able() == [bo]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "municipality"), [("king", ""), ("board", "151"), ("municipality_reader", "")]
)
def test_the_command_gives_no_role_that_cannot_be(role, municipality):
    anna = administrator("anna")
    administrator("bo")
    with pytest.raises(UserError):
        place(user=anna, role=role, municipality=municipality, by=None)
    assert User.objects.get(pk=anna.pk).role == Role.ADMINISTRATOR


@pytest.mark.django_db
def test_a_house_without_an_administrator_gets_one_from_the_command_line():
    add_user(name="karin", role=Role.ADVISER, password=PASSWORD)
    assert able() == []
    assert role_by_command("karin", "king").exit_code != 0
    done = role_by_command("karin", "administrator")
    assert (done.exit_code, done.output) == (0, "karin has the role administrator.\n")
    assert [one.username for one in able()] == ["karin"]
    assert isinstance(role_by_command("karin", "adviser").exception, LastAdministrator)
    assert [one.username for one in able()] == ["karin"]


def role_by_command(name, role):
    return CliRunner().invoke(app, ["user", "role", name, "--role", role])


@pytest.mark.django_db
def test_every_change_of_a_role_from_the_command_line_is_told_to_the_trail():
    anna = administrator("anna")
    administrator("bo")
    to_the_board(anna, by=None)
    entry = AuditEntry.objects.get(action="changed", object_id=str(anna.pk))
    assert (entry.who, entry.details["changed"]) == (
        "command line",
        {"role": ["administrator", "board"]},
    )


@pytest.mark.postgres
def test_of_two_at_once_one_stays_on_postgresql(postgres, tmp_path):
    tests = Path(__file__).parent / "administrators_at_once.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
