"""Sending one letter of an outbox: claimed, handed over and marked, each committed by itself.

An outbox is a model with ``state`` (waiting, claimed, sent, failed), ``sent_at`` and ``error``.
What is certain not to have been taken has failed, and whoever wrote it may send it again. What the
server may have taken is in ``DOUBT``: it has failed too, and the words say so.
"""

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import timezone

from pejl_hub.core import handover

WAITING, CLAIMED, SENT, FAILED = "waiting", "claimed", "sent", "failed"
DOUBT = "Perhaps sent"
REFUSALS = (handover.NotTaken, handover.AddressRefused, handover.Unreachable, OSError, ValueError)


def send(
    letters: QuerySet[Any], number: int, email_of: Callable[[Any], EmailMessage], *, again: bool
) -> bool:
    """Send a waiting letter; whether the mail server took it.

    ``again`` says that a worker was killed in this very job: a letter that it had claimed may have
    been sent, and is not sent again by itself.
    """
    ours = letters.model.objects.filter(pk=number, state=CLAIMED)
    if again and ours.update(state=FAILED, error=_doubt("the worker was killed")):
        return False
    if not letters.filter(pk=number, state=WAITING).update(state=CLAIMED):
        return False
    return _hand_over(ours, lambda: email_of(letters.get(pk=number)))


def _hand_over(ours: QuerySet[Any], compose: Callable[[], EmailMessage]) -> bool:
    backend = get_connection()
    try:
        handover.hand_over(backend, compose())
    except handover.PerhapsTaken as error:
        ours.update(state=FAILED, error=_doubt(str(error)))
    except REFUSALS as error:
        ours.update(state=FAILED, error=str(error)[:500])
    except Exception:
        ours.update(state=FAILED, error="Pejl could not write the letter.")
        raise
    else:
        return bool(ours.update(state=SENT, sent_at=timezone.now(), error=None))
    finally:
        backend.close()
    return False


def _doubt(why: str) -> str:
    return f"{DOUBT}: {why}"[:500]
