"""Take an answer, once; and let people out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pejl_hub.core.actions import bump_revision
from pejl_hub.surveys.models import (
    Comment,
    Invitation,
    Message,
    MessageState,
    ReferralAnswer,
    Unsubscription,
)


@dataclass(frozen=True)
class Given:
    """What somebody answered. ``referrals``: referral id -> used; left out means not answered.

    ``other_referral`` answers for a referral that the hub has no record of.
    """

    nps: int
    referrals: Mapping[int, bool] = field(default_factory=dict)
    other_referral: bool | None = None
    comment: str = ""

    @property
    def referral_used(self) -> bool | None:
        """Whether any referral was used; None when nothing was said of any."""
        said = [*self.referrals.values()]
        if self.other_referral is not None:
            said.append(self.other_referral)
        return any(said) if said else None


@transaction.atomic
def take_answer(*, invitation: Invitation, given: Given, today: date) -> bool:
    """Keep the answer and cancel the reminders; False when the link has been used meanwhile.

    The link is used up by one change in the database, so that two answers at the same moment
    cannot both count. The log says that an answer came, not what it was nor from whom.
    """
    won = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(
        used_at=timezone.now()
    )
    answer = invitation.answer
    if not won or answer is None:
        return False
    answer.nps, answer.referral_used, answer.answered_on = given.nps, given.referral_used, today
    answer.save()
    ReferralAnswer.objects.bulk_create(
        ReferralAnswer(answer=answer, referral_id=pk, used=was)
        for pk, was in given.referrals.items()
    )
    if given.comment:
        Comment.objects.create(answer=answer, text=given.comment)
    _cancel(Message.objects.filter(invitation=invitation))
    bump_revision()
    return True


@transaction.atomic
def unsubscribe(*, key: str) -> None:
    """Never write to the address again; harmless when asked twice."""
    Unsubscription.objects.get_or_create(person_key=key)
    _cancel(Message.objects.filter(invitation__person_key=key))


def _cancel(messages: QuerySet[Message]) -> None:
    messages.filter(state=MessageState.WAITING).update(state=MessageState.CANCELLED)
