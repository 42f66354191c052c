"""The counted record: one client at one event."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import ServiceRecord
from pejl_hub.core.fields import one_of
from pejl_hub.events.models.event import Event


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
