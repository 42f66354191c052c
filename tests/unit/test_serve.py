"""The server, the worker and the demo, as somebody who tries Pejl out meets them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.command import PEJL, ROOT, Hub

PATIENCE_SECONDS = 60
ENQUEUE = """
import pathlib, time
from pejl_hub.cli.ready import ready
ready()
from pejl_hub.sources.imports import start_import
run = start_import(path=pathlib.Path({path!r}), source="escrm", by=None)
for _ in range(600):
    run.refresh_from_db()
    if run.finished_at:
        break
    time.sleep(0.1)
print(run.state, run.counts["presse"]["created"])
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A hub with the demo, and what was printed when it was made."""
    hub = Hub(tmp_path_factory.mktemp("demo"))
    made = hub.run("demo")
    assert made.returncode == 0, made.stderr
    return hub, made.stdout


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


@contextmanager
def serving(hub, port):
    """The server with the lines it prints; killed at the end if it is still there."""
    started = subprocess.Popen(
        [PEJL, "serve", "--port", str(port)],
        env=hub.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.poll() is None:
            started.terminate()
            started.wait(PATIENCE_SECONDS)
        started.stdout.close()


def children(pid):
    """The processes that one has started, as Linux tells it."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_says_where_the_pages_are_and_stops_everything_when_told_to(demo, told):
    hub, _ = demo
    port = free_port()
    with serving(hub, port) as server:
        address = f"http://127.0.0.1:{port}/"
        assert address in server.stdout.readline()
        with urllib.request.urlopen(address) as page:
            text = page.read().decode()
        assert re.search(r"pejl-[0-9a-f]{10}", text), "the sign-in page offers the demo's users"
        started = children(server.pid)
        assert len(started) == 2
        server.send_signal(told)
        assert server.wait(PATIENCE_SECONDS) == 0
    assert all(gone(pid) for pid in started)


def test_the_worker_does_the_work_of_the_queue(demo, tmp_path):
    hub = Hub(shutil.copytree(demo[0].data, tmp_path / "hub"))
    (tmp_path / "presse.csv").write_bytes(
        b"Id;Dato;Medie;Titel;Type;Link\r\nM9;26-02-2024;Ugebladet;Omtale;Case;\r\n"
    )
    with serving(hub, free_port()) as server:
        server.stdout.readline()
        assert hub.python(ENQUEUE.format(path=str(tmp_path / "presse.csv"))) == "done 1"


def test_a_port_that_is_taken_is_refused(demo):
    hub, _ = demo
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = hub.run("serve", "--port", taken.getsockname()[1])
    assert refused.returncode == 1
    assert refused.stderr.startswith("Given: the address 127.0.0.1:")


def test_when_one_of_the_two_dies_the_other_is_stopped_and_it_is_said(demo):
    hub, _ = demo
    with serving(hub, free_port()) as server:
        server.stdout.readline()
        pages, worker = children(server.pid)
        os.kill(worker, signal.SIGKILL)
        assert server.wait(PATIENCE_SECONDS) == 1
        said = server.stdout.read()
    assert "worker ended by itself" in said
    assert "Traceback" not in said
    assert gone(pages)


def test_the_demo_prints_its_sign_ins_and_says_that_it_is_made_up(demo):
    _, printed = demo
    assert "made-up" in printed
    assert re.search(r"password pejl-[0-9a-f]{10} ", printed)
    for name in ("alice", "dorte", "bent", "ravi", "karla", "anna"):
        assert re.search(rf"^  {name} ", printed, re.M)


def test_the_demo_shows_goals_in_every_light_it_can(demo):
    hub, _ = demo
    lights = {
        day: {g["light"] for g in hub.status(day).values()} for day in ("2024-06-30", "2024-12-31")
    }
    assert lights["2024-06-30"] >= {"on_track", "at_risk", "off_track", "reached", "pending"}
    assert lights["2024-12-31"] >= {"reached", "not_reached", "pending", "no_target"}


def test_every_goal_that_can_be_measured_in_the_demo_is(demo):
    hub, _ = demo
    missing = {goal for goal, figure in hub.status("2024-12-31").items() if figure["value"] is None}
    assert missing == {"effect_turnover", "effect_productivity", "special_efforts"}


def test_making_the_demo_again_changes_no_figure(demo):
    hub, printed = demo
    before = hub.status("2024-12-31")
    again = hub.run("demo")
    assert (again.returncode, again.stdout) == (0, printed)
    assert hub.run("demo", "--once").stdout == ""
    assert hub.status("2024-12-31") == before


def test_the_demo_is_refused_beside_records_or_users_of_the_hub_itself(tmp_path):
    hub = Hub(tmp_path / "hub")
    (tmp_path / "presse.csv").write_bytes(
        b"Id;Dato;Medie;Titel;Type;Link\r\nM1;26-02-2024;Ugebladet;Omtale;Case;\r\n"
    )
    hub.json("import", tmp_path / "presse.csv")
    refused = hub.run("demo")
    assert refused.returncode == 1
    assert "an empty hub" in refused.stderr
    assert hub.run("demo", "--once").returncode == 0
    assert "guidance" in hub.status("2024-12-31")
    assert hub.status("2024-12-31")["press"]["value"] == 1
