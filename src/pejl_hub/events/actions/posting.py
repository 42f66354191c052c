"""Putting letters in the outbox, in the transaction of what they tell of."""

from django.db import transaction

from pejl_hub.core.jobs import put_in_queue
from pejl_hub.events.models import Letter, LetterKind, LetterState, Signup


def post(signup: Signup, kind: LetterKind) -> Letter | None:
    """Write a letter, if there is an address, in the caller's transaction; the queue sends it."""
    from pejl_hub.events.tasks import deliver

    if not signup.email:
        return None
    letter = Letter.objects.create(signup=signup, kind=kind)
    put_in_queue(deliver, letter_id=letter.pk)
    return letter


@transaction.atomic
def post_again(event_id: int) -> int:
    """Hand every letter of an event that was not sent to the workers once more; how many."""
    from pejl_hub.events.tasks import deliver

    late = Letter.objects.filter(signup__event_id=event_id, state__in=UNSENT)
    numbers = list(late.values_list("pk", flat=True))
    late.update(state=LetterState.WAITING)
    for number in numbers:
        put_in_queue(deliver, letter_id=number)
    return len(numbers)


UNSENT = (LetterState.WAITING, LetterState.FAILED)
