"""The e-mail of new alerts: each alert once to each reader, whatever stops a run midway.

As the daily e-mail of reminders: claimed, committed, handed over and marked. What is certain not
to have been taken is given back, and sent by the next run.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.alerts.models import Alert, AlertSetting, Sending
from pejl_hub.alerts.queries import alerts_for
from pejl_hub.alerts.words import said
from pejl_hub.core import handover
from pejl_hub.core.templatetags.pejl import number

NEWS = timedelta(days=31)  # what is older is no news: it stands on the page


@dataclass
class Sent:
    """What came of a run: readers sent to, with nothing new, and whose mail was not taken."""

    sent: int = 0
    nothing: int = 0
    not_taken: int = 0


def send_alerts(*, today: date) -> Sent:
    """Send each reader the alerts that they have not read, dismissed or been sent.

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
    """Who looks after the data, has an address, and has not said no."""
    quiet = AlertSetting.objects.filter(by_mail=False).values("user")
    users = User.objects.filter(is_active=True).exclude(email="").exclude(pk__in=quiet)
    return [user for user in users.order_by("pk") if may(user, Action.SEE_QUALITY)]


def _send_one(user: User, today: date, backend: BaseEmailBackend, result: Sent) -> None:
    claimed = _claim(user, today)
    if not claimed:
        result.nothing += 1
        return
    mine = Sending.objects.filter(user=user, alert__in=claimed)
    try:
        handover.hand_over(backend, letter(user, claimed))
    except handover.PerhapsTaken:
        result.not_taken += 1  # kept: rather not at all than twice; it stands on the page
    except (handover.NotTaken, handover.AddressRefused, ValueError):
        mine.delete()
        result.not_taken += 1
    except handover.Unreachable as error:
        mine.delete()
        raise handover.unreachable(error) from error
    else:
        mine.update(sent_at=timezone.now())
        result.sent += 1


@transaction.atomic
def _claim(user: User, today: date) -> list[Alert]:
    """The alerts that this run, and no other, sends to the user."""
    news = alerts_for(user).filter(is_read=False, day__gt=today - NEWS, day__lte=today)
    waiting = news.exclude(pk__in=Sending.objects.filter(user=user).values("alert"))
    tried = ((alert, Sending.objects.get_or_create(alert=alert, user=user)) for alert in waiting)
    return [alert for alert, (_sending, made) in tried if made]


def letter(user: User, alerts: list[Alert]) -> EmailMultiAlternatives:
    """The e-mail in plain text; figures of goals and checks, no person's name."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Pejl: %(number)s new alert", "Pejl: %(number)s new alerts", len(alerts)
        ) % {"number": number(len(alerts))}
        context = {
            "user": user,
            "alerts": [said(alert) for alert in alerts],
            "url": settings.PEJL_URL,
            "page": f"{settings.PEJL_URL}{reverse('alerts:list')}",
        }
        return EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("alerts/letter.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
