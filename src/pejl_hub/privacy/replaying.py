"""After a backup was put back: erase again whoever was erased since it was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pejl.base.errors import UserError
from pejl_hub.companies.tombstones import KEY_FILE
from pejl_hub.privacy.erasing import erase
from pejl_hub.privacy.remembered import Line, lines, path, print_of
from pejl_hub.privacy.subjects import Subject

REASON = "Slettet igen efter gendannelse af en sikkerhedskopi"


@dataclass(frozen=True)
class Replayed:
    """What became of the list: erased again, erased already or gone, and not possible."""

    again: int
    already: int
    refused: tuple[str, ...]


def replay() -> Replayed:
    """Go through the list beside the backups; doing it again changes nothing."""
    _put_key_back()
    again, already, refused = 0, 0, list[str]()
    for line in dict.fromkeys(_last(lines())):
        subject = Subject(line.kind, line.number)
        if print_of(subject) != line.print:
            already += 1
            continue
        try:
            erase(first=subject, reason=REASON, by=None)
            again += 1
        except UserError as error:
            refused.append(f"{line.kind} {line.number}: {error}")
    return Replayed(again, already, tuple(refused))


def _last(found: Iterator[Line]) -> Iterator[Line]:
    """The lines as they are read before the first is erased again: erasing adds to the list."""
    yield from list(found)


def _put_key_back() -> None:
    """A backup from before the first erasure has no key, or the key of another life."""
    beside = path().with_name(KEY_FILE)
    if beside.exists():
        kept = Path(settings.DATA) / KEY_FILE
        kept.touch(mode=0o600)
        kept.write_text(beside.read_text(encoding="ascii"), encoding="ascii")
