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


class RetentionRule(models.Model):
    """How many months a hub keeps a category; see ``categories``."""

    category = models.CharField(_("category"), max_length=30, unique=True)
    months = models.PositiveIntegerField(_("months"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    who = models.CharField(_("who"), max_length=200)

    class Meta:
        """At least a month."""

        verbose_name = _("rule of retention")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="privacy_retentionrule_a_month", condition=models.Q(months__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.months}"


class RunState(models.TextChoices):
    """How far a run has come. What was asked for waits for somebody else."""

    ASKED = "asked", _("Waits for a second person")
    APPROVED = "approved", _("Approved")
    DONE = "done", _("Done")


class RetentionRun(models.Model):
    """One run of retention by the rules that ``rules`` is the hash of.

    The first by some rules is asked for by one and approved by another; from then on every night's
    run by the same rules may go. ``counts`` are rows by category, and move as the run does.
    """

    rules = models.CharField(_("hash of the rules"), max_length=64)
    day = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=8, choices=RunState)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    who = models.CharField(_("asked for by"), max_length=200)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    approver = models.CharField(_("approved by"), max_length=200, blank=True)
    counts = models.JSONField(_("rows by category"), default=dict)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        """Nobody approves what they asked for."""

        verbose_name = _("run of retention")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            one_of("state", RunState),
            models.CheckConstraint(
                name="privacy_retentionrun_second_person",
                condition=~models.Q(asked_by=models.F("approved_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"
