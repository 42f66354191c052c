"""Finding what a link is for, without telling anybody which links exist.

A link that is unknown, used or expired is answered alike. Whoever tries many of them from one
address is turned away for a while, with good links too: else the refusal would tell.
"""

import time
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from pejl_hub.surveys.models import Guesses, Invitation, Message, MessageState
from pejl_hub.surveys.tokens import hash_of

# A person with a worn-out letter tries a handful of times; an office behind one address, a few
# dozen. With 192 random bits the limit saves the server's work rather than the links.
TRIES, WINDOW_SECONDS = 40, 15 * 60
IN_THE_POST = (MessageState.SENT, MessageState.CLAIMED, MessageState.UNCERTAIN)


def open_invitation(secret: str, today: date) -> Invitation | None:
    """The invitation that the link may still answer, else None, whatever the cause."""
    message = (
        Message.objects.filter(
            token_hash=hash_of(secret),
            state__in=IN_THE_POST,
            invitation__used_at__isnull=True,
            invitation__expires_on__gte=today,
            invitation__answer__isnull=False,
        )
        .select_related("invitation__answer__guidance", "invitation__enrolment")
        .first()
    )
    return message.invitation if message else None


def invitation_of(secret: str) -> Invitation | None:
    """The invitation that the link came with, used or not: one may always unsubscribe."""
    message = (
        Message.objects.filter(token_hash=hash_of(secret)).select_related("invitation").first()
    )
    return message.invitation if message else None


def turned_away(request: HttpRequest) -> bool:
    """Whether the address has tried too many links that led nowhere."""
    return Guesses.objects.filter(**_who(request), count__gte=TRIES).exists()


@transaction.atomic
def note_guess(request: HttpRequest) -> None:
    """Remember that a link led nowhere; what is older than the window is forgotten."""
    who = _who(request)
    Guesses.objects.filter(window__lt=who["window"]).delete()
    guesses, _made = Guesses.objects.get_or_create(**who)
    Guesses.objects.filter(pk=guesses.pk).update(count=F("count") + 1)


def _who(request: HttpRequest) -> dict[str, str | int]:
    address = request.META.get(settings.PEJL_CLIENT_ADDRESS, "") or request.META["REMOTE_ADDR"]
    return {"address_hash": hash_of(str(address)), "window": int(time.time()) // WINDOW_SECONDS}
