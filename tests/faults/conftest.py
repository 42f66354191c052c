"""Hubs of their own to break."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from tests.command import Hub
from tests.postgres import Cluster


@pytest.fixture
def sqlite_hub(tmp_path: Path) -> Callable[[], Hub]:
    """Makes a hub on SQLite."""
    return lambda: Hub(tmp_path / "sqlite")


@pytest.fixture
def postgres_hub(postgres: Cluster, tmp_path: Path) -> Callable[[], Hub]:
    """Makes a hub on PostgreSQL."""
    return lambda: Hub(tmp_path / "postgres", {"DATABASE_URL": postgres.migrated_database()})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], datetime]:
    """Put the clock: ``clock(moment)``; every part of Pejl reads Django's."""

    def put(moment: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr("time.time", moment.timestamp)
        return moment

    return put
