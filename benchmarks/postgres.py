"""A throwaway PostgreSQL cluster in a temporary folder: started for one run, then removed."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

USER = "postgres"
# Ordinary settings for a small server; what must survive a crash is not asked of a benchmark.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "max_wal_size": "8GB",
    "fsync": "off",
    "jit": "on",
}


@contextlib.contextmanager
def cluster(**changed: str) -> Iterator[str]:
    """A running server; gives its ``DATABASE_URL``. Needs the PostgreSQL server programs."""
    folder = Path(tempfile.mkdtemp(prefix="pejl-postgres-"))
    try:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, USER, USER)
        data = folder / "data"
        _run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {name}={value}" for name, value in (SETTINGS | changed).items())
        options += f" -c unix_socket_directories={folder}"
        _run("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"postgres://{USER}@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: object) -> None:
    command = [_find(program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    _call(command)


def _call(command: Sequence[str]) -> None:
    # Not a pipe: the server would inherit it, and the end of the output would never come.
    with tempfile.TemporaryFile() as output:
        if subprocess.run(command, stdout=output, stderr=output, check=False).returncode:
            output.seek(0)
            raise SystemExit(f"{command[-1]} failed: {output.read().decode()}")


def _find(program: str) -> str:
    """The newest PostgreSQL's program; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=_version)
    path = str(found[-1]) if found else shutil.which(program)
    if path is None:
        raise SystemExit(f"{program} is not here: install the PostgreSQL server.")
    return path


def _version(path: Path) -> int:
    number = path.parts[-3]
    return int(number) if number.isdigit() else 0
