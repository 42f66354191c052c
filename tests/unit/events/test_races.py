"""Many people at once, with SQLite in a file and with PostgreSQL; there, the other tests too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def run(tests, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, tests)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_no_seat_too_many_on_sqlite(tmp_path):
    run(
        [HERE / "races.py"],
        PEJL_DATA=str(tmp_path),
        DATABASE_URL="sqlite:///unused",
        PEJL_TEST_SQLITE=str(tmp_path / "races.sqlite3"),
    )


@pytest.mark.postgres
def test_no_seat_too_many_on_postgresql(postgres, tmp_path):
    tests = [HERE / "races.py", HERE / "test_signing_up.py", HERE / "test_lists.py"]
    run(tests, **postgres.environment(tmp_path))
