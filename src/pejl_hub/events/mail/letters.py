"""The letters of an event as e-mails: text and HTML, in the language of the one who signed up."""

from email.mime.image import MIMEImage
from io import BytesIO

import segno
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pejl_hub.core.text import one_line
from pejl_hub.events.codes import cancel_secret
from pejl_hub.events.house import house
from pejl_hub.events.mail.calendar import CANCEL, REQUEST, calendar_file
from pejl_hub.events.models import Letter, LetterKind, Signup

SEATED = (LetterKind.CONFIRMED, LetterKind.MOVED_UP, LetterKind.CHANGED)
GONE = (LetterKind.CANCELLED, LetterKind.CALLED_OFF)


def email_of(letter: Letter) -> EmailMultiAlternatives:
    """The e-mail, ready to be handed over. Of what people typed, only the title is in a header."""
    signup = letter.signup
    with translation.override(signup.language):
        context = _context(letter)
        email = EmailMultiAlternatives(
            subject=_subject(letter.kind, one_line(signup.event.title)),
            body=render_to_string("events/mail/letter.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[one_line(signup.email or "")],
            headers={"Auto-Submitted": "auto-generated"},
        )
        email.attach_alternative(render_to_string("events/mail/letter.html", context), "text/html")
        _attach(email, letter, context["hub"])
    return email


def code_address(signup: Signup) -> str:
    """What the QR code opens: the page where a signed-in member of staff confirms attendance."""
    return f"{settings.PEJL_URL}{reverse('events:code', args=[signup.code])}"


def code_image(signup: Signup) -> bytes:
    """The QR code as PNG."""
    out = BytesIO()
    segno.make(code_address(signup), error="m", micro=False).save(
        out, kind="png", scale=8, border=4
    )
    return out.getvalue()


def _context(letter: Letter) -> dict[str, str]:
    signup = letter.signup
    cancel = reverse("events:cancel_signup", args=[cancel_secret(signup.nonce, signup.cancel_hash)])
    return {
        "hub": house(signup.event.held_on).name,
        "letter": letter,
        "signup": signup,
        "event": signup.event,
        "language": signup.language,
        "seated": letter.kind in SEATED,
        "open": letter.kind not in GONE,
        "code": f"{signup.code[:4]}-{signup.code[4:]}",
        "cancel": f"{settings.PEJL_URL}{cancel}?sprog={signup.language}",
    }


def _attach(email: EmailMultiAlternatives, letter: Letter, hub: str) -> None:
    signup = letter.signup
    if letter.kind in SEATED:
        file = calendar_file(signup, REQUEST, hub)
        image = MIMEImage(code_image(signup), "png", name="kode.png")
        image.add_header("Content-ID", "<kode>")
        image.add_header("Content-Disposition", "inline", filename="kode.png")
        email.attach(image)
    elif letter.kind in GONE and signup.letters.filter(kind__in=SEATED).exists():
        file = calendar_file(signup, CANCEL, hub)
    else:
        return
    method = CANCEL if letter.kind in GONE else REQUEST
    email.attach("arrangement.ics", file.decode(), f"text/calendar; method={method}")


def _subject(kind: str, title: str) -> str:
    words = {
        LetterKind.CONFIRMED: _("You are signed up: %(title)s"),
        LetterKind.WAITING: _("You are on the waiting list: %(title)s"),
        LetterKind.MOVED_UP: _("You have got a seat: %(title)s"),
        LetterKind.CANCELLED: _("Your sign-up is cancelled: %(title)s"),
        LetterKind.CHANGED: _("Changed: %(title)s"),
        LetterKind.CALLED_OFF: _("Cancelled: %(title)s"),
    }
    return words[LetterKind(kind)] % {"title": title}
