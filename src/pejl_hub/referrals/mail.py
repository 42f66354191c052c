"""The e-mail to an adviser. It says who the client is, and what the consent lets it say."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from pejl_hub.accounts.models import User
from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import label
from pejl_hub.events.house import house
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.models import Consent, Letter, Referral


@dataclass(frozen=True)
class Composed:
    """A letter before it is asked for."""

    to: str
    subject: str
    body: str

    @property
    def mark(self) -> str:
        """A word that changes with the letter: what is sent is what was read."""
        whole = "\n".join((self.to, self.subject, self.body))
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True)
class Reached:
    """Whom in the client to write to."""

    name: str
    email: str | None


def compose(referral: Referral, consent: Consent, by: User) -> Composed:
    """The letter in Danish. The subject names nobody: it can be read on a locked telephone."""
    hub, guidance = house(consent.given_on).name, referral.guidance
    contact = _contact(guidance) if consent.tells_contact else None
    with translation.override("da"):
        context = {
            "hub": hub,
            "provider": consent.provider,
            "client": guidance.company or guidance.person,
            "cvr": guidance.company.cvr if guidance.company else None,
            "why": label(ListName.REFERRAL_REASON, referral.reason),
            "purpose": referral.purpose,
            "consent": consent,
            "contact": contact,
            "by": by,
        }
        body = render_to_string("referrals/mail/letter.txt", context).strip() + "\n"
        subject = _("A referral from %(hub)s") % {"hub": hub}
    return Composed(consent.provider.email or "", subject, body)


def email_of(letter: Letter) -> EmailMessage:
    """The e-mail, ready to be handed over, word for word as it was approved."""
    reply = [letter.asked_by.email] if letter.asked_by.email else None
    return EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        reply_to=reply,
    )


def _contact(guidance: Guidance) -> Reached | None:
    """The company's main contact, else its first; a person is their own."""
    if guidance.person:
        return Reached(guidance.person.name, guidance.person.email)
    if guidance.company is None:
        return None
    found = guidance.company.contacts.order_by("-is_main", "pk").first()
    return Reached(found.name, found.email) if found else None
