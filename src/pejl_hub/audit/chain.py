"""The chain that makes a changed or missing entry of the audit log show.

Each link's digest is the SHA-256 of the digest before it and of its entry's words, so whoever
changes an entry must make every later digest anew, and whoever has noted one digest sees it.
Entries are sealed once their act is committed, in the order they are found: a chain made inside
the acts would make them wait for each other, and could lock two of them for ever. (ADR 14)
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from pejl_hub.audit.leaves import committed
from pejl_hub.audit.models import AuditEntry, Link

BEGINNING = "0" * 64
# An act that was long under way is committed with a lower number than entries sealed before it.
RECENT = 5_000
BATCH = 2_000
RECOMMITTED = "audit.recommitted"  # see ``forgetting``


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, and what is wrong there."""

    number: int
    entry: int | None
    what: str  # missing | changed | head


@dataclass(frozen=True)
class Verdict:
    """What was found: links proved, entries not sealed yet, and every place that does not hold."""

    links: int
    unsealed: int
    head: str
    breaks: Sequence[Break]
    recommitted: int = 0  # entries of an earlier version that have been forgotten of since

    @property
    def holds(self) -> bool:
        """Whether nothing has been changed or taken away."""
        return not self.breaks


def digest(before: str, entry: AuditEntry) -> str:
    """The digest of an entry that follows ``before``.

    The user's number is left out, since it is forgotten with the user. An entry with salts is told
    by the commitments of its texts, one of an earlier version by the texts themselves.
    """
    return _sha256([before, *_told(entry)])


def body(entry: AuditEntry) -> str:
    """The digest of what an entry says, without its place; the same whatever is forgotten of it."""
    return _sha256(_told(entry))


def _told(entry: AuditEntry) -> list[Any]:
    who, details = entry.who, entry.details
    if entry.salts is not None:
        who, details = committed(entry.salts, who, details)
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return [entry.pk, at, who, entry.action, entry.object_type, entry.object_id, details]


def _sha256(told: list[Any]) -> str:
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_new() -> int:
    """Seal what was committed lately; another process that is at it does it instead."""
    try:
        return _seal(recent=True)
    except (IntegrityError, OperationalError):
        return 0


def seal() -> int:
    """Seal every entry that is not yet in the chain; gives how many."""
    done = 0
    while sealed := _seal(recent=False):
        done += sealed
    return done


def _seal(*, recent: bool) -> int:
    with transaction.atomic():
        head = _head_locked()
        waiting = AuditEntry.objects.filter(link=None).order_by("pk")
        if recent and head is not None:
            waiting = waiting.filter(pk__gt=head.entry_id - RECENT)
        links = list(_links(head, waiting[:BATCH]))
        # Two sealers at once would choose the same number, which the second is refused.
        Link.objects.bulk_create(links)
        return len(links)


def _head_locked() -> Link | None:
    rows = Link.objects.order_by("-number")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update()
    return rows.first()


def _links(head: Link | None, entries: Iterable[AuditEntry]) -> Iterator[Link]:
    number, before = (head.number, head.digest) if head else (0, BEGINNING)
    for entry in entries:
        number, before = number + 1, digest(before, entry)
        yield Link(number=number, entry=entry, digest=before)


def verify(was: str = "") -> Verdict:
    """Make every digest anew and compare; ``was`` is a digest noted earlier, that must be there."""
    before, number, seen, breaks = BEGINNING, 0, not was, list[Break]()
    later = _recommitted()
    for link in Link.objects.select_related("entry").order_by("number").iterator(BATCH):
        breaks.extend(Break(n, None, "missing") for n in range(number + 1, link.number))
        same = digest(before, link.entry) == link.digest
        if not same and later.get(link.entry_id) != (link.digest, body(link.entry)):
            breaks.append(Break(link.number, link.entry_id, "changed"))
        before, number, seen = link.digest, link.number, seen or link.digest == was
    if not seen:
        breaks.append(Break(number, None, "head"))
    unsealed = AuditEntry.objects.filter(link=None).count()
    return Verdict(number, unsealed, before, breaks, len(later))


def _recommitted() -> dict[int, tuple[str, str]]:
    """For entries of an earlier version that have got salts: the digest and the body they had."""
    told = AuditEntry.objects.filter(action=RECOMMITTED, link__isnull=False).order_by("-pk")
    return {d["entry"]: (d["digest"], d["body"]) for d in told.values_list("details", flat=True)}
