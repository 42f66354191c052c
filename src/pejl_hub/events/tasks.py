"""Sending the letters in the background: one letter a job, and none sent twice."""

from django_tasks import TaskContext, task

from pejl_hub.core import letterbox
from pejl_hub.events.mail.letters import email_of
from pejl_hub.events.models import Letter


@task(takes_context=True)
def deliver(context: TaskContext, letter_id: int) -> bool:
    """Send a waiting letter. A refusal is kept with it, and the event's page shows it."""
    return send_letter(letter_id, again=context.attempt > 1)


def send_letter(letter_id: int, *, again: bool = False) -> bool:
    """Send it; ``again`` when a worker was killed while it did."""
    letters = Letter.objects.select_related("signup__event")
    return letterbox.send(letters, letter_id, email_of, again=again)
