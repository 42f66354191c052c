"""What was decided about somebody's data: erased, refused or held back. Never who they are."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of
from pejl_hub.core.text import refuse_cpr


class State(models.TextChoices):
    """What was decided."""

    ERASED = "erased", _("Erased")
    REFUSED = "refused", _("Refused")
    HELD = "held", _("Held back")
    LIFTED = "lifted", _("No longer held back")


class Case(models.Model):
    """One decision about one person's data; ``kind`` and ``number`` name their own row.

    While a case is held its person is neither erased nor anonymised when their time is over.
    """

    kind = models.CharField(_("kind of person"), max_length=20)
    number = models.BigIntegerField(_("record"))
    state = models.CharField(_("decision"), max_length=8, choices=State)
    reason = models.CharField(_("reason"), max_length=500, validators=[refuse_cpr])
    counts = models.JSONField(_("what was erased"), default=dict)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(_("who"), max_length=200)

    class Meta:
        """The newest first."""

        verbose_name = _("case of personal data")
        verbose_name_plural = _("cases of personal data")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [one_of("state", State)]
        indexes: ClassVar = [models.Index(fields=["state", "kind", "number"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.state}"
