"""How often one network address may try the public pages, and one e-mail address be written to.

An office behind one address signs up a few dozen; with 192 random bits in a link, the limit on
guesses saves the server's work rather than the links. The limit on an e-mail address keeps the
form from being used to flood somebody else's mailbox.
"""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from pejl_hub.events.codes import hash_of
from pejl_hub.events.models import Tries


@dataclass(frozen=True)
class Limit:
    """So many in a window of seconds."""

    what: str
    most: int
    seconds: int


GUESSES = Limit("guess", 40, 15 * 60)
SIGNUPS = Limit("sign_up", 30, 15 * 60)
LETTERS = Limit("letter", 20, 24 * 3600)


def address_of(request: HttpRequest) -> str:
    """The network address that asks, as the proxy says if there is one."""
    return str(request.META.get(settings.PEJL_CLIENT_ADDRESS, "") or request.META["REMOTE_ADDR"])


def too_many(limit: Limit, address: str) -> bool:
    """Whether the address has used up its tries."""
    return Tries.objects.filter(**_row(limit, address), count__gte=limit.most).exists()


@transaction.atomic
def note(limit: Limit, address: str) -> None:
    """Remember a try; what is older than the window is forgotten."""
    row = _row(limit, address)
    Tries.objects.filter(what=limit.what, window__lt=row["window"]).delete()
    tries, _made = Tries.objects.get_or_create(**row)
    Tries.objects.filter(pk=tries.pk).update(count=F("count") + 1)


def _row(limit: Limit, address: str) -> dict[str, str | int]:
    window = int(time.time()) // limit.seconds
    return {"what": limit.what, "address_hash": hash_of(address.lower()), "window": window}
