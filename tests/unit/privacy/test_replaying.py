"""After a restore the same people are erased again, and nobody else."""

import json

import pytest
from typer.testing import CliRunner

from pejl_hub.cli import app
from pejl_hub.companies.models import Person
from pejl_hub.companies.tombstones import secret
from pejl_hub.privacy.erasing import erase
from pejl_hub.privacy.replaying import replay
from pejl_hub.privacy.subjects import Subject

pytestmark = pytest.mark.django_db
BO = {"name": "Bo Brun", "email": "bo@brun.dk"}


@pytest.fixture
def bo():
    bo = Person.objects.create(**BO)
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    return bo


def put_back(bo, **values):
    """As a backup from before the erasure has them."""
    Person.objects.filter(pk=bo.pk).update(**(BO | values))


def test_a_person_whom_a_backup_brings_back_is_erased_again(bo, settings):
    put_back(bo)
    (settings.DATA / "privacy.key").unlink()  # the backup was older than the key
    secret()
    done = replay()
    bo.refresh_from_db()
    assert (done.again, bo.name) == (1, "(slettet)")
    assert replay().again == 0


def test_another_person_under_the_same_number_is_left_alone(bo):
    put_back(bo, name="Cille Carl", email="c@carl.dk")
    assert replay().again == 0
    bo.refresh_from_db()
    assert bo.name == "Cille Carl"


def test_the_command_finds_erases_and_replays(monkeypatch):
    monkeypatch.setattr("pejl_hub.cli.privacy.ready", lambda: None)

    def run(*given):
        return CliRunner().invoke(app, ["privacy", *given])

    bo = Person.objects.create(**BO)
    assert f"person {bo.pk}: Bo Brun bo@brun.dk" in run("find", "brun").stdout
    found = json.loads(run("find", "bo@brun.dk", "--format", "json").stdout)
    assert [one["kind"] for one in found] == ["person"]
    told = run("erase", "person", str(bo.pk), "--reason", "Bad om det.")
    assert "Say --yes" in told.stdout
    bo.refresh_from_db()
    assert bo.name == "Bo Brun"
    done = run(
        "erase", "person", str(bo.pk), "--reason", "Bad om det.", "--yes", "--format", "json"
    )
    assert json.loads(done.stdout)["rows"] == 1
    put_back(bo)
    assert run("replay").stdout == "1 erased again, 0 were erased already.\n"
    assert run("erase", "ghost", "1", "--reason", "x").exit_code == 1
