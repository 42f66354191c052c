"""What the database itself holds of the reports, once more with PostgreSQL as the database."""

import subprocess
import sys

import pytest

from tests.command import ROOT

HERE = "tests/unit/reporting"
TESTS = (
    f"{HERE}/test_making_reports.py",
    f"{HERE}/test_deciding_reports.py",
    f"{HERE}/test_sending_reports.py::TestOnce",
)


@pytest.mark.postgres
def test_reports_are_made_decided_and_sent_as_on_sqlite(postgres, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
