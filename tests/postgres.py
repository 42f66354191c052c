"""A throwaway PostgreSQL cluster for the tests marked ``postgres``."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import migrated
from tests.command import ROOT

TABLES = "tables.sql"
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
        self._tables = False

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, which refuse to be run by root."""
        command = self._command(program, *arguments)
        # To a file: a server that inherited a pipe would keep it open for ever.
        with (self.folder / "output").open("ab") as output:
            subprocess.run(command, check=True, cwd="/", stdout=output, stderr=output)

    def _command(self, program: str, *arguments: str) -> list[str]:
        command = [str(self.binaries / program), *arguments]
        return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command

    def new_database(self, *, template: str = "template1") -> str:
        """The DATABASE_URL of a new database: an empty one, or a copy of the template."""
        self.made += 1
        self.run("createdb", *self.socket, "-T", template, name := f"pejl{self.made}")
        return self.address(name)

    def owned_database(self, owner: str) -> str:
        """The DATABASE_URL of a new database of a user who is no superuser, as a hub's own."""
        self.run("createuser", *self.socket, "--createdb", owner)
        self.run("createdb", *self.socket, "-O", owner, owner)
        return self.address(owner).replace("//pejl@", f"//{owner}@")

    def migrated_database(self) -> str:
        """The DATABASE_URL of a database that has its tables."""
        return self.new_database(template=self.tables())

    def again(self, data: Path, *tests: str) -> str:
        """Run tests once more in a pytest of its own, with PostgreSQL as the database.

        All pass; gives what it said.
        """
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment(data),
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert " passed" in done.stdout
        return done.stdout

    def environment(self, data: Path) -> dict[str, str]:
        """For a pytest of its own with PostgreSQL as the database."""
        return dict(os.environ) | {
            "DATABASE_URL": self.new_database(),
            "PEJL_TEST_TEMPLATE": self.tables(),
            "PEJL_DATA": str(data),
        }

    def tables(self) -> str:
        """The name of the database to copy: it has the tables and nobody opens it."""
        if not self._tables:
            dump = migrated.kept(TABLES, self._migrate)
            self.run("createdb", *self.socket, "tables")
            with dump.open("rb") as file:
                subprocess.run(
                    self._command("psql", *self.socket, "-q", "-v", "ON_ERROR_STOP=1", "tables"),
                    stdin=file, stdout=subprocess.DEVNULL, check=True, cwd="/",
                )  # fmt: skip
            self._tables = True
        return "tables"

    def _migrate(self, dump: Path) -> None:
        """Migrate an empty database and write its tables to the file."""
        with tempfile.TemporaryDirectory() as data:
            migrated.migrate(DATABASE_URL=self.new_database(), PEJL_DATA=data)
        with dump.open("wb") as file:
            subprocess.run(
                self._command("pg_dump", *self.socket, f"pejl{self.made}"),
                stdout=file, check=True, cwd="/",
            )  # fmt: skip

    def address(self, name: str) -> str:
        """The DATABASE_URL of a database."""
        return f"postgresql://pejl@{quote(str(self.folder), safe='')}/{name}"

    @property
    def data(self) -> str:
        """Where the cluster lies."""
        return str(self.folder / "data")

    def start(self) -> None:
        """Let the server come."""
        self.run("pg_ctl", "-D", self.data, "-w", "-o", f"{NO_NETWORK}{self.folder}", "start")

    def stop(self) -> None:
        """Let the server go, as in a power cut."""
        self.run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    @property
    def socket(self) -> tuple[str, ...]:
        """How PostgreSQL's programs reach it."""
        return "-h", str(self.folder), "-U", "pejl"


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
        how = ("-U", "pejl", "-A", "trust", "-E", "UTF8", "--no-sync")
        cluster.run("initdb", "-D", cluster.data, *how)
        cluster.start()
        yield cluster
        cluster.stop()
