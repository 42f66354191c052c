"""The snapshot's tests once more, with PostgreSQL as the database."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.postgres
def test_snapshots_read_from_postgresql_as_from_sqlite(postgres, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "tests/unit/test_snapshots.py", "tests/unit/test_incremental_snapshots.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
