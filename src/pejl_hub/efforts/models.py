"""What an effort has besides what is counted: partners, activities, papers, moved milestones."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import not_negative, text_or_unknown
from pejl_hub.core.text import refuse_cpr
from pejl_hub.events.models import Event
from pejl_hub.evidence.models import Effort, Milestone
from pejl_hub.outreach.models import Campaign


class Partner(models.Model):
    """An organisation that takes part in an effort, and whom to speak to there."""

    effort = models.ForeignKey(Effort, models.PROTECT, related_name="partners")
    organisation = models.CharField(_("organisation"), max_length=200, validators=[refuse_cpr])
    role = text_or_unknown(_("its part in the effort"), length=200, validators=[refuse_cpr])
    contact = text_or_unknown(_("contact person"), length=150, validators=[refuse_cpr])
    email = text_or_unknown(_("e-mail"), length=254, validators=[refuse_cpr, validate_email])

    class Meta:
        """An organisation stands once in an effort."""

        verbose_name = _("partner")
        ordering: ClassVar = ["organisation", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["effort", "organisation"], name="efforts_partner_once_in_an_effort"
            )
        ]

    def __str__(self) -> str:
        return self.organisation


class Postponement(models.Model):
    """A milestone that was moved to another day, and why. Kept: the first promise stays known."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="postponements")
    moved_from = models.DateField(_("from"))
    moved_to = models.DateField(_("to"))
    because = models.CharField(_("why"), max_length=500, validators=[refuse_cpr])
    moved_at = models.DateTimeField(_("moved"), auto_now_add=True)
    who = models.CharField(_("moved by"), max_length=150)

    class Meta:
        """In the order they were made."""

        verbose_name = _("postponement")
        ordering: ClassVar = ["moved_at", "id"]

    def __str__(self) -> str:
        return f"{self.moved_from} → {self.moved_to}"


class Activity(models.Model):
    """An event or an outreach campaign that is part of an effort; its numbers are its own."""

    effort = models.ForeignKey(Effort, models.PROTECT, related_name="activities")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")

    class Meta:
        """One of the two, once in an effort."""

        verbose_name = _("activity")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="efforts_activity_one_of_two",
                condition=models.Q(event__isnull=False, campaign__isnull=True)
                | models.Q(event__isnull=True, campaign__isnull=False),
            ),
            models.UniqueConstraint(fields=["effort", "event"], name="efforts_activity_event_once"),
            models.UniqueConstraint(
                fields=["effort", "campaign"], name="efforts_activity_campaign_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event or self.campaign)


class Attachment(models.Model):
    """A paper that belongs to an effort. The bytes lie in the data folder under their SHA-256."""

    effort = models.ForeignKey(Effort, models.PROTECT, related_name="attachments")
    file_name = models.CharField(_("file"), max_length=200, validators=[refuse_cpr])
    about = text_or_unknown(_("what it is"), length=300, validators=[refuse_cpr])
    kind = models.CharField(_("type"), max_length=8)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """The same bytes once in an effort, the newest first."""

        verbose_name = _("attachment")
        ordering: ClassVar = ["-added_at", "-id"]
        constraints: ClassVar = [
            not_negative("size"),
            models.UniqueConstraint(
                fields=["effort", "sha256"], name="efforts_attachment_once_in_an_effort"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
