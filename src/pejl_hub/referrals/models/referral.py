"""Referrals to a private or public adviser, each after a guidance whose client it concerns."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr
from pejl_hub.referrals.models.kinds import ClosedAs as ClosedAs
from pejl_hub.referrals.models.kinds import RecipientKind as RecipientKind
from pejl_hub.referrals.models.kinds import ReferralState as ReferralState
from pejl_hub.referrals.models.kinds import StepKind as StepKind
from pejl_hub.referrals.models.provider import Provider


class Referral(Record):
    """One referral; its client and their frozen facts are those of the guidance.

    It counts once, on ``referred_on``, however many advisers it is sent to in turn; ``sent_on`` is
    when the present one got it. ``recipient`` is the adviser's name as it was, and the only thing
    that an imported referral knows of them.
    """

    guidance = models.ForeignKey("guidance.Guidance", models.PROTECT, related_name="referrals")
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="referrals",
        verbose_name=_("external adviser"),
    )  # fmt: skip
    referred_on = models.DateField(_("referred on"))
    sent_on = models.DateField(_("sent on"), null=True, blank=True, editable=False)
    recipient = models.CharField(_("referred to"), max_length=200, validators=[refuse_cpr])
    recipient_kind = models.CharField(_("kind of recipient"), max_length=16, choices=RecipientKind)
    reason = text_or_unknown(_("why referred"), length=100)
    purpose = text_or_unknown(_("purpose"), length=200, validators=[refuse_cpr])
    state = models.CharField(_("state"), max_length=16, choices=ReferralState)
    closed_as = text_or_unknown(_("how it ended"), length=16, choices=ClosedAs)
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True, editable=False)

    class Meta:
        """Kind and state are known; only what is closed has ended."""

        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("recipient_kind", RecipientKind),
            one_of("state", ReferralState),
            one_of("closed_as", ClosedAs),
            models.CheckConstraint(
                name="referrals_referral_ended_when_closed",
                condition=models.Q(closed_as__isnull=True) | models.Q(state=ReferralState.CLOSED),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["referred_on"]),
            models.Index(fields=["state", "referred_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.referred_on}"


class Step(models.Model):
    """One step in a referral's life, and what it replaced, so that the last can be undone.

    ``provider_before`` and the columns after it are the referral's own values before the step: a
    count for an earlier day reads them.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    kind = models.CharField(_("what"), max_length=12, choices=StepKind)
    made_on = models.DateField(_("on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("recorded"), auto_now_add=True)
    note = text_or_unknown(_("why"), length=500, validators=[refuse_cpr])
    to_name = models.CharField(_("to"), max_length=200)
    state_before = models.CharField(max_length=16, choices=ReferralState)
    provider_before = models.ForeignKey(Provider, models.PROTECT, null=True, related_name="+")
    recipient_before = models.CharField(max_length=200)
    kind_before = models.CharField(max_length=16, choices=RecipientKind)
    referred_before = models.DateField()
    sent_before = models.DateField(null=True)

    class Meta:
        """Read in the order they were made; their days go the same way."""

        verbose_name = _("step of a referral")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [one_of("kind", StepKind), one_of("state_before", ReferralState)]
        indexes: ClassVar = [models.Index(fields=["referral", "made_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.made_on}"
