"""The invitation and the reminders as e-mails, text and HTML, in the reader's language."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pejl_hub.core.text import one_line
from pejl_hub.surveys.asking import contract_for, question_on
from pejl_hub.surveys.models import Message, MessageKind


@dataclass(frozen=True)
class Links:
    """Where a letter leads: the answer page, and the way out."""

    answer: str
    unsubscribe: str


def links(secret: str) -> Links:
    """The addresses of one letter, whole, as they must be outside the hub's own pages."""
    return Links(*(f"{settings.PEJL_URL}{reverse(name, args=[secret])}" for name in _ROUTES))


_ROUTES = ("surveys:answer", "surveys:unsubscribe")


def letter(message: Message, secret: str) -> EmailMultiAlternatives:
    """The e-mail, ready to be handed over. Nothing that people typed stands in its headers."""
    invitation = message.invitation
    guidance = invitation.enrolment.guidance
    to = links(secret)
    with translation.override(invitation.language):
        context = {
            "hub": contract_for(invitation.invited_on).hub_name,
            "question": question_on(invitation.invited_on, invitation.language),
            "held_on": guidance.held_on,
            "expires_on": invitation.expires_on,
            "anonymous": invitation.anonymous,
            "reminder": message.kind != MessageKind.INVITATION,
            "links": to,
            "language": invitation.language,
        }
        email = EmailMultiAlternatives(
            subject=_subject(message.kind, context["hub"]),
            body=render_to_string("surveys/mail/letter.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[invitation.email],
            headers=_headers(message, to),
        )
        email.attach_alternative(render_to_string("surveys/mail/letter.html", context), "text/html")
    return email


def _subject(kind: str, hub: str) -> str:
    hub = one_line(hub)
    if kind == MessageKind.INVITATION:
        return _("How was your guidance from %(hub)s?") % {"hub": hub}
    return _("Reminder: how was your guidance from %(hub)s?") % {"hub": hub}


def _headers(message: Message, to: Links) -> dict[str, str]:
    """RFC 8058: mail programs show a button that unsubscribes with one click (a POST)."""
    return {
        "Message-ID": message.message_id,
        "List-Unsubscribe": f"<{to.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
