"""A few works are killed at random moments; `python -m benchmarks.kills` kills far more."""

import json
import os
import subprocess
import sys

from tests.command import ROOT

WORKS = ("import by the queue", "merge", "reports", "snapshot", "backup")
COMMAND = [
    sys.executable, "-m", "benchmarks.kills", "--kills", "5", "--seed", "5", "--counted", "0",
]  # fmt: skip


def test_what_is_killed_is_whole_or_absent_and_ends_as_if_it_had_not_been(tmp_path):
    """Each is killed once, looked at, done to its end by another, and held against an unkilled."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        [*COMMAND, "--works", *WORKS],
        env=kept | {"PEJL_DATA": str(tmp_path)}, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert {name: one["kills"] for name, one in told.items()} == dict.fromkeys(WORKS, 1)
    assert not any(one["faults"] for one in told.values())
    assert any(one["ended"] == 0 for one in told.values())  # a signal came in time
