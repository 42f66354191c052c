"""Send what is due from the outbox, so that a kill at any moment asks nobody twice.

What is guaranteed, and why:

* An e-mail is claimed, committed, handed over, and marked; a claim is won by one worker only,
  for the database changes the state of a waiting e-mail once. Two workers never send the same.
* A worker killed before the handing over has sent nothing, and one killed after the mark has sent
  it: between the two a claim is left behind, and it is not tried again blindly. When it is older
  than a server may take to give its receipt, the server's log is asked (``core.witness``): taken
  is marked as sent, not taken is sent again. With the log, each e-mail is sent exactly once.
* Without a log, or when the log does not reach back, a claim left behind is *uncertain*: it is
  never sent again, and the next reminder follows as if it had been sent. So an e-mail is sent at
  most once, and a person whose invitation was lost is asked by the reminder, with the same
  question. At most one e-mail a killed worker is uncertain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pejl_hub.core import handover, witness
from pejl_hub.core.actions import bump_revision
from pejl_hub.core.witness import Verdict
from pejl_hub.surveys.actions.enrolling import new_message
from pejl_hub.surveys.asking import rules_on
from pejl_hub.surveys.mail.letters import letter
from pejl_hub.surveys.models import (
    Enrolment,
    Message,
    MessageKind,
    MessageState,
    Reason,
    RunKind,
    SurveyRun,
)
from pejl_hub.surveys.tokens import new_token

AT_A_TIME = 200
REMINDERS = (MessageKind.REMINDER_1, MessageKind.REMINDER_2)


@dataclass
class Sent:
    """What came of a run."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0
    uncertain: int = 0
    settled: int = 0

    def counts(self) -> dict[str, int]:
        """As it is kept and shown."""
        return dict(vars(self))


def send_due(*, today: date, who: str, progress: Callable[[Sent], None] | None = None) -> Sent:
    """Send every e-mail that is due; returns what came of it.

    UserError when the mail server cannot be reached: what was claimed is given back.
    """
    run = SurveyRun.objects.create(kind=RunKind.SEND, who=who)
    result = Sent()
    try:
        settle(today=today, result=result)
        _send_all(today, result, progress)
    finally:
        SurveyRun.objects.filter(pk=run.pk).update(
            finished_at=timezone.now(), counts=result.counts()
        )
    return result


def _send_all(today: date, result: Sent, progress: Callable[[Sent], None] | None) -> None:
    backend = get_connection()
    try:
        while waiting := list(_waiting(today).values_list("pk", flat=True)[:AT_A_TIME]):
            for pk in waiting:
                _send_one(pk, today, backend, result)
            if progress:
                progress(result)
    finally:
        backend.close()


def _waiting(today: date) -> QuerySet[Message]:
    return Message.objects.filter(
        state=MessageState.WAITING,
        due_on__lte=today,
        invitation__expires_on__gte=today,
        invitation__used_at__isnull=True,
        invitation__enrolment__guidance__withdrawn_at=None,
    ).order_by("due_on", "id")


def _send_one(pk: int, today: date, backend: BaseEmailBackend, result: Sent) -> None:
    """Claim, hand over, mark. Each step is committed before the next."""
    token = new_token()
    claimed = Message.objects.filter(pk=pk, state=MessageState.WAITING).update(
        state=MessageState.CLAIMED,
        claimed_at=timezone.now(),
        token_hash=token.hash,
        error=None,
    )
    if not claimed:
        return
    message = Message.objects.select_related(
        "invitation__enrolment__guidance", "invitation__contact", "invitation__person"
    ).get(pk=pk)
    if message.invitation.email is None:  # the person was deleted since
        _end(message, MessageState.CANCELLED)
        return
    _hand_over(message, token.secret, today, backend, result)


def _hand_over(
    message: Message, secret: str, today: date, backend: BaseEmailBackend, result: Sent
) -> None:
    try:
        handover.hand_over(backend, letter(message, secret))
    except (handover.AddressRefused, ValueError) as error:  # ValueError: no header can hold it
        _refuse(message, str(error))
        result.refused += 1
    except handover.NotTaken as error:
        _put_off(message, today + timedelta(days=1), str(error))
        result.put_off += 1
    except handover.PerhapsTaken as error:
        # Left as claimed: the next run settles it, when the server has had its time.
        Message.objects.filter(pk=message.pk).update(error=str(error)[:500])
        result.uncertain += 1
    except handover.Unreachable as error:
        _put_off(message, message.due_on, str(error))
        raise handover.unreachable(error) from error
    else:
        mark_sent(message, today)
        result.sent += 1


@transaction.atomic
def mark_sent(message: Message, today: date) -> None:
    """Write down that the server took it, and put the next reminder in the outbox."""
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT, sent_at=timezone.now(), error=None
    )
    _next_reminder(message, today)


def _next_reminder(message: Message, today: date) -> None:
    """The reminder that follows, as long after this e-mail as the rules say."""
    rules = rules_on(message.invitation.invited_on)
    before = [MessageKind.INVITATION, *REMINDERS].index(MessageKind(message.kind))
    if before >= len(rules.reminders_after_days):
        return
    days = (0, *rules.reminders_after_days)
    due_on = today + timedelta(days=days[before + 1] - days[before])
    Message.objects.bulk_create(
        [new_message(message.invitation, REMINDERS[before], due_on)], ignore_conflicts=True
    )


@transaction.atomic
def _refuse(message: Message, error: str) -> None:
    """An address that does not exist: nobody was asked, and the log says why."""
    _end(message, MessageState.FAILED, error)
    if message.kind != MessageKind.INVITATION:
        return
    invitation = message.invitation
    Enrolment.objects.filter(pk=invitation.enrolment_id).update(reason=Reason.REFUSED)
    if invitation.answer is not None:
        invitation.answer.delete()
        bump_revision()


def _end(message: Message, state: MessageState, error: str | None = None) -> None:
    Message.objects.filter(pk=message.pk).update(state=state, error=error[:500] if error else None)


def _put_off(message: Message, due_on: date, error: str) -> None:
    """Not taken for certain: back among the waiting. The next try has a new link."""
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.WAITING,
        due_on=due_on,
        claimed_at=None,
        token_hash=None,
        error=error[:500],
    )


def settle(*, today: date, result: Sent, now: datetime | None = None) -> None:
    """Decide about the claims that killed workers left behind."""
    old = (now or timezone.now()) - rules_on(today).settle_after
    left = list(
        Message.objects.filter(state=MessageState.CLAIMED, claimed_at__lte=old)
        .select_related("invitation")
        .order_by("claimed_at")
    )
    for message in left:
        _settle(message, today, result)


def _settle(message: Message, today: date, result: Sent) -> None:
    verdict = witness.judge(message, Message.objects.filter(state=MessageState.SENT))
    if verdict is Verdict.TAKEN:
        mark_sent(message, today)
        result.settled += 1
    elif verdict is Verdict.UNKNOWN:
        _leave_uncertain(message, today)
        result.uncertain += 1
    else:
        _put_off(message, message.due_on, "")
        result.settled += 1


@transaction.atomic
def _leave_uncertain(message: Message, today: date) -> None:
    _end(message, MessageState.UNCERTAIN, "The worker died while sending; the log cannot tell.")
    _next_reminder(message, today)
