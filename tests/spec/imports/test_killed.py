"""An import that is killed, at whatever moment, leaves all of it or nothing."""

import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.command import PEJL, ROOT, Hub
from tests.spec.imports.conftest import CLIENTS, guidance, write

ROWS = 10_000
MOMENTS = (0.5, 0.7, 0.85, 0.95)  # of the time that the whole import takes


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("export"), CLIENTS)
    rows = [guidance(VejledningId=f"V{number}") for number in range(ROWS)]
    return write(folder, {"vejledninger": rows})


@pytest.fixture(scope="module")
def whole_time(export, tmp_path_factory):
    """Seconds that the import takes when nobody kills it, tables made before."""
    hub = Hub(tmp_path_factory.mktemp("whole"))
    began = time.monotonic()
    assert hub.run("import", export).returncode == 0
    return time.monotonic() - began


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_import_leaves_all_or_nothing_and_can_be_run_again(
    export, whole_time, tmp_path, moment
):
    hub = Hub(tmp_path)
    kill_after(whole_time * moment, hub, export)
    assert counted(hub) in ((0, 0, 0), (ROWS, 2, 1))
    assert hub.run("import", export).returncode == 0
    guidances, records, _ = counted(hub)
    assert (guidances, records) == (ROWS, 2)


def kill_after(seconds, hub, export):
    with subprocess.Popen(
        [PEJL, "import", str(export)],
        env=hub.environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        time.sleep(seconds)
        process.kill()


def counted(hub):
    """Guidances, company records and imports on record, in a database that is sound."""
    with closing(sqlite3.connect(hub.data / "pejl.sqlite3")) as database:
        # The tables' own rules call functions that Django brings; they were asked at writing.
        database.execute("PRAGMA ignore_check_constraints = ON")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        tables = ("guidance_guidance", "companies_companyrecord", "sources_importrun")
        return tuple(database.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables)
