"""Why a company that may be protected against advertising may be contacted all the same."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, one_of
from pejl_hub.core.text import refuse_cpr
from pejl_hub.outreach.models.campaign import Candidate


class BasisKind(models.TextChoices):
    """The kinds of basis; which of them holds is the hub's judgement, and is recorded as such."""

    CONSENT = "consent", _("Consent of the company")
    ASKED = "asked", _("The company has asked to be contacted")
    LAW = "law", _("Legal basis in another act")
    NOT_PROTECTED = "not_protected", _("Looked up: the company is not protected")


class ContactBasis(models.Model):
    """The basis for contacting one company in one campaign: kind, text, date, and who says so.

    It opens the gate (CVR-loven §§ 19 and 22) until it is withdrawn, and stays on record then.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="bases")
    kind = models.CharField(_("kind of basis"), max_length=16, choices=BasisKind)
    text = models.TextField(_("what it rests on"), validators=[refuse_cpr])
    dated_on = models.DateField(_("date of the basis"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """One basis at a time; a basis says something; who withdrew it and when go together."""

        verbose_name = _("basis for contact")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            one_of("kind", BasisKind),
            all_or_none("withdrawn_whole", "withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="outreach_contactbasis_says_something", condition=~models.Q(text="")
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="outreach_contactbasis_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.dated_on}"
