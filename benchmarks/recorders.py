"""Thirty people and programs record guidances at once: what was acknowledged is there, once.

``python -m benchmarks.recorders --each 40`` serves a new hub by ``pejl serve``, on SQLite and on
PostgreSQL, lets thirty recorders record through the form and the interface, some of them twice with
the same token or Idempotency-Key, and holds what they were told against the database. It prints a
table and writes benchmarks/results/recorders.md.
"""

import argparse
import contextlib
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.postgres import cluster
from benchmarks.timing import machine, table
from benchmarks.visitors import Visitor, hidden

RESULTS = Path(__file__).parent / "results" / "recorders.md"
RECORDERS, NEW, API = 30, "/vejledninger/ny/", "/api/v1/guidances"
HOST, PATIENCE_SECONDS = "127.0.0.1", 90
SAID = {"held_on": "2024-03-05", "type": "specialised", "segment": "growth", "municipality": "101"}
CVR = "53648371"
# Everybody has a session and a key of their own, as after signing in.
SET_UP = """
import json, sys
from pejl_hub.cli.ready import ready
ready(migrate=True)
from django.test import Client
from pejl_hub.accounts.models import User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.companies.models import Company
Company.objects.create(cvr="53648371", name="Nordvind ApS")
def one(number):
    user = User.objects.create(username=f"r{number}", role="adviser")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    key = make_key(user=user, name="r", scopes=(Scope.WRITE_GUIDANCE,), days=1)[1]
    return {"session": client.cookies["sessionid"].value, "key": key}
print(json.dumps([one(number) for number in range(int(sys.argv[1]))]))
"""
COUNT = """
import json
from pejl_hub.cli.ready import ready
ready()
from pejl_hub.audit.models import AuditEntry
from pejl_hub.guidance.models import Guidance
made = AuditEntry.objects.filter(object_type__contains="guidance")
print(json.dumps([sorted(Guidance.objects.values_list("pk", flat=True)), made.count()]))
"""


@dataclass(frozen=True)
class Sent:
    """One sending: of which recording, what was answered, and the guidance acknowledged."""

    recording: str
    status: int
    guidance: int | None
    seconds: float
    said: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was acknowledged against what is there; ``faults`` are sentences, none when it holds."""

    sent: Sequence[Sent]
    faults: Sequence[str]


def main() -> int:
    """Both databases in turn; exit status 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recorders", description=__doc__)
    parser.add_argument("--each", type=int, default=40)
    asked = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory(prefix="pejl-recorders-") as name:
        found["SQLite"] = try_out(Path(name) / "sqlite", {}, asked.each)
        with cluster() as address:
            found["PostgreSQL"] = try_out(
                Path(name) / "postgresql", {"DATABASE_URL": address}, asked.each
            )
    text = _report(found)
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return int(any(one.faults for one in found.values()))


def try_out(data: Path, env: Mapping[str, str], each: int) -> Verdict:
    """Serve a hub, let thirty record, and hold what they were told against what is there."""
    # Signing in is not what is tried: nobody is asked for a code.
    environment = os.environ | {"PEJL_DATA": str(data), "PEJL_REQUIRE_TOTP": "0"} | dict(env)
    people = _python(SET_UP, environment, str(RECORDERS))
    with served(environment) as port, ThreadPoolExecutor(RECORDERS) as pool:
        work = [(port, number, one, each) for number, one in enumerate(people)]
        sent = [one for told in pool.map(lambda given: _record(*given), work) for one in told]
    there, written = _python(COUNT, environment)
    return Verdict(sent, list(_faults(sent, there, written, RECORDERS * each)))


def _record(port: int, number: int, who: Mapping[str, str], each: int) -> list[Sent]:
    """Record so often, by form and by program in turn; every third is sent again."""
    browser = Visitor(HOST, port, {"sessionid": who["session"]})
    sent: list[Sent] = []
    for turn in range(each):
        named = f"recorder-{number:02}-{turn:04}"
        if (number + turn) % 2:
            sent += _by_form(browser, named, again=turn % 3 == 0)
        else:
            sent += _by_program(port, who["key"], named, again=turn % 3 == 0)
    if browser.line is not None:
        browser.line.close()
    return sent


