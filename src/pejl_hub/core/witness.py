"""The mail server's own log as a witness: which e-mails did it take?

Mail servers write the Message-ID of what they take, Postfix as ``message-id=<…>``. A worker that
was killed between handing over and writing that down leaves a doubt, which the log can lift.
"""

from enum import Enum, auto
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet


class Verdict(Enum):
    """Whether the server took the e-mail; unknown when the log cannot tell."""

    TAKEN = auto()
    NOT_TAKEN = auto()
    UNKNOWN = auto()


def judge(claimed: Any, sent: QuerySet[Any]) -> Verdict:
    """Whether the server took an e-mail that was ``claimed_at``, by its ``message_id``.

    That the log is silent about it says something only when the log is known to reach as far back
    as the claim: when it has the newest of those that were ``sent`` before.
    """
    before = sent.filter(sent_at__lte=claimed.claimed_at).order_by("-sent_at")
    earlier = before.values_list("message_id", flat=True).first()
    taken = _taken({claimed.message_id, earlier or ""})
    if claimed.message_id in taken:
        return Verdict.TAKEN
    return Verdict.NOT_TAKEN if earlier in taken else Verdict.UNKNOWN


def _taken(wanted: set[str]) -> set[str]:
    """Those in the log that PEJL_MAIL_LOG names, and in its older parts; none without a log."""
    return {found for file in _files() for found in _found(file, wanted)}


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
