"""The server and the queue's workers, started and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import typer

from pejl.base.errors import PejlError, UserError

STOP_WITHIN_SECONDS = 10
UP_WITHIN_SECONDS = 180
LOOK_EVERY_SECONDS = 0.2
THREADS = 4
SHARED = "PROMETHEUS_MULTIPROC_DIR"
# Ctrl-C, a request to end, and a terminal that was closed.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody pressed Ctrl-C or closed the terminal, or the system asked us to end."""


@dataclass(frozen=True)
class Size:
    """How many processes serve the pages, and how many do the work of the queue."""

    processes: int = 1
    workers: int = 1


def serve_until_stopped(host: str, port: int, size: Size, *, when_up: Callable[[], None]) -> None:
    """Run all of them until told to stop. ``when_up`` is called once the pages are there.

    Raises
    ------
    UserError
        When the address cannot be listened on.
    PejlError
        When one of them ended by itself; the others are stopped.
    """
    _require_free(host, port)
    for told in ENDINGS:
        signal.signal(told, _stop)
    running: list[subprocess.Popen[bytes]] = []
    try:
        # In sessions of their own: Ctrl-C reaches us alone, and we end them one after the other.
        for command in [_pages(host, port, size.processes)] + size.workers * [_worker()]:
            running.append(subprocess.Popen(command, start_new_session=True))  # noqa: S603
        _wait_until_up(host, port, running)
        typer.echo(f"Pejl is at http://{_shown(host)}:{port}/ (Ctrl-C stops it).")
        when_up()
        _watch(running)
    except Stopped:
        typer.echo("Stopping.", err=True)
    finally:
        _end(running)


@contextmanager
def counting_together() -> Iterator[None]:
    """A folder in which the processes share what they count, unless the environment names one."""
    if os.environ.get(SHARED):
        Path(os.environ[SHARED]).mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
        return
    with tempfile.TemporaryDirectory(prefix="pejl-metrics-") as folder:
        os.environ[SHARED] = folder
        yield


def _pages(host: str, port: int, processes: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(THREADS),
        "--no-ws", "--log-level", "warning", "--no-access-log", "--workers-kill-timeout", "10",
        "pejl_hub.config.wsgi:application",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "pejl_hub.cli", "worker"]


def _require_free(host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        raise UserError(
            given=f"the address {host}:{port} ({error.strerror or error})",
            needed="an address of this machine that nothing else listens on",
            remedy="Choose another --port or --host.",
        ) from error


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def _wait_until_up(host: str, port: int, running: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + UP_WITHIN_SECONDS
    while time.monotonic() < end:
        _require_alive(running)
        try:
            with socket.create_connection((_reachable(host), port), timeout=1):
                return
        except OSError:
            time.sleep(LOOK_EVERY_SECONDS)
    raise PejlError(f"The server did not answer within {UP_WITHIN_SECONDS} seconds.")


def _watch(running: list[subprocess.Popen[bytes]]) -> None:
    while True:
        _require_alive(running)
        time.sleep(LOOK_EVERY_SECONDS)


def _require_alive(running: list[subprocess.Popen[bytes]]) -> None:
    for place, process in enumerate(running):
        if process.poll() is not None:
            name = "queue's worker" if place else "server"
            raise PejlError(f"The {name} ended by itself (exit status {process.returncode}).")


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask them to end, and insist after a while; a second Ctrl-C does not leave one behind."""
    for told in ENDINGS:
        signal.signal(told, signal.SIG_IGN)
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # What it had started itself, and left behind when it was ended while starting.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here


def _shown(host: str) -> str:
    name = _reachable(host)
    return f"[{name}]" if ":" in name else name
