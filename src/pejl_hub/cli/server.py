"""The server and the queue's worker, started and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

import typer

from pejl.base.errors import PejlError, UserError

STOP_WITHIN_SECONDS = 10
UP_WITHIN_SECONDS = 60
LOOK_EVERY_SECONDS = 0.2
THREADS = 4
# Ctrl-C, a request to end, and a terminal that was closed.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody pressed Ctrl-C or closed the terminal, or the system asked us to end."""


def serve_until_stopped(host: str, port: int, *, when_up: Callable[[], None]) -> None:
    """Run both until told to stop. ``when_up`` is called once the pages are there.

    Raises
    ------
    UserError
        When the address cannot be listened on.
    PejlError
        When one of the two ended by itself; the other is stopped.
    """
    _require_free(host, port)
    for told in ENDINGS:
        signal.signal(told, _stop)
    running: list[subprocess.Popen[bytes]] = []
    try:
        # In sessions of their own: Ctrl-C reaches us alone, and we end them one after the other.
        for command in (_pages(host, port), _worker()):
            running.append(subprocess.Popen(command, start_new_session=True))  # noqa: S603
        _wait_until_up(host, port, running)
        typer.echo(f"Pejl is at http://{_shown(host)}:{port}/ (Ctrl-C stops it).")
        when_up()
        _watch(running)
    except Stopped:
        typer.echo("Stopping.", err=True)
    finally:
        _end(running)


def _pages(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning",
        "pejl_hub.config.wsgi:application",
    ]  # fmt: skip


def _worker() -> list[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
    return [sys.executable, "-m", "django", "db_worker", "--verbosity", "0"]


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
    for process, name in zip(running, ("server", "queue's worker"), strict=True):
        if process.poll() is not None:
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


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here


def _shown(host: str) -> str:
    name = _reachable(host)
    return f"[{name}]" if ":" in name else name
