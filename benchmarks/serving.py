"""The hub's pages served by several processes for the time of a benchmark."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.visitors import Visitor

ADDRESS = ("127.0.0.1", 8765)
THREADS = 4
PATIENCE_SECONDS = 60


@contextlib.contextmanager
def served(processes: int) -> Iterator[None]:
    """The pages, at ``ADDRESS``; SystemExit when they do not come up."""
    host, port = ADDRESS
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(THREADS), "--no-ws",
        "--log-level", "warning", "pejl_hub.config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, start_new_session=True)
    try:
        _wait_until_up()
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_up() -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            Visitor(*ADDRESS).get("/log-ind/")
            return
        time.sleep(0.2)
    raise SystemExit("The server did not come up.")
