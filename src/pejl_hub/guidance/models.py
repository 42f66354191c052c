"""One-to-one guidance, with what was true of the client that day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import ServiceRecord
from pejl_hub.core.fields import all_or_none, not_negative, one_of, text_or_unknown
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


class InForce(models.Manager["Guidance"]):
    """The guidances that count: a withdrawn one is out of every list, figure and reminder."""

    def get_queryset(self) -> models.QuerySet["Guidance"]:
        """All but the withdrawn."""
        return super().get_queryset().filter(withdrawn_at=None)


class Guidance(ServiceRecord):
    """One talk with one client.

    ``objects`` are those that count; ``everything`` holds the withdrawn too, for their own page
    and for imports, merges and undoing. ``recorded_on`` is the day on which it was recorded as
    what it is now, ``recorded_late`` whether that was later than the hub allows.
    ``need``, ``outcome`` and ``next_step`` are codes of the hub's lists.
    """

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
    recorded_by = text_or_unknown(_("recorded by"), length=150, editable=False)
    recorded_late = models.BooleanField(_("recorded late"), null=True, editable=False)
    segment_judged_by = text_or_unknown(_("segment judged by"), length=150, editable=False)
    segment_judged_at = models.DateTimeField(_("segment judged"), null=True, editable=False)
    need = text_or_unknown(_("need"), length=100, validators=[refuse_cpr])
    outcome = text_or_unknown(_("outcome"), length=100, validators=[refuse_cpr])
    next_step = text_or_unknown(_("next step"), length=100, validators=[refuse_cpr])
    next_step_on = models.DateField(_("follow-up on"), null=True, blank=True)
    next_step_done_on = models.DateField(_("followed up"), null=True, blank=True, editable=False)
    form_token = models.UUIDField(_("sent form"), null=True, unique=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = text_or_unknown(_("withdrawn by"), length=150, editable=False)
    withdrawn_reason = text_or_unknown(
        _("why withdrawn"), length=500, validators=[refuse_cpr], editable=False
    )

    objects = InForce()
    everything = models.Manager["Guidance"]()

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
            all_or_none("withdrawn_whole", "withdrawn_at", "withdrawn_by", "withdrawn_reason"),
            all_or_none("segment_judged_whole", "segment_judged_by", "segment_judged_at"),
            models.CheckConstraint(
                name="guidance_guidance_followed_up_when_due",
                condition=models.Q(next_step_done_on=None) | models.Q(next_step_on__isnull=False),
            ),
            models.CheckConstraint(
                name="guidance_guidance_held_not_in_the_future",
                condition=~models.Q(state=GuidanceState.HELD)
                | models.Q(source__isnull=False)
                | models.Q(recorded_on__gte=models.F("held_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["held_on"]),
            # A few planned among a million held; and whatever the register's filters ask for is
            # read off the index alone, which no row of a million then needs to be looked at for.
            models.Index(
                fields=[
                    *("state", "held_on", "municipality", "segment", "type", "channel"),
                    *("priority_area", "employees", "withdrawn_at", "company", "person"),
                ],
                name="guidance_as_filtered",
            ),
            models.Index(  # the most usual filters, in the order that the register shows them
                fields=["municipality", "segment", "-held_on", "-id"],
                name="guidance_by_place",
                condition=models.Q(withdrawn_at=None),
            ),
            models.Index(
                fields=["next_step_on"],
                name="guidance_to_follow_up",
                condition=models.Q(next_step_on__isnull=False, next_step_done_on=None),
            ),
            models.Index(
                fields=["recorded_by", "-id"],
                name="guidance_own_latest",
                condition=models.Q(recorded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.held_on}"
