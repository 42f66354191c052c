"""The mail server's own log as a witness: which e-mails did it take?

Mail servers write the Message-ID of what they take, Postfix as ``message-id=<…>``. A worker that
was killed between handing over and writing that down leaves a doubt, which the log can lift.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Testimony:
    """Which of the e-mails the server took; ``silent`` when there is no log to ask."""

    taken: frozenset[str]
    silent: bool = False


def ask(message_ids: Collection[str]) -> Testimony:
    """Look for the Message-IDs in the log that PEJL_MAIL_LOG names, and in its older parts."""
    files = _files()
    if not files:
        return Testimony(frozenset(), silent=True)
    wanted = set(message_ids)
    taken = {found for file in files for found in _found(file, wanted)}
    return Testimony(frozenset(taken))


def _files() -> list[Path]:
    """``mail.log`` and what it was rotated to, ``mail.log.1`` and so on, if it can be read."""
    if not settings.PEJL_MAIL_LOG:
        return []
    log = Path(settings.PEJL_MAIL_LOG)
    return [file for file in sorted(log.parent.glob(f"{log.name}*")) if file.suffix != ".gz"]


def _found(file: Path, wanted: set[str]) -> set[str]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        return {one for line in lines if "<" in line for one in _ids(line) if one in wanted}


def _ids(line: str) -> list[str]:
    return [f"<{piece.partition('>')[0]}>" for piece in line.split("<")[1:]]
