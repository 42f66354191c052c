"""Closes of a period, and the corrections made in a closed one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.audit.models import AuditEntry
from pejl_hub.core.fields import all_or_none, one_of
from pejl_hub.core.text import refuse_cpr


class Close(models.Model):
    """A period that somebody signed. It binds until a second person lets it be opened again.

    What was signed stands in the snapshot; its hashes are kept here, so that neither can be
    changed without being seen.
    """

    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    snapshot_id = models.CharField(_("snapshot"), max_length=100)
    snapshot_sha256 = models.CharField(_("hash of the snapshot"), max_length=64)
    contract_sha256 = models.CharField(_("hash of the contract"), max_length=64)
    archive_sha256 = models.CharField(_("hash of what was kept"), max_length=64, default="")
    code_version = models.CharField(_("version of Pejl"), max_length=40)
    closed_at = models.DateTimeField(_("closed"), auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed = models.CharField(_("signed by"), max_length=200)
    reopen_asked_at = models.DateTimeField(_("opening asked for"), null=True, blank=True)
    reopen_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopen_reason = models.TextField(_("reason"), blank=True, validators=[refuse_cpr])
    reopened_at = models.DateTimeField(_("opened again"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """Whoever asks for the opening is not the one who allows it."""

        verbose_name = _("close")
        verbose_name_plural = _("closes")
        ordering: ClassVar = ["-last_day", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="closing_close_period", condition=models.Q(last_day__gte=models.F("first_day"))
            ),
            all_or_none("asked_whole", "reopen_asked_at", "reopen_asked_by"),
            all_or_none("reopened_whole", "reopened_at", "reopened_by"),
            models.CheckConstraint(
                name="closing_close_second_person",
                condition=models.Q(reopened_by__isnull=True)
                | (
                    models.Q(reopen_asked_by__isnull=False)
                    & ~models.Q(reopened_by=models.F("reopen_asked_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} - {self.last_day}"


class CorrectionKind(models.TextChoices):
    """Why a closed figure moved."""

    LATE = "late", _("Recorded late")
    CORRECTED = "corrected", _("Corrected")
    RECLASSIFIED = "reclassified", _("Reclassified")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Correction(models.Model):
    """A change to a closed period: what was written in the audit log, and why."""

    close = models.ForeignKey(Close, models.PROTECT, related_name="corrections")
    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=16, choices=CorrectionKind)
    reason = models.TextField(_("reason"), validators=[refuse_cpr])

    class Meta:
        """An entry corrects a close once; no correction without a reason."""

        verbose_name = _("correction")
        constraints: ClassVar = [
            one_of("kind", CorrectionKind),
            models.UniqueConstraint(fields=["close", "entry"], name="closing_correction_once"),
            models.CheckConstraint(
                name="closing_correction_has_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.entry_id}"
