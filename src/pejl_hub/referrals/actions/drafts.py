"""Making a referral: a draft first, which is sent to nobody and counts nowhere."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.guidance.models import Guidance, GuidanceState
from pejl_hub.referrals.actions.consents import Given, give_consent
from pejl_hub.referrals.actions.moves import require_active, send
from pejl_hub.referrals.models import Provider, Referral, ReferralState
from pejl_hub.referrals.refusals import ReferralRefused, require_sound

MISSED = (GuidanceState.CANCELLED, GuidanceState.NO_SHOW)


@dataclass(frozen=True)
class Wanted:
    """What a draft says: the adviser, why (a code) and what for."""

    provider: Provider
    reason: str
    purpose: str = ""


@transaction.atomic
def refer(
    *,
    guidance: Guidance,
    wanted: Wanted,
    by: User,
    consent: Given | None = None,
    on: date | None = None,
    reason: str = "",
) -> Referral:
    """Make a referral; with a consent it is kept, with ``on`` it is sent as well, or nothing is.

    Raises
    ------
    ReferralRefused
        When the guidance never took place, the adviser is out of use, or it cannot be sent.
    PeriodClosed
        When it is sent on a day in a closed period and there is no reason.
    """
    if guidance.state in MISSED or guidance.withdrawn_at:
        raise ReferralRefused(
            given=_("a guidance that did not take place"),
            needed=_("one that was held or is planned"),
            remedy=_("Choose another guidance."),
        )
    today = timezone.localdate()
    referral = Referral(
        guidance=guidance, state=ReferralState.DRAFT, referred_on=today, recorded_on=today
    )
    _fill(referral, wanted)
    referral.save()
    write_change(by=by, action="referral.made", obj=referral, days=(), after=facts(referral))
    if consent:
        give_consent(referral=referral, given=consent, by=by, provider=wanted.provider)
    return send(referral=referral, on=on, by=by, reason=reason) if on else referral


@transaction.atomic
def change_draft(*, referral: Referral, wanted: Wanted, by: User) -> Referral:
    """Give a draft another adviser, reason or purpose. A consent to tell another holds no more."""
    obj = _draft(referral)
    before = facts(obj)
    _fill(obj, wanted)
    obj.edited_at = timezone.now()
    obj.save()
    write_change(
        by=by, action="referral.changed", obj=obj, days=(), before=before, after=facts(obj)
    )
    return obj


@transaction.atomic
def remove_draft(*, referral: Referral, by: User) -> None:
    """Take a draft away with its consents; ReferralRefused for what has been sent."""
    obj = _draft(referral)
    write_change(by=by, action="referral.removed", obj=obj, days=(), before=facts(obj))
    obj.delete()


def _fill(referral: Referral, wanted: Wanted) -> None:
    provider = wanted.provider
    require_active(provider, timezone.localdate())
    referral.provider, referral.recipient = provider, provider.name
    referral.recipient_kind = provider.kind
    referral.reason, referral.purpose = wanted.reason or None, wanted.purpose.strip() or None
    require_sound(referral)


def _draft(referral: Referral) -> Referral:
    obj = Referral.objects.select_for_update().get(pk=referral.pk)
    if obj.state != ReferralState.DRAFT or obj.steps.exists():
        raise ReferralRefused(
            given=_("a referral that has been sent"),
            needed=_("a draft"),
            remedy=_("Send it to another adviser, or close it."),
        )
    return obj
