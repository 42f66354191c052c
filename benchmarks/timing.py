"""Times a call some times over, and says on what."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True)
class Timing:
    """Seconds of each run."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        """What is reported."""
        return statistics.median(self.seconds)


def timed(call: Callable[[], object], runs: int, *, warm_up: bool = True) -> Timing:
    """The seconds of each of so many runs, after one that is not counted."""
    if warm_up:
        call()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return Timing(seconds)


def machine(*packages: str) -> str:
    """The cores that we may use, the Python, the packages and the load; no name of any machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    system = f"{cores} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{system}, {versions}; load average {os.getloadavg()[0]:.1f} when written"


def clock(seconds: float | None) -> str:
    """Seconds to read: milliseconds below one; a dash for what was not run."""
    if seconds is None:
        return "–"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table, numbers to the right."""
    rule = ["---:" for _ in heads]
    return "\n".join("| " + " | ".join(line) + " |" for line in (heads, rule, *lines))
