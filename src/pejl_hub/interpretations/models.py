"""A decision between the readings of a question in the contract's text."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class Decision(models.Model):
    """Who decided which reading, when and why. A new one is a new row; a withdrawn one stays.

    It changes no figure and no earlier report by itself: the contract does that when the reading
    is adopted into it.
    """

    contract = models.CharField(_("contract"), max_length=60)
    question = models.CharField(_("question"), max_length=60)
    reading = models.CharField(_("reading"), max_length=60)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("decided by"), max_length=200, validators=[refuse_cpr])
    because = models.TextField(_("reason"), max_length=2000, validators=[refuse_cpr])
    document = models.CharField(_("document"), max_length=300, validators=[refuse_cpr])
    recorded_at = models.DateTimeField(_("entered"), auto_now_add=True)
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_by = text_or_unknown(_("withdrawn by"), length=150, editable=False)
    withdrawn_why = text_or_unknown(_("why withdrawn"), length=500, validators=[refuse_cpr])

    class Meta:
        """The latest day first; whoever withdraws says why."""

        verbose_name = _("decision on a reading")
        ordering: ClassVar = ["-decided_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["contract", "question"])]
        constraints: ClassVar = [
            all_or_none("withdrawn_whole", "withdrawn_at", "withdrawn_by", "withdrawn_why")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.decided_on}: {self.reading}"
