"""Hubs of their own to break."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
