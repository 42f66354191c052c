"""The registry of advisers outside the hub: who they are, what they advise on, and where."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.cvr import cvr_checks, validate_cvr
from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr
from pejl_hub.referrals.models.kinds import RecipientKind


class Provider(models.Model):
    """A private or public adviser. Without places they advise in the whole country.

    ``name_key`` is the name without case, signs and company form: two with one key are one.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=RecipientKind)
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    name_key = models.CharField(max_length=200, unique=True, editable=False)
    cvr = models.CharField(
        _("CVR number"), max_length=8, null=True, blank=True, unique=True, validators=[validate_cvr]
    )
    contact_name = text_or_unknown(_("contact"), length=200, validators=[refuse_cpr])
    email = models.EmailField(  # noqa: DJ001 - unknown is null
        _("e-mail"), null=True, blank=True, validators=[refuse_cpr]
    )
    phone = text_or_unknown(_("telephone"), length=40, validators=[refuse_cpr])
    website = models.URLField(  # noqa: DJ001 - unknown is null
        _("web address"), null=True, blank=True, validators=[refuse_cpr]
    )
    note = text_or_unknown(_("good to know"), length=500, validators=[refuse_cpr])
    active_from = models.DateField(_("used from"))
    active_to = models.DateField(_("used until"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    class Meta:
        """The CVR number checks; nobody ends before they begin."""

        verbose_name = _("external adviser")
        verbose_name_plural = _("external advisers")
        constraints: ClassVar = [
            one_of("kind", RecipientKind),
            cvr_checks("cvr"),
            models.CheckConstraint(
                name="referrals_provider_days",
                condition=Q(active_to__isnull=True) | Q(active_to__gte=models.F("active_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_active(self, day: date) -> bool:
        """Whether somebody may be referred to them on the day."""
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)


class ProviderField(models.Model):
    """Something that an adviser advises on: a code of the list of needs."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="fields")
    code = models.CharField(_("field of advice"), max_length=100)

    class Meta:
        """A field once."""

        verbose_name = _("field of advice")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "code"], name="referrals_providerfield_once"
            )
        ]

    def __str__(self) -> str:
        return self.code


class ProviderPlace(models.Model):
    """A municipality that an adviser covers, by its three-digit code."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="places")
    municipality = models.CharField(_("municipality"), max_length=3)

    class Meta:
        """A municipality once."""

        verbose_name = _("municipality covered")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "municipality"], name="referrals_providerplace_once"
            )
        ]

    def __str__(self) -> str:
        return self.municipality
