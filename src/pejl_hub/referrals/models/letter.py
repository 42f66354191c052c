"""The outbox of referrals: the e-mail to an adviser, word for word as it was approved."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.referrals.models.consent import Consent


class LetterState(models.TextChoices):
    """Only a waiting letter may be claimed, and by one worker."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    CANCELLED = "cancelled", _("Called back")


class Letter(models.Model):
    """One e-mail to an adviser. It rests on a consent, and says no more than that lets it."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="letters")
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState, default=LetterState.WAITING
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = text_or_unknown(_("what went wrong"), length=500)

    class Meta:
        """What was sent has a time; one letter at a time is on its way or there."""

        verbose_name = _("letter to an adviser")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            one_of("state", LetterState),
            models.CheckConstraint(
                name="referrals_letter_sent_and_time",
                condition=models.Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~models.Q(state=LetterState.SENT) & models.Q(sent_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["consent"],
                condition=models.Q(state__in=["waiting", "claimed", "sent"]),
                name="referrals_letter_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.state}"
