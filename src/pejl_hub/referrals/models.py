"""Referrals to a private or public adviser, each after a guidance whose client it concerns."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr


class RecipientKind(models.TextChoices):
    """Whom the client was sent to."""

    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")


class ReferralState(models.TextChoices):
    """What became of the referral."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CLOSED = "closed", _("Closed")


class Referral(Record):
    """One referral; its client and their frozen facts are those of the guidance."""

    guidance = models.ForeignKey("guidance.Guidance", models.PROTECT, related_name="referrals")
    referred_on = models.DateField(_("referred on"))
    recipient = models.CharField(_("referred to"), max_length=200, validators=[refuse_cpr])
    recipient_kind = models.CharField(_("kind of recipient"), max_length=16, choices=RecipientKind)
    purpose = text_or_unknown(_("purpose"), length=200, validators=[refuse_cpr])
    state = models.CharField(_("state"), max_length=16, choices=ReferralState)

    class Meta:
        """Kind and state are known."""

        verbose_name = _("referral")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("recipient_kind", RecipientKind),
            one_of("state", ReferralState),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.referred_on}"
