"""The daily e-mail: at most one a user and day, and none when nothing waits.

An e-mail is claimed, committed, handed over and marked. What is certain not to have been taken is
given back and sent by the next run; a run killed between the two sends nobody the same twice.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.core import handover
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.desk.reminders.models import Digest, ReminderSetting
from pejl_hub.desk.reminders.queries import Pile, reminders_for


@dataclass
class Sent:
    """What came of a run: sent, nothing waiting, not wanted or no address, had it, not taken."""

    sent: int = 0
    nothing: int = 0
    had_it: int = 0
    not_taken: int = 0


def send_digests(*, today: date) -> Sent:
    """Send the day's e-mail to everybody for whom something waits and who has not had it.

    Raises
    ------
    UserError
        When the mail server cannot be reached; what was not sent is sent by the next run.
    """
    result, backend = Sent(), get_connection()
    try:
        for user in _readers():
            _send_one(user, today, backend, result)
    finally:
        backend.close()
    return result


def _readers() -> list[User]:
    """Who uses the desk, has an address, and has not said no."""
    quiet = ReminderSetting.objects.filter(by_mail=False).values("user")
    users: QuerySet[User] = User.objects.filter(is_active=True).exclude(email="")
    return [user for user in users.exclude(pk__in=quiet) if may(user, Action.USE_DESK)]


def _send_one(user: User, today: date, backend: BaseEmailBackend, result: Sent) -> None:
    piles = reminders_for(user, today, own=True)
    if not piles:
        result.nothing += 1
        return
    count = sum(pile.counted for pile in piles)
    digest, new = Digest.objects.get_or_create(user=user, day=today, defaults={"reminders": count})
    if not new:
        result.had_it += 1
        return
    try:
        handover.hand_over(backend, letter(user, piles, count))
    except handover.PerhapsTaken:
        result.not_taken += 1  # kept: never twice, and tomorrow there is another
    except (handover.NotTaken, handover.AddressRefused, ValueError):
        digest.delete()
        result.not_taken += 1
    except handover.Unreachable as error:
        digest.delete()
        raise handover.unreachable(error) from error
    else:
        Digest.objects.filter(pk=digest.pk).update(sent_at=timezone.now())
        result.sent += 1


def letter(user: User, piles: list[Pile], count: int) -> EmailMultiAlternatives:
    """The e-mail in plain text. No person is named in it, and nothing typed stands in its head."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Pejl: %(number)s record waits for you", "Pejl: %(number)s records wait for you", count
        )
        context = {"user": user, "piles": piles, "url": settings.PEJL_URL}
        context["page"] = f"{settings.PEJL_URL}{reverse('reminders:show')}"
        return EmailMultiAlternatives(
            subject=subject % {"number": number(count)},
            body=render_to_string("desk/reminders/letter.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
