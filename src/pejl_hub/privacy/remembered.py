"""The list of erasures beside the backups: whoever puts one back erases the same people again.

The list is a file with a line for each erasure: kind and number of the row, and a keyed hash of
who they were, so that only the same person is erased again. No name stands in it.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.companies.tombstones import KEY_FILE, keyed, secret
from pejl_hub.privacy.subjects import Subject, name_of, told

LIST = "erasures.jsonl"


@dataclass(frozen=True)
class Line:
    """One person of the list."""

    at: str
    case: int
    kind: str
    number: Any
    print: str


@dataclass(frozen=True)
class Prints:
    """Who is about to be erased, as hashes."""

    found: Sequence[tuple[Subject, str]]

    def keep(self, case: int) -> None:
        """Add the persons to the list.

        Raises
        ------
        UserError
            When the folder of backups cannot be written to; the erasure is then taken back.
        """
        now = timezone.now().isoformat()
        lines = [Line(now, case, one.kind, one.pk, found) for one, found in self.found]
        text = "".join(f"{json.dumps(asdict(line))}\n" for line in lines)
        try:
            _append(text)
        except OSError as error:
            raise UserError(
                given=f"{path()} ({error.strerror or error})",
                needed="a folder of backups that the list of erasures can be kept in",
                remedy="See PEJL_BACKUPS. Nothing was erased.",
            ) from error


def path() -> Path:
    """Where the list is."""
    return Path(settings.PEJL_BACKUPS) / LIST


def remember(subjects: Sequence[Subject]) -> Prints:
    """The persons as they are now."""
    return Prints([(one, print_of(one)) for one in subjects])


def print_of(subject: Subject) -> str:
    """The keyed hash of who the row says the person is; empty when there is no row."""
    row = subject.row()
    if row is None:
        return ""
    uses = [told(subject.of, row, use) for use in ("email", "phone", "login", "number")]
    return keyed("person", subject.kind, name_of(subject.of, row), *uses)


def lines() -> Iterator[Line]:
    """The list, from the first."""
    if path().exists():
        for line in path().read_text(encoding="utf-8").splitlines():
            yield Line(**json.loads(line))


def _append(text: str) -> None:
    folder = path().parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _keep_key(folder / KEY_FILE)
    with open(path(), "a", encoding="utf-8", opener=_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _keep_key(file: Path) -> None:
    """The key too: a backup from before the first erasure has none."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secret().hex(), encoding="ascii")


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
