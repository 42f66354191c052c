"""The previous release's backup is put back by this version, migrated, and figures the same.

The files are made by ``tools/release_database.py`` in the release's own code; see CONTRIBUTING.md.
"""

import json
import lzma
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import Hub

HERE = Path(__file__).parent
RELEASES = sorted(file.stem for file in HERE.glob("*.json"))


def put_back(release: str, engine: str, folder: Path, hub: Hub) -> None:
    """The release's backup in place of an empty hub, and its tables brought up to date."""
    file = folder / "pejl-before.tar"
    with lzma.open(HERE / f"{release}-{engine}.tar.xz") as packed, file.open("wb") as out:
        shutil.copyfileobj(packed, out)
    restored = hub.run("restore", file)
    assert restored.returncode == 0, restored.stderr
    migrated = hub.run("migrate")
    assert migrated.returncode == 0, migrated.stderr


def same_figures(hub: Hub, release: str) -> None:
    """Every goal on every day is as the release itself figured it, to the last digit."""
    figures: dict[str, Any] = json.loads((HERE / f"{release}.json").read_text(encoding="utf-8"))
    assert len(figures) == 2
    for day, goals in figures.items():
        found = hub.status(day)
        for goal in goals:
            told = {name: found[goal["id"]][name] for name in goal}
            assert told == goal, (day, goal["id"])


def well(hub: Hub) -> None:
    """The doctor finds the database sound, the log unbroken and what was signed unmoved."""
    found = {
        one["check"]: one["level"]
        for one in json.loads(hub.run("doctor", "--format", "json").stdout)
    }
    assert {found[check] for check in ("database", "tables", "audit log")} == {"ok"}


@pytest.mark.parametrize("release", RELEASES)
def test_a_sqlite_of_the_previous_release_figures_the_same_today(release: str, tmp_path: Path):
    hub = Hub(tmp_path / "var", tables=False)
    put_back(release, "sqlite", tmp_path, hub)
    same_figures(hub, release)
    well(hub)
    (signed,) = {path.name for path in (hub.data / "snapshots").glob("2024-03-31-*")}
    assert hub.run("verify", signed).returncode == 0


@pytest.mark.postgres
@pytest.mark.parametrize("release", RELEASES)
def test_a_postgresql_of_the_previous_release_figures_the_same_today(
    release: str, tmp_path: Path, postgres: Callable[[], Any]
):
    hub = Hub(tmp_path / "var", {"DATABASE_URL": postgres.new_database()}, tables=False)
    put_back(release, "postgresql", tmp_path, hub)
    same_figures(hub, release)
    well(hub)


def test_there_is_a_release_to_upgrade_from():
    assert RELEASES
