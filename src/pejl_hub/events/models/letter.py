"""The outbox of the events, and how often an address has tried the public pages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.events.models.signup import Signup


class LetterKind(models.TextChoices):
    """What a letter says."""

    CONFIRMED = "confirmed", _("Confirmation")
    WAITING = "waiting", _("On the waiting list")
    MOVED_UP = "moved_up", _("A seat has become free")
    CANCELLED = "cancelled", _("The sign-up is cancelled")
    CHANGED = "changed", _("The event has changed")
    CALLED_OFF = "called_off", _("The event is cancelled")


class LetterState(models.TextChoices):
    """Only a waiting letter may be claimed, and by one worker."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")


class Letter(models.Model):
    """One e-mail to somebody who signed up, written in the transaction of what it tells."""

    signup = models.ForeignKey(Signup, models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    state = models.CharField(
        _("state"), max_length=8, choices=LetterState, default=LetterState.WAITING
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = text_or_unknown(_("what went wrong"), length=500)

    class Meta:
        """What was sent has a time."""

        verbose_name = _("letter about an event")
        constraints: ClassVar = [
            one_of("kind", LetterKind),
            one_of("state", LetterState),
            models.CheckConstraint(
                name="events_letter_sent_and_time",
                condition=models.Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~models.Q(state=LetterState.SENT) & models.Q(sent_at__isnull=True)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Tries(models.Model):
    """How often one address has done one thing on the public pages in a window of time."""

    what = models.CharField(max_length=10, editable=False)
    address_hash = models.CharField(max_length=64, editable=False)
    window = models.BigIntegerField(_("window"))
    count = models.PositiveIntegerField(_("tries"), default=0)

    class Meta:
        """One row a window."""

        verbose_name = _("tries")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["what", "address_hash", "window"], name="events_tries_one_a_window"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.window}: {self.count}"
