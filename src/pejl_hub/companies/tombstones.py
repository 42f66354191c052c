"""Who was erased, as keyed hashes: an import that names them again does not bring them back.

A hash is HMAC-SHA256 of the client's number under a key of the installation's own, which lies in
the data folder. Whoever has the database alone cannot try numbers against it.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEY_FILE = "privacy.key"
CHUNK = 500  # SQLite takes no more than some thousand values in one question


class Tombstone(models.Model):
    """A number that no import may tell of any more, and the nobody that its services belong to."""

    key = models.CharField(_("key"), max_length=64, unique=True, editable=False)
    company = models.ForeignKey(
        "companies.Company", models.PROTECT, null=True, blank=True, related_name="tombstones"
    )
    person = models.ForeignKey(
        "companies.Person", models.PROTECT, null=True, blank=True, related_name="tombstones"
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        """No further rules."""

        app_label = "companies"
        verbose_name = _("tombstone")

    def __str__(self) -> str:
        return self.key[:12]


def secret() -> bytes:
    """The installation's key, made when it is first asked for."""
    path = Path(settings.DATA) / KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f"{KEY_FILE}.{os.getpid()}.tmp")
        scratch.touch(mode=0o600)
        scratch.write_text(secrets.token_hex(32), encoding="ascii")
        # Another process may have made one meanwhile, which then is the one.
        with contextlib.suppress(FileExistsError):
            os.link(scratch, path)
        scratch.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def keyed(*parts: str) -> str:
    """The keyed hash of some words."""
    text = "\x1f".join(parts)
    return hmac.new(secret(), text.encode(), hashlib.sha256).hexdigest()


def of_number(source: str, source_id: str) -> str:
    """The key of a record's number in a source."""
    return keyed("number", source, source_id)


def of_cvr(cvr: str) -> str:
    """The key of a company's CVR number."""
    return keyed("cvr", cvr)


def of_address(email: str) -> str:
    """The key of an e-mail address, however it is spelt."""
    return keyed("address", email.strip().casefold())


def of_attendee(event: int, said: str) -> str:
    """The key of somebody at an event: by an e-mail address, or by a name alone."""
    return keyed("attendee", str(event), " ".join(said.split()).casefold())


def erased_attendees(
    event: int, held_on: date, people: Iterable[tuple[str, str | None]]
) -> set[tuple[str, str | None]]:
    """Those among the people (name, address) who were erased, and whom a list names again.

    Somebody of this event, or with an address that was erased on the event's day or later:
    whoever signs up to what is held after that does it anew. A name decides only where the list
    has no address: namesakes have theirs.
    """
    if not Tombstone.objects.exists():
        return set()
    keys = {(name, email): _keys(event, name, email) for name, email in people}
    found = dict(_found({key for both in keys.values() for key in both}))
    return {
        who
        for who, (bound, free) in keys.items()
        if bound in found or _is_over(found, free, held_on)
    }


def _keys(event: int, name: str, email: str | None) -> tuple[str, str]:
    return of_attendee(event, email or name), of_address(email) if email else ""


def _is_over(found: Mapping[str, datetime], key: str, held_on: date) -> bool:
    return key in found and held_on <= timezone.localdate(found[key])


def _found(keys: set[str]) -> Iterator[tuple[str, datetime]]:
    """The tombstones among the keys, and when they were put; so many at a time as SQLite takes."""
    listed = sorted(keys)
    for start in range(0, len(listed), CHUNK):
        some = Tombstone.objects.filter(key__in=listed[start : start + CHUNK])
        yield from some.values_list("key", "at")


def erased_numbers(source: str, ids: Iterable[str]) -> dict[str, Tombstone]:
    """For each number of the source whose person was erased, the tombstone."""
    if not Tombstone.objects.exists():
        return {}
    keys = {of_number(source, one): one for one in ids}
    found = Tombstone.objects.filter(key__in=list(keys)).select_related("person")
    return {keys[one.key]: one for one in found}


def erased_companies(cvr_numbers: Iterable[str]) -> set[str]:
    """The CVR numbers among these whose owner was erased: they keep no name."""
    if not Tombstone.objects.filter(company__isnull=False).exists():
        return set()
    keys = {of_cvr(cvr): cvr for cvr in cvr_numbers}
    found = Tombstone.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {keys[key] for key in found}
