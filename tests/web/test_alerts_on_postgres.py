"""Quality's lists and the alerts once more, with PostgreSQL as the database."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = (
    "tests/web/test_quality_pages.py::test_the_rows_of_a_list_are_those_of_the_numbers_given",
    "tests/web/test_alerts.py::test_a_check_that_worsens_is_told_of_once_and_again_only_when_worse_still",
    "tests/web/test_alerts.py::test_each_reader_is_sent_what_is_for_them_in_one_mail_and_once",
)


@pytest.mark.postgres
def test_rows_are_listed_and_alerts_found_and_sent_as_on_sqlite(postgres, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
