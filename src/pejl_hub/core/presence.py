"""Who is at work: a file that a worker holds locked for as long as it lives.

The system lets go of the lock when the process ends, however it ends, and no clock is asked: a
clock that jumps makes no living worker look dead. The files lie in the data folder, which all
processes of a hub share.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def at_work(name: str) -> Iterator[None]:
    """Be present under the name, which must be a word that fits a file."""
    path = _file(name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def how_many() -> int:
    """How many are at work now."""
    return sum(is_at_work(file.name) for file in (Path(settings.DATA) / ".workers").glob("*"))


def is_at_work(name: str) -> bool:
    """Whether the process that took the name is still there; sweeps away what a dead one left."""
    path = _file(name)
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
            return False
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True


def _file(name: str) -> Path:
    return Path(settings.DATA) / ".workers" / os.path.basename(name)
