"""What the company later said of one referral, for those who may see a single answer."""

from dataclasses import dataclass
from datetime import date

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.accounts.names import names, names_alone
from pejl_hub.referrals.models import Referral, ReferralState
from pejl_hub.surveys.models import Answer, ReferralAnswer


@dataclass(frozen=True)
class Said:
    """Whether the advice was used, and on which day it was said."""

    used: bool
    day: date


def may_see(referral: Referral, user: User) -> bool:
    """Whether single answers about the referral are for the user, whether there are any or not.

    Its adviser sees those that nobody was promised to keep from them; others need the right to
    read answers. An answer that another evaluation asked for is treated as promised. Of two with
    the adviser's name either may be meant: neither sees more than both would.
    """
    adviser, reads = referral.guidance.adviser, may(user, Action.READ_COMMENTS)
    if adviser not in names(user):
        return reads
    if adviser not in names_alone(user) and not reads:
        return False
    asked = Answer.objects.filter(guidance=referral.guidance_id)
    promised = asked.exclude(invitation__anonymous=False)
    return asked.exists() and not promised.exists()


def said_of(referral: Referral) -> list[Said]:
    """What was said of it, oldest first.

    An imported answer speaks of referrals as such; it is this one's when there is no other.
    """
    own = ReferralAnswer.objects.filter(referral=referral, answer__answered_on__isnull=False)
    found = own.select_related("answer").order_by("answer__answered_on", "pk")
    said = [Said(one.used, one.answer.answered_on) for one in found if one.answer.answered_on]
    return said or _imported(referral)


def _imported(referral: Referral) -> list[Said]:
    others = referral.guidance.referrals.exclude(pk=referral.pk)
    if others.exclude(state=ReferralState.DRAFT).exists():
        return []
    answers = Answer.objects.filter(
        guidance=referral.guidance_id, referral_used__isnull=False, referrals__isnull=True
    )
    return [
        Said(bool(one.referral_used), one.answered_on)
        for one in answers.order_by("answered_on", "pk")
        if one.answered_on
    ]
