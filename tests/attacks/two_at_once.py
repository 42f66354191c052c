"""Two people who press at the very same moment; ``test_two_at_once`` runs it on PostgreSQL.

That both are in the middle of it is made certain: the rows that each wants to hold are held here
until the database says that both wait. A defence that only looks, and does not hold, has looked
by then; both would go on.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.messages import get_messages
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts.models import Role, User
from pejl_hub.audit.chain import verify
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close
from pejl_hub.core.actions import hold_revision
from pejl_hub.governance.closes import actions as closes
from pejl_hub.reporting.actions import making
from pejl_hub.reporting.models import Report, State
from tests.attacks.test_second_person import MATTERS, browser
from tests.unit.reporting.conftest import Kept, product
from tests.web.conftest import signed_in as signed_in

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 60.0  # on a machine with much else to do
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@dataclass(frozen=True)
class Pressed:
    """What one of the two was answered."""

    status: int
    said: tuple[str, ...]  # the kinds of the messages


@pytest.fixture(autouse=True)
def house(signed_in, monkeypatch):
    """Documents are made in no time, and there are two administrators beside Alice."""
    monkeypatch.setattr(making, "produce", product)
    monkeypatch.setattr(making, "snapshot_for", lambda report: Kept())
    User.objects.create(username="bo", role=Role.ADMINISTRATOR)


def both(held: Callable[[], object], *presses: Callable[[], Pressed]) -> list[Pressed]:
    """Press all in threads of their own, once each has come to wait for what is held."""
    found, faults = [], []

    def run(press):
        try:
            found.append(press())
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(press,)) for press in presses]
    with transaction.atomic():
        held()
        for thread in threads:
            thread.start()
        _until_waiting(len(threads))
    for thread in threads:
        thread.join(SECONDS)
    assert faults == []
    return found


def _until_waiting(many: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else it is as it was first seen
            cursor.execute(WAITING)
            if cursor.fetchone()[0] == many:
                return
        time.sleep(0.01)
    raise TimeoutError(f"{many} should be waiting")


def press(client: Client, path: str, told: dict[str, str]) -> Callable[[], Pressed]:
    """Somebody's button."""

    def go():
        answer = client.post(path, told)
        said = tuple(one.level_tag for one in get_messages(answer.wsgi_request))
        return Pressed(answer.status_code, said)

    return go


def told_calmly(found: list[Pressed]) -> bool:
    """One has done it; the other has a page, or goes back to one, and is told that it was not."""
    refused = [one for one in found if one.status == 400 or one.said == ("error",)]
    done = [one for one in found if one.status == 302 and one.said == ("success",)]
    return len(refused) == len(done) == 1


@pytest.mark.parametrize("name", MATTERS)
def test_of_two_who_approve_at_the_same_moment_one_does(name):
    matter = MATTERS[name]
    one = matter.ask()
    path, told = matter.page(one)
    found = both(
        lambda: type(one).objects.select_for_update().get(pk=one.pk),
        *(press(browser(User.objects.get(username=who)), path, told) for who in ("anna", "bo")),
    )
    assert told_calmly(found), found
    assert matter.done(one)
    assert AuditEntry.objects.filter(action=matter.entry).count() == 1
    assert verify().holds


def test_of_two_who_sign_the_same_months_at_the_same_moment_one_does(monkeypatch):
    kept = SimpleNamespace(id="s", sha256="5" * 64, contract_sha256="5" * 64)
    monkeypatch.setattr(closes, "take_snapshot", lambda day: kept)
    monkeypatch.setattr(closes.archive, "keep", lambda *given: kept)
    told = {"til": "2024-02-29", "signed": "Alice Lund"}
    found = both(
        hold_revision,
        *(
            press(browser(User.objects.get(username=who)), reverse("governance:sign"), told)
            for who in ("alice", "anna")
        ),
    )
    assert told_calmly(found), found
    assert Close.objects.get().last_day == date(2024, 2, 29)


def test_of_two_who_ask_for_an_opening_at_the_same_moment_one_is_who_asked():
    close = Close.objects.create(
        first_day=date(2024, 1, 1), last_day=date(2024, 1, 31), snapshot_id="s", signed="Alice"
    )
    path = reverse("governance:reopen", args=[close.pk])
    clients = [browser(User.objects.get(username=who)) for who in ("alice", "anna")]
    found = both(
        lambda: Close.objects.select_for_update().get(),
        *(press(one, path, {"reason": "Importen manglede"}) for one in clients),
    )
    assert sorted(one.status for one in found) == [302, 400]
    assert AuditEntry.objects.filter(action="closing.reopening_asked").count() == 1


def test_what_one_rejects_at_the_moment_another_approves_it_stays_rejected():
    """What is approved may be rejected until it is out; what is rejected is approved no more."""
    matter = MATTERS["report"]
    one = matter.ask()
    anna, bo = (browser(User.objects.get(username=who)) for who in ("anna", "bo"))
    found = both(
        lambda: Report.objects.select_for_update().get(pk=one.pk),
        press(anna, matter.page(one)[0], {}),
        press(bo, reverse("reporting:reject", args=[one.key]), {"why": "Forkert måned"}),
    )
    assert {one.status for one in found} == {302}
    assert Report.objects.get(pk=one.pk).state == State.REJECTED
