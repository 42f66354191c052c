"""Events and the clients' sign-ups to them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import ServiceRecord
from pejl_hub.core.fields import one_of, text_or_unknown
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

    class Meta:
        """The form is known to us or unknown."""

        verbose_name = _("event")
        constraints: ClassVar = [*Record.Meta.constraints, one_of("form", EventForm)]
        indexes: ClassVar = [models.Index(fields=["held_on"])]

    def __str__(self) -> str:
        return f"{self.title} {self.held_on}"


class AttendanceState(models.TextChoices):
    """Only those who attended are counted."""

    REGISTERED = "registered", _("Registered")
    ATTENDED = "attended", _("Attended")
    NO_SHOW = "no_show", _("No-show")
    CANCELLED = "cancelled", _("Cancelled")


class Attendance(ServiceRecord):
    """One client's sign-up to one event; dated by the event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="attendances")
    state = models.CharField(_("state"), max_length=16, choices=AttendanceState)

    class Meta:
        """The state is known."""

        verbose_name = _("attendance")
        constraints: ClassVar = [
            *ServiceRecord.Meta.constraints,
            one_of("state", AttendanceState),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.event_id}"
