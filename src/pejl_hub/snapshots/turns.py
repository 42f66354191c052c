"""One process at a time: two that measure the same would only do it twice."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TURN, MEASURING = ".turn", ".measuring"


@contextmanager
def one_process(folder: Path, name: str = TURN) -> Iterator[None]:
    """Wait for the other processes that work there; the system ends the turn of one that died."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
