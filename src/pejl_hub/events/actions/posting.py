"""Putting letters in the outbox, in the transaction of what they tell of."""

from functools import partial

from django.db import transaction

from pejl_hub.events.models import Letter, LetterKind, LetterState, Signup


def post(signup: Signup, kind: LetterKind) -> Letter | None:
    """Write a letter, if there is an address; it is sent once the transaction is committed."""
    from pejl_hub.events.tasks import deliver

    if not signup.email:
        return None
    letter = Letter.objects.create(signup=signup, kind=kind)
    transaction.on_commit(partial(deliver.enqueue, letter_id=letter.pk))
    return letter


def post_again(event_id: int) -> int:
    """Hand every letter of an event that was not sent to the workers once more; how many."""
    from pejl_hub.events.tasks import deliver

    late = Letter.objects.filter(signup__event_id=event_id, state__in=UNSENT)
    numbers = list(late.values_list("pk", flat=True))
    late.update(state=LetterState.WAITING)
    for number in numbers:
        transaction.on_commit(partial(deliver.enqueue, letter_id=number))
    return len(numbers)


UNSENT = (LetterState.WAITING, LetterState.FAILED)
