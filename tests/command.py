"""Running the real ``pejl`` in a folder of its own, as a user would."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import migrated

ROOT = Path(__file__).parents[1]
PEJL = Path(sys.executable).with_name("pejl")
SHARED = Path(os.environ.get("PEJL_SHARED", ROOT.parent / "shared" / "data")).resolve()


@dataclass(frozen=True)
class Hub:
    """A hub: its data folder, and what else its environment says.

    It has its tables from the start, unless they are what the test is about, or elsewhere.
    """

    data: Path
    env: Mapping[str, str] = field(default_factory=dict)
    tables: bool = True

    def __post_init__(self) -> None:
        if self.tables and "DATABASE_URL" not in self.env:
            migrated.new_hub(self.data)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands; nothing of the tests' own database leaks in."""
        own = ("DATABASE_URL", "PEJL_DATA", "PEJL_DEMO")  # the last is said by the benchmarks
        kept = {k: v for k, v in os.environ.items() if k not in own}
        return kept | {"PEJL_DATA": str(self.data)} | dict(self.env)

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run the command to its end, whatever its exit status."""
        return subprocess.run(
            [PEJL, *map(str, arguments)],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def json(self, *arguments: object) -> Any:
        """What the command prints with ``--format json``; it must succeed and print no more."""
        done = self.run(*arguments, "--format", "json")
        if done.returncode:
            raise AssertionError(f"{arguments} gave {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def status(self, day: str, *arguments: object) -> dict[str, Any]:
        """Each goal of the status, by id."""
        goals = self.json("status", "--as-of", day, *arguments)["goals"]
        return {goal["id"]: goal for goal in goals}

    def python(self, code: str, *arguments: str) -> str:
        """What a line of Python prints in the hub's environment."""
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
