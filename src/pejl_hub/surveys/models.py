"""Invitations to the user evaluation, and the answers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import Segment
from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.records import Record


class Answer(Record):
    """One invitation about one guidance; an answer when ``answered_on`` is known.

    Client, municipality and size are those of the guidance; the segment is the answer's own.
    """

    guidance = models.ForeignKey("guidance.Guidance", models.PROTECT, related_name="answers")
    invited_on = models.DateField(_("invited on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    segment = text_or_unknown(_("segment"), length=16, choices=Segment)
    nps = models.IntegerField(_("NPS answer"), null=True, blank=True)
    referral_used = models.BooleanField(_("referral used"), null=True, blank=True)

    class Meta:
        """An NPS answer is 0 to 10; whatever is answered has a date."""

        verbose_name = _("answer")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("segment", Segment),
            models.CheckConstraint(
                name="surveys_answer_nps_0_to_10", condition=models.Q(nps__gte=0, nps__lte=10)
            ),
            models.CheckConstraint(
                name="surveys_answer_answer_and_date",
                condition=models.Q(answered_on__isnull=False)
                | models.Q(nps__isnull=True, referral_used__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["answered_on"])]

    def __str__(self) -> str:
        return f"{self.guidance_id} {self.answered_on or '-'}"
