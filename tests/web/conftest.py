"""The drawn year behind the pages, and one signed-in person for each role."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks.async_checks import check_async_unsafe
from django.core.checks.registry import registry
from django.test import Client

from pejl.contract.load import load
from pejl.disclosure.publish import Publication, publish
from pejl.snapshot.store import Snapshot
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.publishing import actions as editions
from pejl_hub.publishing import queries as seen
from pejl_hub.publishing.models import Edition
from pejl_hub.status import queries
from tests.web import drawn

CONTRACT = Path(__file__).parents[2] / "contracts" / "hovedstaden" / "2024.yaml"


@pytest.fixture(autouse=True)
def no_finding_about_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' browser has the process ask the database in its thread: no hub does."""
    checks = registry.deployment_checks - {check_async_unsafe}
    monkeypatch.setattr(registry, "deployment_checks", checks)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return drawn.draw(tmp_path_factory.mktemp("snapshots"), load(CONTRACT))


@pytest.fixture
def year(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """The pages count the drawn year."""
    monkeypatch.setattr(queries, "ensure_snapshot", lambda day: snapshot)
    return snapshot


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A year with enough guidances for the small counts to hide behind."""
    return drawn.draw(tmp_path_factory.mktemp("many"), load(CONTRACT), drawn.many())


@pytest.fixture(scope="session")
def publication(many: Snapshot) -> Publication:
    """What may leave the house of that year, up to 30 June."""
    return publish(load(CONTRACT), many, drawn.MID_YEAR)


@pytest.fixture
def publishing(
    db: None,
    many: Snapshot,
    publication: Publication,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The pages count the year of many, and whoever publishes publishes its 30 June."""
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    for module in (editions, queries):
        monkeypatch.setattr(module, "ensure_snapshot", lambda day: many)
    monkeypatch.setattr(editions, "publish", lambda *given, **more: publication)
    monkeypatch.setattr(seen, "folder", lambda: many.path.parent)


@pytest.fixture
def published(publishing: None) -> Edition:
    """The edition of 30 June, which readers outside the house see."""
    return editions.ask_for_edition(day=drawn.MID_YEAR, by=None, now=True)


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
