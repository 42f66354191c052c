"""The database is lost, busy, full or read-only in the middle of a request."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.command import ROOT, Hub

START = "import django; django.setup(); from tests.faults import recorder; recorder.main()"
WAIT = "Det går som regel over af sig selv"
# Signing in is not what is tried: nobody is asked for a code.
ALONE = {"DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings", "PEJL_REQUIRE_TOTP": "0"}
SAID = {
    "terminated": WAIT,
    "stopped": WAIT,
    "locked": "Nogen er ved at skrive mange data",
    "read_only": "kan læses, men ikke skrives til",
    "full": "Der er ikke plads på disken",
}


def play(hub: Hub, scenario: str, *more: str) -> dict[str, Any]:
    """What came of the scenario."""
    done = subprocess.run(
        [sys.executable, "-c", START, scenario, *more],
        env=hub.environment | ALONE,
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def require_calm(told: dict[str, Any], scenario: str) -> None:
    """A sentence for a person, a problem for a program, and nothing half written."""
    form, call = told["form"], told["call"]
    assert (form["status"], call["status"]) == (503, 503)
    assert SAID[scenario] in form["text"]
    assert call["type"] == "application/problem+json"
    assert "Idempotency-Key" in json.loads(call["text"])["detail"]
    assert form["retry"] == call["retry"] == "30"
    assert all(one == [0, 0] for one in told["nothing"])
    assert told["again"] == [302, 200]
    assert told["stored"] == [2, 2]


@pytest.mark.postgres
@pytest.mark.parametrize("scenario", ["terminated", "stopped"])
def test_a_request_that_loses_postgresql_writes_nothing_and_the_next_one_works(
    postgres: Any, postgres_hub: Callable[[], Hub], scenario: str
) -> None:
    told = play(postgres_hub(), scenario, postgres.data)
    require_calm(told, scenario)
    for page in told.get("away", ()):
        assert page["status"] == 503
        assert SAID["stopped"] in page["text"]


@pytest.mark.parametrize("scenario", ["locked", "read_only", "full"])
def test_a_request_that_sqlite_refuses_writes_nothing_and_the_next_one_works(
    sqlite_hub: Callable[[], Hub], scenario: str
) -> None:
    require_calm(play(sqlite_hub(), scenario), scenario)


def test_a_command_without_its_database_says_so_in_a_sentence(
    sqlite_hub: Callable[[], Hub],
) -> None:
    hub = sqlite_hub()
    (hub.data / "pejl.sqlite3").write_bytes(b"no database at all, but long enough to be looked at")
    done = hub.run("audit", "verify")
    assert done.returncode == 1
    assert done.stderr.startswith("Given: ")
    assert "Traceback" not in done.stderr
