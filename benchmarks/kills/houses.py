"""Where the hubs to kill live: copied from one that is filled once, on either engine."""

import os
import shutil
import time
from pathlib import Path
from typing import Protocol

import psycopg
from django.conf import settings
from django.db import connections

GONE_WITHIN_SECONDS = 20


class House(Protocol):
    """An engine's way of keeping many hubs."""

    def move_in(self, name: str) -> Path:
        """Let this process, and all that it imports, be at home in the hub; its data folder."""

    def keep(self, name: str) -> None:
        """Keep the hub as it is, to be copied."""

    def copy(self, kept: str, name: str) -> None:
        """Make a hub like the one kept."""

    def wait_until_left(self, name: str) -> None:
        """Wait until the database has noticed that its killed client is gone."""

    def remove(self, name: str) -> None:
        """Take the hub away."""


class OnSqlite:
    """A file each."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def move_in(self, name: str) -> Path:
        data = self.root / name
        data.mkdir(parents=True, exist_ok=True)
        settings.DATA = data
        connections["default"].settings_dict["NAME"] = str(data / "pejl.sqlite3")
        return data

    def keep(self, name: str) -> None:
        """A file that nobody has open is kept already."""

    def copy(self, kept: str, name: str) -> None:
        shutil.copytree(self.root / kept, self.root / name)

    def wait_until_left(self, name: str) -> None:
        """The system lets go of a dead process's locks at once."""

    def remove(self, name: str) -> None:
        shutil.rmtree(self.root / name, ignore_errors=True)


class OnPostgresql:
    """A database each, and a folder; ``DATABASE_URL`` names an empty one on the server."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said = dict(connections["default"].settings_dict)
        self.first = self.said["NAME"]

    def move_in(self, name: str) -> Path:
        data = self.root / name
        data.mkdir(parents=True, exist_ok=True)
        settings.DATA = data
        connections["default"].settings_dict["NAME"] = self._database(name)
        return data

    def keep(self, name: str) -> None:
        """A database that nobody is connected to can be copied."""
        self.wait_until_left(name)

    def copy(self, kept: str, name: str) -> None:
        shutil.copytree(self.root / kept, self.root / name)
        self._say(f'CREATE DATABASE "{self._database(name)}" TEMPLATE "{self._database(kept)}"')

    def wait_until_left(self, name: str) -> None:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        end = time.monotonic() + GONE_WITHIN_SECONDS
        with self._server() as server:
            while time.monotonic() < end:
                (left,) = server.execute(query, [self._database(name)]).fetchone() or (0,)
                if not left:
                    return
                time.sleep(0.02)
        raise SystemExit(f"The server still has a connection to {name}.")

    def remove(self, name: str) -> None:
        self._say(f'DROP DATABASE IF EXISTS "{self._database(name)}" WITH (FORCE)')
        shutil.rmtree(self.root / name, ignore_errors=True)

    def _database(self, name: str) -> str:
        return self.first if name == "base" else f"{self.first}_{name}"

    def _server(self) -> psycopg.Connection:
        said = self.said
        parts = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"]}
        given = {key: value for key, value in parts.items() if value}
        return psycopg.connect(dbname="postgres", autocommit=True, **given)

    def _say(self, words: str) -> None:
        with self._server() as server:
            server.execute(words)


def house(root: Path) -> House:
    """The engine that ``DATABASE_URL`` names."""
    named = os.environ.get("DATABASE_URL", "")
    return OnPostgresql(root) if named.startswith("postgres") else OnSqlite(root)
