"""Consents: who let the hub tell which adviser what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr
from pejl_hub.referrals.models.provider import Provider
from pejl_hub.referrals.models.referral import Referral


class ConsentForm(models.TextChoices):
    """How it was given."""

    SPOKEN = "spoken", _("Spoken")
    WRITTEN = "written", _("In writing")


class Consent(models.Model):
    """One consent, to one adviser. Who the client is may always be told: else nobody is referred.

    A consent is never changed: another is given, and this one may be withdrawn.
    """

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="consents")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    given_by = models.CharField(_("given by"), max_length=200, validators=[refuse_cpr])
    given_on = models.DateField(_("given on"))
    form = models.CharField(_("how"), max_length=8, choices=ConsentForm)
    tells_purpose = models.BooleanField(_("what help is needed"), default=False)
    tells_contact = models.BooleanField(_("name and e-mail of the contact"), default=False)
    words = text_or_unknown(_("what was agreed"), length=500, validators=[refuse_cpr])
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """A withdrawal has a day and somebody who recorded it, and comes after the consent."""

        verbose_name = _("consent")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            one_of("form", ConsentForm),
            all_or_none("withdrawal_whole", "withdrawn_on", "withdrawn_by"),
            models.CheckConstraint(
                name="referrals_consent_days",
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(withdrawn_on__gte=models.F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.given_on}"
