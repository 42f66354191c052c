"""Sending the letters in the background: one letter a job, and none sent twice at once."""

import smtplib

from django.core.mail import get_connection
from django.utils import timezone
from django_tasks import task

from pejl_hub.referrals.mail import email_of
from pejl_hub.referrals.models import Letter, LetterState


@task()
def deliver(letter_id: int) -> bool:
    """Send a waiting letter whose consent still holds. A refusal is kept with it, and shown."""
    waiting = Letter.objects.filter(
        pk=letter_id, state=LetterState.WAITING, consent__withdrawn_on=None
    )
    if not waiting.update(state=LetterState.CLAIMED):
        return False
    letter = Letter.objects.select_related("asked_by").get(pk=letter_id)
    try:
        get_connection().send_messages([email_of(letter)])
    except (OSError, smtplib.SMTPException) as error:
        letter.state, letter.error = LetterState.FAILED, str(error)[:500]
    else:
        letter.state, letter.sent_at, letter.error = LetterState.SENT, timezone.now(), None
    letter.save()
    return letter.state == LetterState.SENT
