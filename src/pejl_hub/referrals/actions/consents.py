"""Recording a consent, and its withdrawal."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.referrals.models import Consent, Letter, LetterState, Provider, Referral
from pejl_hub.referrals.refusals import ReferralRefused, require_day, require_sound


@dataclass(frozen=True)
class Given:
    """A consent as it was given: by whom, when, how, and what may be told."""

    given_by: str
    given_on: date
    form: str
    tells_purpose: bool = False
    tells_contact: bool = False
    words: str = ""


@transaction.atomic
def give_consent(*, referral: Referral, given: Given, by: User, provider: Provider) -> Consent:
    """Keep a consent to tell one adviser. Nothing about it changes afterwards.

    Raises
    ------
    ReferralRefused
        When it has no giver, lies in the future, or a text is not sound.
    """
    require_day(given.given_on, date.min)
    consent = Consent(
        referral=referral,
        provider=provider,
        given_by=given.given_by.strip(),
        given_on=given.given_on,
        form=given.form,
        tells_purpose=given.tells_purpose,
        tells_contact=given.tells_contact,
        words=given.words.strip() or None,
        recorded_by=by,
    )
    require_sound(consent)
    consent.save()
    _touch(referral)
    write_change(by=by, action="consent.given", obj=consent, days=(), after=facts(consent))
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, on: date, by: User) -> Consent:
    """Nothing more is told on the ground of it; a letter that still waits is called back.

    ReferralRefused when it has been withdrawn already, or the day does not fit.
    """
    obj = Consent.objects.select_for_update().get(pk=consent.pk)
    if obj.withdrawn_on:
        raise ReferralRefused(
            given=_("a consent that has been withdrawn"),
            needed=_("one that holds"),
            remedy=_("There is nothing more to do."),
        )
    require_day(on, obj.given_on)
    before = facts(obj)
    obj.withdrawn_on, obj.withdrawn_by = on, by
    obj.save()
    call_back(obj)
    _touch(obj.referral)
    write_change(
        by=by, action="consent.withdrawn", obj=obj, days=(), before=before, after=facts(obj)
    )
    return obj


def valid_consent(
    referral: Referral, provider: Provider | None = None, by_day: date = date.max
) -> Consent | None:
    """The newest consent that holds, given by the day, to tell the adviser (else the present)."""
    to = provider or referral.provider
    if to is None:
        return None
    held = referral.consents.filter(provider=to, withdrawn_on=None, given_on__lte=by_day)
    return held.order_by("-given_on", "-pk").first()


def call_back(consent: Consent) -> None:
    """Cancel letters that nobody has begun to send."""
    waiting = Letter.objects.filter(consent=consent, state=LetterState.WAITING)
    waiting.update(state=LetterState.CANCELLED)


def _touch(referral: Referral) -> None:
    """An import must not be undone over this."""
    Referral.objects.filter(pk=referral.pk).update(edited_at=timezone.now())
