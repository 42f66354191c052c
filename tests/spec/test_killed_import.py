"""An import that is killed leaves nothing, and the next one is whole (ADR 5)."""

import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from pejl_hub.demo.export import make_export, write_export
from tests.command import PEJL, ROOT, Hub

PATIENCE_SECONDS = 60
MEGABYTE = 1_000_000
TABLES = ("companies_company", "guidance_guidance", "events_attendance", "sources_importrun")


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """The demo's rows, with municipalities as codes alone."""
    names = {str(code): str(code) for code in range(1000)}
    return write_export(make_export(names), tmp_path_factory.mktemp("export") / "eksport")


def counts(hub):
    with closing(sqlite3.connect(hub.data / "pejl.sqlite3")) as database:
        ask = "SELECT COUNT(*) FROM {}"
        return [database.execute(ask.format(table)).fetchone()[0] for table in TABLES]


def kill_when_written(hub, export, written):
    """Start the import, and kill it once so many bytes of it are in the write-ahead log."""
    log = hub.data / "pejl.sqlite3-wal"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen([PEJL, "import", export], env=hub.environment, cwd=ROOT, **quiet)
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and started.poll() is None:
        if log.exists() and log.stat().st_size > written:
            break
        time.sleep(0.005)
    started.kill()
    return started.wait()


def test_an_import_killed_at_any_point_leaves_nothing_and_the_next_one_is_whole(export, tmp_path):
    hub = Hub(tmp_path)
    hub.run("migrate")
    for written in (0, MEGABYTE, 3 * MEGABYTE, 6 * MEGABYTE):
        assert kill_when_written(hub, export, written) == -9
        assert counts(hub) == [0, 0, 0, 0]
    files = hub.json("import", export)["files"]
    assert counts(hub) == [
        # Some companies stand under two record numbers.
        len(set(cvr_numbers(export))),
        files["vejledninger"]["created"],
        files["deltagelser"]["created"],
        1,
    ]


def cvr_numbers(export):
    rows = (export / "virksomheder.csv").read_text("cp1252").splitlines()[1:]
    return [row.split(";")[1].replace(" ", "").removeprefix("DK") for row in rows]
