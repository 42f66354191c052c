"""Companies approached with an offer of specialised guidance."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.cvr import cvr_checks, validate_cvr
from pejl_hub.core.fields import not_negative, one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr
from pejl_hub.outreach.models.campaign import Candidate
from pejl_hub.outreach.models.gate import ContactBasis


class Outcome(models.TextChoices):
    """What came of the approach."""

    NOT_REACHED = "not_reached", _("Not reached")
    NOT_INTERESTED = "not_interested", _("Not interested")
    INTERESTED = "interested", _("Interested")
    GUIDANCE_AGREED = "guidance_agreed", _("Guidance agreed")


class Approach(Record):
    """One approach to one company, which need not be among our companies: its CVR number names it.

    Municipality and size are frozen as they were that day. One recorded here stands on a
    campaign's list, and remembers the basis for contact if the gate asked for one.
    """

    contacted_on = models.DateField(_("contacted on"))
    cvr = models.CharField(_("CVR number"), max_length=8, validators=[validate_cvr])
    municipality = text_or_unknown(_("municipality"), length=3)
    employees = models.IntegerField(_("employees"), null=True, blank=True)
    with_local_service = models.BooleanField(_("with the local business service"))
    outcome = text_or_unknown(_("outcome"), length=20, choices=Outcome)
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, editable=False, related_name="approaches"
    )
    basis = models.ForeignKey(
        ContactBasis, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    note = text_or_unknown(_("note"), length=1000, validators=[refuse_cpr])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        """The CVR number checks; a size is not negative."""

        verbose_name = _("approach")
        verbose_name_plural = _("approaches")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            cvr_checks("cvr"),
            not_negative("employees"),
            one_of("outcome", Outcome),
            models.UniqueConstraint(
                fields=["candidate", "contacted_on", "outcome"],
                name="outreach_approach_once_a_day",
                violation_error_message=_("This is recorded already."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["contacted_on"]),
            models.Index(fields=["cvr", "contacted_on"]),  # a company's own, on lists of hundreds
            models.Index(
                fields=["candidate", "-contacted_on", "-id"],
                name="outreach_approach_latest",
                # Most are imported and on no list; counted in, they hide how few one's own are.
                condition=models.Q(candidate__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cvr} {self.contacted_on}"
