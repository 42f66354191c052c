"""Gatherings, and what their public page needs to know."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, not_negative, one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr


class EventForm(models.TextChoices):
    """Where it takes place."""

    PHYSICAL = "physical", _("Physical")
    VIRTUAL = "virtual", _("Virtual")


class Event(Record):
    """A gathering. One that belongs to a round of a programme counts as the programme's."""

    title = models.CharField(_("title"), max_length=300, validators=[refuse_cpr])
    held_on = models.DateField(_("held on"))
    form = text_or_unknown(_("form"), length=16, choices=EventForm)
    municipality = text_or_unknown(_("municipality"), length=3)
    priority_area = text_or_unknown(_("priority area"), length=100, validators=[refuse_cpr])
    round = models.ForeignKey(
        "programmes.Round",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("round"),
    )
    starts_at = models.TimeField(_("starts"), null=True, blank=True)
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    place = text_or_unknown(_("place"), length=300, validators=[refuse_cpr])
    link = text_or_unknown(
        _("link"), length=500, validators=[refuse_cpr, URLValidator(["https", "http"])]
    )
    description = text_or_unknown(_("description"), length=4000, validators=[refuse_cpr])
    capacity = models.IntegerField(_("seats"), null=True, blank=True)
    waiting_list = models.BooleanField(_("waiting list"), default=False, db_default=False)
    opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("sign-up closes"), null=True, blank=True)
    published = models.BooleanField(_("published"), default=False, db_default=False)
    # The link is meant to be passed on, so it stands here as it is; it is only not to be guessed.
    token = text_or_unknown(_("public link"), length=43, unique=True, editable=False)
    sequence = models.IntegerField(_("version of the invitation"), default=0, db_default=0)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    cancelled_because = text_or_unknown(
        _("why it was cancelled"), length=500, validators=[refuse_cpr]
    )

    class Meta:
        """What is published has a link, and what is cancelled a reason."""

        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("form", EventForm),
            not_negative("capacity"),
            all_or_none("cancelled_whole", "cancelled_at", "cancelled_because"),
            models.CheckConstraint(
                name="events_event_published_has_link",
                condition=models.Q(published=False) | models.Q(token__isnull=False),
            ),
            models.CheckConstraint(
                name="events_event_ends_after_start",
                condition=models.Q(ends_at__gte=models.F("starts_at")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["held_on"])]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"
