"""A backup taken while several processes record and import is of one moment."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, Hub
from tests.postgres import Cluster

START = "import django; django.setup(); from tests.faults import loaded; loaded.main()"


def play(hub: Hub, place: Path, database: str) -> dict[str, Any]:
    """What the copy holds."""
    done = subprocess.run(
        [sys.executable, "-c", START, str(place), database],
        env=hub.environment | {"DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def require_one_moment(told: dict[str, Any]) -> None:
    """Of each recorder the first ones and no gap, with their entries, their figure and files."""
    assert told["faults"] == []
    assert told["chain"]
    assert all(number == far for _, number, far in told["far"])
    assert told["guidances"] == told["audited"] == told["counted"]
    assert 5 < told["guidances"] <= told["after"]
    assert told["imports"] > 0
    assert set(told["press"]) == {1}
    assert all(told["refused"])


def test_on_sqlite_the_copy_is_of_one_moment(tmp_path: Path) -> None:
    place = tmp_path / "new"
    require_one_moment(play(Hub(tmp_path / "old"), place, str(place / "pejl.sqlite3")))


@pytest.mark.postgres
def test_on_postgresql_the_copy_is_of_one_moment(postgres: Cluster, tmp_path: Path) -> None:
    hub = Hub(tmp_path / "old", {"DATABASE_URL": postgres.migrated_database()})
    database = postgres.new_database().rpartition("/")[2]
    require_one_moment(play(hub, tmp_path / "new", database))
