"""What is reported rather than counted: figures from others, and special efforts in words."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, not_negative, one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr


class IntervalBy(models.TextChoices):
    """Who made a reported figure's interval: its source, or we of its figure and its n."""

    SOURCE = "source", _("the source")
    WILSON = "wilson", _("us: Wilson's interval of the share and n")
    NPS_WIDEST = "nps_widest", _("us: the widest that the NPS and n allow")


class ReportedFigure(Record):
    """A figure that somebody else measured, in the goal's unit, with its uncertainty and file.

    A newer figure is a new row and never replaces this one; a withdrawn one stays, with who and
    why, and counts nowhere.
    """

    goal = models.CharField(_("goal"), max_length=60)
    measured_on = models.DateField(_("known from"))
    value = models.DecimalField(_("figure"), max_digits=18, decimal_places=6)
    n = models.IntegerField(_("observations"), null=True, blank=True)
    interval_low = models.DecimalField(
        _("95 % interval, low end"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    interval_high = models.DecimalField(
        _("95 % interval, high end"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    reported_by = models.CharField(_("reported by"), max_length=200, validators=[refuse_cpr])
    file_sha256 = text_or_unknown(_("SHA-256 of the file"), length=64)
    file_name = text_or_unknown(_("file"), length=200)
    method = text_or_unknown(_("method"), length=500, validators=[refuse_cpr])
    interval_by = text_or_unknown(_("interval made by"), length=12, choices=IntervalBy)
    period_from = models.DateField(_("about the days from"), null=True, blank=True)
    period_to = models.DateField(_("about the days to"), null=True, blank=True)
    asked = models.IntegerField(_("asked"), null=True, blank=True)
    mix = text_or_unknown(_("mix of the answers"), length=500, validators=[refuse_cpr])
    recorded_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    who = text_or_unknown(_("entered by"), length=150, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_by = text_or_unknown(_("withdrawn by"), length=150, editable=False)
    withdrawn_why = text_or_unknown(_("why withdrawn"), length=500, validators=[refuse_cpr])

    class Meta:
        """An interval has two ends, in order; whoever withdraws says why."""

        verbose_name = _("reported figure")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            not_negative("n"),
            all_or_none("interval_whole", "interval_low", "interval_high"),
            one_of("interval_by", IntervalBy),
            not_negative("asked"),
            all_or_none("period_whole", "period_from", "period_to"),
            models.CheckConstraint(
                name="evidence_reportedfigure_period_in_order",
                condition=models.Q(period_from__lte=models.F("period_to")),
            ),
            all_or_none("withdrawn_whole", "withdrawn_at", "withdrawn_by", "withdrawn_why"),
            models.CheckConstraint(
                name="evidence_reportedfigure_interval_in_order",
                condition=models.Q(interval_low__lte=models.F("interval_high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.measured_on}: {self.value}"


class Effort(Record):
    """A special effort that the contract describes in words; one for each such goal."""

    goal = models.CharField(_("goal"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[refuse_cpr])

    class Meta:
        """A goal once."""

        verbose_name = _("effort")
        constraints: ClassVar = [*Record.Meta.constraints]

    def __str__(self) -> str:
        return self.title


class MilestoneState(models.TextChoices):
    """Where a milestone stands."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Milestone(Record):
    """What shall be reached in an effort, and by when."""

    effort = models.ForeignKey(Effort, models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=300, validators=[refuse_cpr])
    due_on = models.DateField(_("due"))
    owner = text_or_unknown(_("who sees to it"), length=150, validators=[refuse_cpr])
    done_on = models.DateField(_("done"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=MilestoneState, default=MilestoneState.PLANNED
    )

    class Meta:
        """Done has a day, and a day means done."""

        verbose_name = _("milestone")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("state", MilestoneState),
            models.CheckConstraint(
                name="evidence_milestone_done_and_day",
                condition=models.Q(state=MilestoneState.DONE, done_on__isnull=False)
                | (~models.Q(state=MilestoneState.DONE) & models.Q(done_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NoteState(models.TextChoices):
    """How the effort goes, as its owner judges."""

    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")
    STOPPED = "stopped", _("Stopped")
    REACHED = "reached", _("Reached")


class ProgressNote(Record):
    """A dated note on what has happened in an effort."""

    effort = models.ForeignKey(Effort, models.PROTECT, related_name="notes")
    noted_on = models.DateField(_("noted on"))
    state = models.CharField(_("state"), max_length=16, choices=NoteState)
    text = models.TextField(_("text"), validators=[refuse_cpr])
    because = text_or_unknown(_("why it is so"), length=1000, validators=[refuse_cpr])

    class Meta:
        """The state is known."""

        verbose_name = _("progress note")
        constraints: ClassVar = [*Record.Meta.constraints, one_of("state", NoteState)]

    def __str__(self) -> str:
        return f"{self.noted_on} {self.state}"


class EffectMeasurement(models.Model):
    """A results file of the effect tool, kept whole; its main effects are reported figures."""

    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.JSONField(_("content"))
    measured_on = models.DateField(_("known from"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    who = models.CharField(_("received by"), max_length=150)

    class Meta:
        """A file once."""

        verbose_name = _("effect measurement")
        ordering: ClassVar = ["-measured_on", "-received_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.measured_on}"
