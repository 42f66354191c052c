"""Two people who press at the very same moment, with real threads and PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.postgres
def test_of_two_at_the_same_moment_one_wins_on_postgresql(postgres, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "two_at_once.py"],
        cwd=HERE, capture_output=True, text=True, check=False,
        env=postgres.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