def _by_form(browser: Visitor, named: str, *, again: bool) -> list[Sent]:
    fields = hidden(browser.get(NEW).body.decode()) | SAID | {"who": CVR}
    return [_form(browser, named, fields) for _ in range(1 + again)]


def _form(browser: Visitor, named: str, fields: Mapping[str, str]) -> Sent:
    begun = time.perf_counter()
    answer = browser.post(NEW, fields)
    number = answer.location.rstrip("/").rpartition("/")[2]
    made = int(number) if number.isdigit() else None
    return Sent(named, answer.status, made, time.perf_counter() - begun)


def _by_program(port: int, key: str, named: str, *, again: bool) -> list[Sent]:
    """A program that heard nothing sends it again, at the same moment as its first one arrives."""
    if not again:
        return [_call(port, key, named)]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda _: _call(port, key, named), range(2)))


def _call(port: int, key: str, named: str) -> Sent:
    begun = time.perf_counter()
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": named}
    line = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
    with contextlib.closing(line):
        body = json.dumps(SAID | {"cvr": CVR})
        line.request("POST", API, body, headers | {"Content-Type": "application/json"})
        answer = line.getresponse()
        told = json.loads(answer.read())
    said = "" if answer.status == http.client.OK else str(told)
    return Sent(named, answer.status, told.get("id"), time.perf_counter() - begun, said)


def _faults(sent: Sequence[Sent], there: Sequence[int], written: int, wanted: int) -> Iterator[str]:
    told: dict[str, set[int | None]] = {}
    for one in sent:
        if one.status not in (200, 302):
            yield f"{one.recording} was answered {one.status} {one.said}".strip()
        told.setdefault(one.recording, set()).add(one.guidance)
    yield from (f"{name} was told of {len(made)}" for name, made in told.items() if len(made) != 1)
    acknowledged = {made for one in told.values() for made in one}
    if acknowledged != set(there):
        yield f"{len(acknowledged)} were acknowledged and {len(there)} are there"
    if not len(there) == written == wanted:
        yield f"{len(there)} are there, {written} are in the audit log, of {wanted}"


@contextlib.contextmanager
def served(environment: Mapping[str, str]) -> Iterator[int]:
    """``pejl serve`` on a port of its own."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    program = Path(sys.executable).with_name("pejl")
    server = subprocess.Popen(
        [program, "serve", "--port", str(port)], env=dict(environment), stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_up(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def _wait_until_up(port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            visitor = Visitor(HOST, port)
            visitor.get("/log-ind/")
            if visitor.line is not None:
                visitor.line.close()
            return
        time.sleep(0.2)
    raise SystemExit("The server did not come up.")


def _python(code: str, environment: Mapping[str, str], *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=dict(environment), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _report(found: Mapping[str, Verdict]) -> str:
    heads = ("database", "recordings", "sent", "median", "95 % within", "lost, doubled or refused")
    lines = [[name, *_line(one)] for name, one in found.items()]
    faults = [f"- {name}: {fault}" for name, one in found.items() for fault in one.faults[:20]]
    return (
        f"# {RECORDERS} recorders at once\n\n"
        f"{date.today().isoformat()}; {machine('django', 'granian')}; recorders, server and "
        "database on the same cores. Made by `python -m benchmarks.recorders`.\n\n"
        f"{table(heads, lines)}\n\n"
        "Each records through the form and the interface in turn, over HTTP, against `pejl serve`; "
        "every third is sent twice, with the same token or Idempotency-Key (the interface's at the "
        "same moment). The guidances acknowledged, those in the database and those in the audit "
        "log are the same, and each recording was told of one guidance.\n"
        + ("\nIt did not hold:\n\n" + "\n".join(faults) + "\n" if faults else "")
    )


def _line(one: Verdict) -> list[str]:
    seconds = sorted(sent.seconds for sent in one.sent)
    late = seconds[int(len(seconds) * 0.95)]
    recordings = len({sent.recording for sent in one.sent})
    median = statistics.median(seconds)
    return [
        f"{recordings:,}", f"{len(seconds):,}", f"{median:.2f} s", f"{late:.2f} s",
        str(len(one.faults)),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
