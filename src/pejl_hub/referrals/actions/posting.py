"""The e-mail to the adviser: written only when somebody asks for it, and no more than consented."""

from django.db import transaction
from django.utils.translation import gettext as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import write_change
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.referrals.actions.consents import valid_consent
from pejl_hub.referrals.mail import Composed, compose
from pejl_hub.referrals.models import Consent, Letter, LetterState, Referral, ReferralState
from pejl_hub.referrals.refusals import ReferralRefused

OPEN = (ReferralState.SENT, ReferralState.ACCEPTED)
ON_ITS_WAY = (LetterState.WAITING, LetterState.CLAIMED, LetterState.SENT)


def letter_for(referral: Referral, by: User) -> Composed:
    """The e-mail that would be sent now, to be read first.

    Raises
    ------
    ReferralRefused
        When the referral is not open, there is no consent or address, or it has been sent.
    """
    return compose(referral, _consent(referral), by)


@transaction.atomic
def post(*, referral: Referral, seen: str, by: User) -> Letter:
    """Put the e-mail in the outbox; ``seen`` is the mark of the text that was read.

    Raises
    ------
    ReferralRefused
        As ``letter_for``, and when the text is no longer the one that was read.
    """
    from pejl_hub.referrals.tasks import deliver

    obj = Referral.objects.select_for_update().get(pk=referral.pk)
    consent = _consent(obj)
    composed = compose(obj, consent, by)
    if composed.mark != seen:
        raise _refused(
            _("a letter that has changed since it was read"), _("Read it again, and send it.")
        )
    letter = Letter.objects.create(
        consent=consent,
        to=composed.to,
        subject=composed.subject,
        body=composed.body,
        asked_by=by,
    )
    write_change(by=by, action="referral.letter_asked", obj=obj, days=())
    put_in_queue(deliver, letter_id=letter.pk)
    return letter


def _consent(referral: Referral) -> Consent:
    consent = valid_consent(referral)
    if referral.state not in OPEN:
        raise _refused(_("a referral that is not open"), _("Send the referral first."))
    if consent is None:
        raise _refused(
            _("a referral without the client's consent"), _("Record the client's consent first.")
        )
    if not consent.provider.email:
        raise _refused(
            _("an adviser without an e-mail address"), _("Add the address, or telephone them.")
        )
    if consent.letters.filter(state__in=ON_ITS_WAY).exists():
        raise _refused(
            _("a letter that is sent or on its way"), _("Telephone the adviser instead.")
        )
    return consent


def _refused(given: str, remedy: str) -> ReferralRefused:
    needed = _("an open referral with consent and an address, not written about before")
    return ReferralRefused(given=given, needed=needed, remedy=remedy)
