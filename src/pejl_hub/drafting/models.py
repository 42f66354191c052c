"""Every saved text of a draft, so that one can be brought back; and what must be decided."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.contracts.models import ContractVersion
from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class Revision(models.Model):
    """A draft's text as it was saved, byte for byte; the newest is what the draft holds."""

    version = models.ForeignKey(ContractVersion, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("the file"), validators=[refuse_cpr])
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    what = models.CharField(_("what was changed"), max_length=300, validators=[refuse_cpr])
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)
    saved_by = models.CharField(_("saved by"), max_length=150, validators=[refuse_cpr])

    class Meta:
        """A draft has each number once."""

        verbose_name = _("saved text of a draft")
        verbose_name_plural = _("saved texts of drafts")
        ordering: ClassVar = ["version", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "number"], name="drafting_revision_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.number}"


class DecisionKind(models.TextChoices):
    """What somebody must decide before next year's contract can be adopted."""

    SOURCE = "source", _("Is this the text that is to be adopted?")
    TERRITORY = "territory", _("Are these the hub's municipalities on the first day?")
    CLAUSE = "clause", _("The quote does not stand in the new text: find the new words.")
    TARGET = "target", _("Does the number still hold?")
    NO_TARGET = "no_target", _("Is the goal still without a number?")
    PENDING = "pending", _("Does the goal still wait, and what is expected of it?")
    QUESTION = "question", _("Is the question still open, and which reading is computed?")
    DISCLOSURE = "disclosure", _("Does the smallest number that may be published still hold?")


class Decision(models.Model):
    """One thing to decide, what was carried from the year before, and the answer."""

    version = models.ForeignKey(ContractVersion, models.CASCADE, related_name="decisions")
    key = models.CharField(_("entry"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=DecisionKind)
    carried = models.TextField(
        _("carried from the year before"), blank=True, validators=[refuse_cpr]
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True, validators=[refuse_cpr])
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = text_or_unknown(_("decided by"), length=150, validators=[refuse_cpr])

    class Meta:
        """A draft asks each question once; when and who belong together."""

        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [
            one_of("kind", DecisionKind),
            models.UniqueConstraint(fields=["version", "key"], name="drafting_decision_key_once"),
            all_or_none("decided_whole", "decided_at", "decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.key}"
