"""One-to-one guidance, with what was true of the client that day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import ServiceRecord
from pejl_hub.core.fields import not_negative, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class GuidanceType(models.TextChoices):
    """What the contract counts apart."""

    SPECIALISED = "specialised", _("Specialised")
    ORIENTING = "orienting", _("Orienting")


class GuidanceState(models.TextChoices):
    """Only what was held is counted."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    NO_SHOW = "no_show", _("No-show")


class Channel(models.TextChoices):
    """How the talk took place."""

    PHYSICAL = "physical", _("Physical")
    VIRTUAL = "virtual", _("Virtual")
    PHONE = "phone", _("Phone")


class Guidance(ServiceRecord):
    """One talk with one client."""

    held_on = models.DateField(_("held on"))
    type = models.CharField(_("type"), max_length=16, choices=GuidanceType)
    state = models.CharField(_("state"), max_length=16, choices=GuidanceState)
    channel = text_or_unknown(_("channel"), length=16, choices=Channel)
    priority_area = text_or_unknown(_("priority area"), length=100, validators=[refuse_cpr])
    adviser = text_or_unknown(_("adviser"), length=150, validators=[refuse_cpr])
    team = text_or_unknown(_("team"), length=100)
    minutes = models.IntegerField(_("minutes"), null=True, blank=True)
    sent_to_evaluation_on = models.DateField(_("sent to evaluation"), null=True, blank=True)
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)

    class Meta:
        """What is typed here as held has been held; a source may have recorded the booking."""

        verbose_name = _("guidance")
        verbose_name_plural = _("guidances")
        constraints: ClassVar = [
            *ServiceRecord.Meta.constraints,
            one_of("type", GuidanceType),
            one_of("state", GuidanceState),
            one_of("channel", Channel),
            not_negative("minutes"),
            models.CheckConstraint(
                name="guidance_guidance_held_not_in_the_future",
                condition=~models.Q(state=GuidanceState.HELD)
                | models.Q(source__isnull=False)
                | models.Q(recorded_on__gte=models.F("held_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_on"]),
            models.Index(fields=["state", "held_on"]),  # a few planned among a million held
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.held_on}"
