"""A campaign with a municipality's local business service, and the companies on its list."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import Company, Nomenclature
from pejl_hub.core.fields import all_or_none, not_negative, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class Campaign(models.Model):
    """Targeted offers of guidance in one municipality, in a period, with a goal of its own."""

    name = models.CharField(_("name"), max_length=120, validators=[refuse_cpr])
    municipality = models.CharField(_("municipality"), max_length=3)
    local_service = text_or_unknown(
        _("local business service"), length=150, validators=[refuse_cpr]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    goal = models.IntegerField(_("companies to approach"), null=True, blank=True)
    about = models.TextField(_("what it offers"), blank=True, validators=[refuse_cpr])
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        """A campaign ends no earlier than it begins."""

        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            not_negative("goal"),
            models.CheckConstraint(
                name="outreach_campaign_period",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """A company on a campaign's list, with its facts as they were when it was put there."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="candidates")
    company = models.ForeignKey(Company, models.PROTECT, related_name="candidacies")
    municipality = text_or_unknown(_("municipality"), length=3)
    employees = models.IntegerField(_("employees"), null=True, blank=True)
    industry = text_or_unknown(_("industry code"), length=6)
    nomenclature = text_or_unknown(_("nomenclature"), length=4, choices=Nomenclature)
    call_again_on = models.DateField(_("call again on"), null=True, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        """A company stands once on a list."""

        verbose_name = _("company on a list")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "company"], name="outreach_candidate_once_on_a_list"
            ),
            not_negative("employees"),
            one_of("nomenclature", Nomenclature),
            all_or_none("code_and_nomenclature", "industry", "nomenclature"),
        ]

    def __str__(self) -> str:
        return f"{self.company}"
