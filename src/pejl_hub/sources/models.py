"""What was imported: the file, who, when, what came of it, and what it replaced."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown


class RunState(models.TextChoices):
    """The life of an import. Only a done import has left anything behind."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Undone")


class ImportRun(models.Model):
    """One confirmed import of one file, folder or archive."""

    source = models.CharField(_("source"), max_length=40)
    path = models.CharField(_("path"), max_length=1000)
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    who = models.CharField(_("who"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.WAITING)
    requested_at = models.DateTimeField(_("confirmed"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    counts = models.JSONField(_("rows per file"), default=dict, blank=True)
    reasons = models.JSONField(_("reasons per file"), default=dict, blank=True)
    account = models.JSONField(_("what was counted"), null=True, blank=True)
    remainder = text_or_unknown(_("folder of refused rows"), length=1000)
    error = text_or_unknown(_("what went wrong"), length=2000)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = text_or_unknown(_("undone by"), length=200)

    class Meta:
        """Finished and undone each have a time, and undone somebody who did it."""

        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            one_of("state", RunState),
            all_or_none("undone_whole", "undone_at", "undone_by"),
            models.CheckConstraint(
                name="sources_importrun_undone_and_time",
                condition=models.Q(state=RunState.UNDONE, undone_at__isnull=False)
                | (~models.Q(state=RunState.UNDONE) & models.Q(undone_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="sources_importrun_finished_and_time",
                condition=models.Q(
                    state__in=[RunState.WAITING, RunState.RUNNING], finished_at__isnull=True
                )
                | models.Q(
                    state__in=[RunState.DONE, RunState.FAILED, RunState.UNDONE],
                    finished_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.requested_at:%Y-%m-%d %H:%M}"


class ImportChange(models.Model):
    """What a record looked like before an import changed it, so that it can be undone."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes")
    table = models.CharField(_("table"), max_length=100)
    row_id = models.BigIntegerField(_("row"))
    before = models.JSONField(_("before"))
    before_run = models.ForeignKey(
        ImportRun, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        """An import changes a record once."""

        verbose_name = _("change made by an import")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "table", "row_id"], name="sources_importchange_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
