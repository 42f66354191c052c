"""Sending the letters in the background: one letter a job, and none sent twice."""

from django_tasks import TaskContext, task

from pejl_hub.core import letterbox
from pejl_hub.referrals.mail import email_of
from pejl_hub.referrals.models import Letter


@task(takes_context=True)
def deliver(context: TaskContext, letter_id: int) -> bool:
    """Send a waiting letter whose consent still holds. A refusal is kept with it, and shown."""
    return send_letter(letter_id, again=context.attempt > 1)


def send_letter(letter_id: int, *, again: bool = False) -> bool:
    """Send it; ``again`` when a worker was killed while it did."""
    consented = Letter.objects.filter(consent__withdrawn_on=None).select_related("asked_by")
    return letterbox.send(consented, letter_id, email_of, again=again)
