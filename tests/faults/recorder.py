"""A hub in a process of its own in which requests are cut off: prints what each was answered.

tests/faults/test_database_lost.py starts it in the environment of a migrated hub, as
``python -c CODE SCENARIO [DATA OF THE POSTGRESQL CLUSTER]``.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import close_old_connections, connection
from django.test import Client

from pejl_hub.accounts.models import User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Company
from pejl_hub.guidance.actions import recording
from pejl_hub.guidance.models import Guidance

NEW = "/vejledninger/ny/"
Fault = Callable[[], None]


class Recorder:
    """A signed-in adviser, and a program with a key of theirs."""

    def __init__(self) -> None:
        Company.objects.get_or_create(cvr="53648371", defaults={"name": "Nordvind ApS"})
        self.ravi = User.objects.create(username="ravi", role="adviser")
        self.browser = visitor()
        self.browser.force_login(self.ravi, "django.contrib.auth.backends.ModelBackend")
        self.program = visitor()
        scopes = (Scope.WRITE_GUIDANCE,)
        self.key = make_key(user=self.ravi, name="faults", scopes=scopes, days=1)[1]

    def form(self, token: str, **more: str) -> dict[str, Any]:
        """Send the form."""
        told = {"who": "53648371", "held_on": "2024-03-05", "type": "specialised"}
        told |= {"segment": "growth", "municipality": "101", "token": token}
        close_old_connections()  # as every request begins
        return _told(self.browser.post(NEW, told | more))

    def call(self, name: str) -> dict[str, Any]:
        """Send it as a program."""
        told = {"cvr": "53648371", "held_on": "2024-03-05", "segment": "growth"}
        told |= {"municipality": "101"}
        close_old_connections()
        headers = {"authorization": f"Bearer {self.key}", "idempotency-key": name}
        return _told(
            self.program.post(
                "/api/v1/guidances", told, content_type="application/json", headers=headers
            )
        )


def visitor() -> Client:
    """A browser of nobody in particular, which is shown the page of an error."""
    return Client(raise_request_exception=False, SERVER_NAME="localhost")


def _told(answer: Any) -> dict[str, Any]:
    return {
        "status": answer.status_code,
        "type": answer["Content-Type"],
        "retry": answer.headers.get("Retry-After"),
        "text": answer.content.decode() if answer.status_code >= 400 else "",
    }


@contextmanager
def in_the_middle(fault: Fault) -> Iterator[None]:
    """When the record is written, and what belongs to it is not."""
    write = recording.write_change

    def cut_off(**given: Any) -> Any:
        fault()
        return write(**given)

    with patch.object(recording, "write_change", cut_off):
        yield


def stored() -> list[int]:
    """How many guidances and entries about them there are."""
    close_old_connections()
    about = AuditEntry.objects.filter(object_type__contains="guidance").count()
    return [Guidance.objects.count(), about]


def cut(fault: Fault, mend: Callable[[Recorder], None]) -> dict[str, Any]:
    """Cut a form and a program off, mend it, and send both again."""
    recorder, one = Recorder(), str(uuid4())
    before = stored()
    with in_the_middle(fault):
        form = recorder.form(one)
    mend(recorder)
    between = stored()
    with in_the_middle(fault):
        call = recorder.call("the-one-name")
    mend(recorder)
    nothing = [before, between, stored()]
    again = [recorder.form(one)["status"], recorder.call("the-one-name")["status"]]
    return {"form": form, "call": call, "nothing": nothing, "again": again, "stored": stored()}


def terminated() -> dict[str, Any]:
    """The server ends the connection."""

    def end() -> None:
        import psycopg

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (number,) = cursor.fetchone()
        with psycopg.connect(_elsewhere(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [number])

    return cut(end, lambda _: None)


def stopped() -> dict[str, Any]:
    """The server falls, stays away for some requests, and comes back."""
    from tests.postgres import Cluster, _binaries

    cluster = Cluster(_binaries(), Path(sys.argv[2]).parent)
    away: list[dict[str, Any]] = []

    def come_back(recorder: Recorder) -> None:
        close_old_connections()
        away.append(_told(recorder.browser.get("/")))
        cluster.start()

    return cut(cluster.stop, come_back) | {"away": away}


def locked() -> dict[str, Any]:
    """Somebody else writes for longer than SQLite waits."""
    connection.settings_dict["OPTIONS"]["timeout"] = 0.2
    recorder, one = Recorder(), str(uuid4())
    before = stored()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = [recorder.form(one), recorder.call("the-one-name")]
    other.execute("ROLLBACK")
    other.close()
    between = stored()
    again = [recorder.form(one)["status"], recorder.call("the-one-name")["status"]]
    return {
        "form": refused[0], "call": refused[1], "nothing": [before, between],
        "again": again, "stored": stored(),
    }  # fmt: skip


def read_only() -> dict[str, Any]:
    """The file may only be read."""
    return cut(lambda: _say("PRAGMA query_only = ON"), lambda _: _say("PRAGMA query_only = OFF"))


def full() -> dict[str, Any]:
    """SQLite may not grow."""

    def no_room() -> None:
        _say("PRAGMA max_page_count = 1")  # as few as it has
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE more AS SELECT zeroblob(20000000)")

    return cut(no_room, lambda _: _say("PRAGMA max_page_count = 1000000000"))


def _say(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)


def _elsewhere() -> str:
    from pejl_hub.operations.databases import conninfo

    return conninfo()


SCENARIOS = {one.__name__: one for one in (terminated, stopped, locked, read_only, full)}


def main() -> None:
    """Play the scenario that is asked for."""
    print(json.dumps(SCENARIOS[sys.argv[1]]()))  # noqa: T201
