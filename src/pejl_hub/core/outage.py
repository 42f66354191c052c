"""What lies outside Pejl and can fail under it, the database and the disk: told by the error.

An error of ours is none of these: it stays what it is, and is looked into.
"""

import errno
from collections.abc import Iterator
from enum import StrEnum

from django.db import InterfaceError, OperationalError

from pejl.base.errors import UserError


class Outage(StrEnum):
    """What has failed."""

    LOST = "lost"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"


# SQLite names its errors, PostgreSQL gives them numbers (SQLSTATE, whose first two are the class).
SQLITE = {
    "SQLITE_BUSY": Outage.BUSY,
    "SQLITE_LOCKED": Outage.BUSY,
    "SQLITE_FULL": Outage.FULL,
    "SQLITE_READONLY": Outage.READ_ONLY,
    "SQLITE_CANTOPEN": Outage.LOST,
    "SQLITE_IOERR": Outage.LOST,
    "SQLITE_CORRUPT": Outage.DAMAGED,
    "SQLITE_NOTADB": Outage.DAMAGED,
}
POSTGRESQL = {
    "53100": Outage.FULL,
    "25006": Outage.READ_ONLY,
    "08": Outage.LOST,
    "57P": Outage.LOST,
    "XX001": Outage.DAMAGED,
    "XX002": Outage.DAMAGED,
    "58": Outage.LOST,
    "53": Outage.BUSY,
    "40": Outage.BUSY,
    "55P03": Outage.BUSY,
}
SYSTEM = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    errno.EFBIG: Outage.FULL,
    errno.EROFS: Outage.READ_ONLY,
}


def outage(error: BaseException) -> Outage | None:
    """What has failed outside Pejl, by the error or what caused it; None for another error."""
    return next((found for one in _causes(error) if (found := _kind(one))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _kind(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return SYSTEM.get(error.errno or 0)
    if named := getattr(error, "sqlite_errorname", None):
        return next((kind for name, kind in SQLITE.items() if named.startswith(name)), None)
    if number := getattr(error, "sqlstate", None):
        return next((kind for start, kind in POSTGRESQL.items() if number.startswith(start)), None)
    return Outage.LOST if _has_no_connection(error) else None


def _has_no_connection(error: BaseException) -> bool:
    """PostgreSQL gives no number where there is no connection to give it through."""
    if isinstance(error, OperationalError | InterfaceError):
        told = (getattr(error.__cause__, name, None) for name in ("sqlite_errorname", "sqlstate"))
        return not any(told)
    # The reader in bulk (ADBC) has errors of its own.
    return type(error).__module__.startswith("adbc_driver") and "connect" in str(error).lower()


WORDS = {
    Outage.LOST: (
        "a database that does not answer",
        "one that does",
        "See that it runs, and try again. Nothing is half written.",
    ),
    Outage.BUSY: (
        "a database that somebody else is writing to",
        "one that is free",
        "Wait a moment, and try again. Nothing is half written.",
    ),
    Outage.FULL: (
        "a disk without room",
        "room for what is written",
        "Make room, and try again. Nothing is half written.",
    ),
    Outage.READ_ONLY: (
        "a database or folder that may only be read",
        "one that may be written to",
        "Give the user that runs Pejl the right, and try again. Nothing is half written.",
    ),
    Outage.DAMAGED: (
        "a database that is damaged",
        "a whole one",
        "Stop Pejl, and put the newest backup back with `pejl restore`.",
    ),
}


def refusal(error: BaseException) -> UserError | None:
    """The outage as a sentence for a command line; None for an error of ours."""
    kind = outage(error)
    if kind is None:
        return None
    given, needed, remedy = WORDS[kind]
    said = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return UserError(given=f"{given} ({said})", needed=needed, remedy=remedy)
