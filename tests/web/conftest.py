"""The drawn year behind the pages, and one signed-in person for each role."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from pejl.contract.load import load
from pejl.snapshot.store import Snapshot
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.status import queries
from tests.web import drawn

CONTRACT = Path(__file__).parents[2] / "contracts" / "hovedstaden" / "2024.yaml"


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return drawn.draw(tmp_path_factory.mktemp("snapshots"), load(CONTRACT))


@pytest.fixture
def year(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """The pages count the drawn year."""
    monkeypatch.setattr(queries, "ensure_snapshot", lambda day: snapshot)
    return snapshot


@pytest.fixture
def signed_in(db: None) -> Callable[[str], Client]:
    """A client for a demo user: alice (controller), dorte (director), bent (board) …"""
    make_demo_users()

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(
            User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
        )
        return client

    return sign_in
