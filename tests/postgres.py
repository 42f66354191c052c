"""A throwaway PostgreSQL cluster for the tests marked ``postgres``."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

NO_NETWORK = (
    "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c unix_socket_directories="
)


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found += sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin/initdb"))
    return found[-1].parent if found else None


class Cluster:
    """A running cluster, reached through a socket in its own folder."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries, self.folder, self.made = binaries, folder, 0

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, which refuse to be run by root."""
        command = [str(self.binaries / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # To a file: a server that inherited a pipe would keep it open for ever.
        with (self.folder / "output").open("ab") as output:
            subprocess.run(command, check=True, cwd="/", stdout=output, stderr=output)

    def new_database(self) -> str:
        """The DATABASE_URL of an empty database."""
        self.made += 1
        name = f"pejl{self.made}"
        self.run("createdb", "-h", str(self.folder), "-U", "pejl", name)
        return f"postgresql://pejl@{quote(str(self.folder), safe='')}/{name}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A cluster of its own, gone after the session."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL binaries on this machine")
    # A socket's path may have no more than 107 characters, so not under pytest's own folders.
    with tempfile.TemporaryDirectory(prefix="pejl-pg-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        cluster = Cluster(binaries, folder)
        data = str(folder / "data")
        cluster.run("initdb", "-D", data, "-U", "pejl", "-A", "trust", "-E", "UTF8", "--no-sync")
        cluster.run("pg_ctl", "-D", data, "-w", "-o", f"{NO_NETWORK}{folder}", "start")
        yield cluster
        cluster.run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
