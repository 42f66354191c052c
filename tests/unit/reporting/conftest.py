"""A hub with readers, a published month, and documents that are made in no time."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pejl_hub.accounts.models import Role, User
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.models import State as EditionState
from pejl_hub.reporting.actions import making
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.actions.deciding import approve, release
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Order, Report
from pejl_hub.reporting.producing import Product
from pejl_hub.reporting.queries import readers_of
from pejl_hub.status.queries import contract_on
from tests.mailserver import MailServer

JUNE = date(2024, 6, 30)
PLACES = ("101", "147", "151", "153")


def product(report: Report, *_given: object) -> Product:
    """What the writers would give."""
    said = f"{report.kind} {report.place} {report.as_of}"
    return Product(
        f"Det vigtigste: {said}.", {"pdf": said.encode(), "html": b"<p>" + said.encode()}
    )


class Kept:
    """A snapshot by name alone."""

    id, sha256 = "2024-06-30-abc", "5" * 64


@pytest.fixture
def hub(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is counted here, and what is queued waits."""
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(making, "produce", product)
    monkeypatch.setattr(making, "snapshot_for", lambda report: Kept())


def person(name: str, role: Role, place: str = "") -> User:
    return User.objects.create(
        username=name, first_name=name.title(), role=role, municipality=place,
        email=f"{name}@example.org",
    )  # fmt: skip


@pytest.fixture
def alice(hub: None) -> User:
    """Alice asks for reports."""
    return person("alice", Role.CONTROLLER)


@pytest.fixture
def dorte(hub: None) -> User:
    """Dorte approves them."""
    return person("dorte", Role.DIRECTOR)


@pytest.fixture
def karla(hub: None) -> User:
    """Karla reads for Ballerup."""
    return person("karla", Role.MUNICIPALITY_READER, "151")


@pytest.fixture
def edition(hub: None) -> Edition:
    """June is published."""
    contract = contract_on(JUNE)
    return Edition.objects.create(
        contract_id=contract.id, contract_sha256=contract.sha256, as_of=JUNE, minimum=3,
        state=EditionState.PUBLISHED, who="alice",
    )  # fmt: skip


@pytest.fixture
def asked(alice: User, edition: Edition) -> Order:
    """Alice has asked for the reports of four municipalities."""
    return ask_for(kind=Kind.MUNICIPALITY, day=JUNE, places=PLACES, by=alice)


@pytest.fixture
def monthly(alice: User) -> Report:
    """Alice's monthly report of June, made."""
    order = ask_for(kind=Kind.MONTHLY, day=JUNE, by=alice)
    making.make_order(order=order)
    return order.reports.get()


@pytest.fixture
def ballerup(asked: Order, dorte: User, karla: User) -> Report:
    """The report of Ballerup, made and approved."""
    making.make_order(order=asked)
    report = asked.reports.get(place="151")
    approve(report=report, by=dorte)
    report.refresh_from_db()
    return report


@pytest.fixture
def out(ballerup: Report, alice: User) -> Callable[..., Report]:
    """Releases the report of Ballerup to its readers and to further addresses."""

    def let_out(*addresses: str) -> Report:
        release(report=ballerup, by=alice, readers=readers_of(ballerup), addresses=addresses)
        ballerup.refresh_from_db()
        return ballerup

    return let_out


@pytest.fixture
def mail_server(tmp_path: Path, settings: Any) -> Iterator[MailServer]:
    """Send to a real server."""
    with MailServer(log=tmp_path / "mail.log") as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server
