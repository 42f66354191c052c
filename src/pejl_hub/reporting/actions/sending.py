"""Send what waits, so that a kill at any moment sends nobody the same twice.

As the invitations of the user evaluation: an e-mail is claimed, committed, handed over and marked,
and a claim is won by one worker only. A claim that a killed worker left behind is settled by the
mail server's log when there is one, and is otherwise *uncertain*: never sent again by itself, and
shown in the log of the report, where a person can see whether the link was opened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from pejl_hub.core import handover, witness
from pejl_hub.core.witness import Verdict
from pejl_hub.reporting.letters import letter
from pejl_hub.reporting.models import Delivery, Report, Sending

SETTLE_AFTER = timedelta(minutes=10)  # so long a server may take to give its receipt (RFC 5321)


@dataclass
class Sent:
    """What came of a run."""

    sent: int = 0
    refused: int = 0
    not_taken: int = 0
    uncertain: int = 0

    def counts(self) -> dict[str, int]:
        """As it is kept by the queue."""
        return dict(vars(self))


def send_due(*, report: Report) -> Sent:
    """Send every e-mail of the report that waits.

    Raises
    ------
    UserError
        When the mail server cannot be reached; what was not sent waits for the next run.
    """
    result, backend = Sent(), get_connection()
    settle(report=report)
    try:
        for one in report.deliveries.filter(state=Sending.WAITING).order_by("pk"):
            _send_one(one, backend, result)
    finally:
        backend.close()
    return result


def _send_one(delivery: Delivery, backend: BaseEmailBackend, result: Sent) -> None:
    """Claim, hand over, mark; each is committed before the next."""
    waiting = Delivery.objects.filter(pk=delivery.pk, state=Sending.WAITING)
    if not waiting.update(state=Sending.CLAIMED, claimed_at=timezone.now(), error=""):
        return
    # Read anew: the report may have been recalled since the run began.
    delivery = Delivery.objects.select_related("report__replaces").get(pk=delivery.pk)
    try:
        handover.hand_over(backend, letter(delivery))
    except (handover.AddressRefused, ValueError) as error:  # ValueError: no header can hold it
        _move(delivery, Sending.REFUSED, str(error))
        result.refused += 1
    except handover.NotTaken as error:
        _move(delivery, Sending.WAITING, str(error))
        result.not_taken += 1
    except handover.PerhapsTaken as error:
        # Left as claimed: a later run settles it, when the server has had its time.
        Delivery.objects.filter(pk=delivery.pk).update(error=str(error)[:500])
        result.uncertain += 1
    except handover.Unreachable as error:
        _move(delivery, Sending.WAITING, str(error))
        raise handover.unreachable(error) from error
    else:
        _sent(delivery, timezone.now())
        result.sent += 1


def settle(*, report: Report, now: datetime | None = None) -> None:
    """Decide about the claims that killed workers left behind, by the server's log if it can."""
    old = (now or timezone.now()) - SETTLE_AFTER
    for one in report.deliveries.filter(state=Sending.CLAIMED, claimed_at__lte=old):
        _settle(one)


def _settle(delivery: Delivery) -> None:
    verdict = witness.judge(delivery, Delivery.objects.filter(state=Sending.SENT))
    if verdict is Verdict.TAKEN:
        _sent(delivery, delivery.claimed_at)
    elif verdict is Verdict.UNKNOWN:
        _move(delivery, Sending.UNCERTAIN, "The worker died while sending; nothing can tell.")
    else:
        _move(delivery, Sending.WAITING, "")


def _sent(delivery: Delivery, at: datetime) -> None:
    ours = Delivery.objects.filter(pk=delivery.pk, state=Sending.CLAIMED)
    ours.update(state=Sending.SENT, sent_at=at, error="")


def _move(delivery: Delivery, state: Sending, error: str) -> None:
    ours = Delivery.objects.filter(pk=delivery.pk, state=Sending.CLAIMED)
    ours.update(state=state, error=error[:500])
