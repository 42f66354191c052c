"""Erasing, retention and a person's own copy once more, with PostgreSQL as the database."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TESTS = (
    "tests/unit/privacy/test_erasing.py::test_the_chain_of_the_audit_log_holds_after_an_erasure",
    "tests/unit/privacy/test_erasing.py::test_a_user_is_closed_first_and_their_sessions_end",
    "tests/unit/privacy/test_erasing.py::test_a_text_of_json_and_one_of_words_lose_the_name",
    "tests/unit/privacy/test_retention.py::test_only_those_whose_last_service_is_old_go",
    "tests/unit/privacy/test_retention.py::test_the_chain_holds_when_old_values_are_forgotten",
    "tests/unit/privacy/test_exporting.py::test_a_copy_tells_of_attendances_and_is_an_entry_of_the_trail",
)


@pytest.mark.postgres
def test_people_are_erased_and_told_as_on_sqlite(postgres, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(TESTS)} passed" in done.stdout
