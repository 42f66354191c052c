"""What was imported: the file, who, when, what came of it, and what it replaced."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl.base.errors import UserError
from pejl.base.phrases import Phrase, as_data, from_data
from pejl_hub.core.fields import all_or_none, not_negative, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class RunState(models.TextChoices):
    """The life of an import. Only a done import has left anything behind."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Undone")


class Stopped(models.Model):
    """What stopped a job: in English as text, and in parts, which a page can say in any language.

    ``told`` is null where nothing went wrong, and in rows from before it was kept.
    """

    error = text_or_unknown(_("what went wrong"), length=2000)
    told = models.JSONField(_("what went wrong, in parts"), null=True, blank=True)

    class Meta:
        """Put into the models of jobs."""

        abstract = True

    @property
    def why(self) -> str:
        """What went wrong, as a phrase where it is one; "" when nothing did."""
        return from_data(self.told) if self.told else self.error or ""


def stopped_by(problem: UserError | Phrase) -> dict[str, Any]:
    """The two fields of ``Stopped`` for a refusal, or for a sentence of ours."""
    said = problem.sentence() if isinstance(problem, UserError) else problem
    return {"error": said[:2000], "told": as_data(said)}


class ImportRun(Stopped):
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
    reason = models.TextField(_("reason"), blank=True, default="", validators=[refuse_cpr])
    remainder = text_or_unknown(_("folder of refused rows"), length=1000)
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


class RegisterEntry(models.Model):
    """What the CVR register last said of a company beside its facts; by number, for that it is."""

    cvr = models.CharField(_("CVR number"), max_length=8, unique=True)
    status = text_or_unknown(_("status in the register"), length=60)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    sha256 = models.CharField(_("hash of what was said"), max_length=64)
    read_at = models.DateTimeField(_("read"))

    class Meta:
        """One a company."""

        verbose_name = _("entry in the register")

    def __str__(self) -> str:
        return f"{self.cvr} {self.status or ''}"


class RefreshState(models.TextChoices):
    """The life of a refresh. A failed one has kept what it reached, and can go on from there."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped before the end")


class CvrRefresh(Stopped):
    """One refresh of the hub's companies from the register, or from a file of its hits."""

    path = text_or_unknown(_("path"), length=1000)
    file_name = text_or_unknown(_("file"), length=255)
    file_sha256 = text_or_unknown(_("SHA-256 of the file"), length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    who = models.CharField(_("who"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=RefreshState, default=RefreshState.WAITING
    )
    requested_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    heard_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    reached = models.CharField(_("reached"), max_length=20, blank=True, default="")
    companies = models.IntegerField(_("companies"), default=0)
    looked_up = models.IntegerField(_("looked up"), default=0)
    changed = models.IntegerField(_("changed"), default=0)
    absent = models.IntegerField(_("not in the register"), default=0)
    strangers = models.IntegerField(_("not known here"), default=0)
    unreadable = models.IntegerField(_("not understood"), default=0)
    changes = models.JSONField(_("what changed"), default=list, blank=True)

    class Meta:
        """A file has all of path, name and hash; finished has a time."""

        verbose_name = _("refresh from the CVR register")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            one_of("state", RefreshState),
            all_or_none("file_whole", "path", "file_name", "file_sha256"),
            models.CheckConstraint(
                name="sources_cvrrefresh_finished_and_time",
                condition=models.Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | models.Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name or 'CVR'} {self.requested_at:%Y-%m-%d %H:%M}"


class Population(models.Model):
    """How many workplaces there are, as a StatBank file says: one file, one year."""

    table = models.CharField(_("table"), max_length=20)
    year = models.IntegerField(_("year"))
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    licence = models.CharField(_("licence"), max_length=40)
    made_up = models.BooleanField(_("made up"), default=False)
    who = models.CharField(_("who"), max_length=200)
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        """A year of a table once: a later file of the same year takes its place."""

        verbose_name = _("population of workplaces")
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "year"], name="sources_population_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.year}"


class PopulationCell(models.Model):
    """How many workplaces of one municipality, industry group and size; null = not published."""

    population = models.ForeignKey(Population, models.CASCADE, related_name="cells")
    municipality = models.CharField(_("municipality"), max_length=3)
    industry = models.CharField(_("industry group"), max_length=20)
    low = models.IntegerField(_("employees from"))
    high = models.IntegerField(_("employees to"), null=True, blank=True)
    workplaces = models.IntegerField(_("workplaces"), null=True, blank=True)

    class Meta:
        """A cell is said once."""

        verbose_name = _("cell of a population")
        constraints: ClassVar = [
            not_negative("workplaces"),
            models.UniqueConstraint(
                fields=["population", "municipality", "industry", "low"],
                name="sources_populationcell_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.industry} {self.low}"
