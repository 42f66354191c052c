"""A report on its way from the queue to its readers, its files, and who was sent it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, one_of
from pejl_hub.core.text import refuse_cpr
from pejl_hub.publishing.models import Edition
from pejl_hub.reporting.kinds import Kind


class Language(models.TextChoices):
    """The language of a report."""

    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class State(models.TextChoices):
    """How far a report has come."""

    QUEUED = "queued", _("In the queue")
    MAKING = "making", _("Being made")
    MADE = "made", _("To be approved")
    FAILED = "failed", _("Failed")
    REJECTED = "rejected", _("Not approved")
    APPROVED = "approved", _("Approved")
    RELEASED = "released", _("Released")
    RECALLED = "recalled", _("Recalled")
    REPLACED = "replaced", _("Replaced")


WAITING = (State.QUEUED, State.MAKING)
UNDERWAY = (*WAITING, State.MADE, State.APPROVED)
OUT = (State.RELEASED, State.RECALLED, State.REPLACED)


FORMATS = {
    "pdf": "PDF",
    "xlsx": "Excel",
    "docx": "Word",
    "pptx": "PowerPoint",
    "html": _("Web page"),
}


def _user(label: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Order(models.Model):
    """What was asked for in one go: one report, or one for each municipality.

    All of it is counted from one snapshot, which the first report fixes.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("report"), max_length=16, choices=Kind)
    as_of = models.DateField(_("counted up to"))
    snapshot_id = models.CharField(_("snapshot"), max_length=100, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    asked_by = _user(_("asked for by"))
    who = models.CharField(_("asked for by"), max_length=150)

    class Meta:
        """The newest first."""

        verbose_name = _("order")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [one_of("kind", Kind)]

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of.isoformat()}"


class Report(models.Model):
    """One report of a date, of the whole hub or (``place``) of one municipality.

    A released report is never changed: another takes its place and names it in ``replaces``.
    Made without an edition it is for the house alone.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="reports")
    kind = models.CharField(_("report"), max_length=16, choices=Kind)
    contract_id = models.CharField(_("contract"), max_length=100)
    contract_sha256 = models.CharField(_("hash of the contract"), max_length=64)
    as_of = models.DateField(_("counted up to"))
    place = models.CharField(_("municipality code"), max_length=3, blank=True)
    place_name = models.CharField(
        _("municipality"), max_length=100, blank=True, validators=[refuse_cpr]
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    snapshot_id = models.CharField(_("snapshot"), max_length=100, blank=True)
    snapshot_sha256 = models.CharField(_("hash of the snapshot"), max_length=64, blank=True)
    code_version = models.CharField(_("version of Pejl"), max_length=40, blank=True)
    comments_sha256 = models.CharField(
        _("hash of the comments"), max_length=64, blank=True, validators=[refuse_cpr]
    )
    summary = models.TextField(_("what matters"), blank=True, validators=[refuse_cpr])
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    claim = models.UUIDField(_("the worker's claim"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    asked_by = _user(_("asked for by"))
    who = models.CharField(_("asked for by"), max_length=150)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = _user(_("decided by"))
    rejected_why = models.TextField(_("why not approved"), blank=True, validators=[refuse_cpr])
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = _user(_("released by"))
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recalled_by = _user(_("recalled by"))
    recalled_why = models.TextField(_("why recalled"), blank=True, validators=[refuse_cpr])
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    replaces_why = models.TextField(_("why made again"), blank=True, validators=[refuse_cpr])

    class Meta:
        """Of each, one is under way and one is out; nobody approves what they asked for."""

        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering: ClassVar = ["-as_of", "kind", "place_name", "-id"]
        indexes: ClassVar = [models.Index(fields=["-as_of", "kind", "place_name"])]
        constraints: ClassVar = [
            one_of("kind", Kind),
            one_of("state", State),
            one_of("language", Language),
            models.UniqueConstraint(
                fields=["kind", "as_of", "place", "language"],
                condition=models.Q(state__in=UNDERWAY),
                name="reporting_report_one_under_way",
            ),
            models.UniqueConstraint(
                fields=["kind", "as_of", "place", "language"],
                condition=models.Q(state=State.RELEASED),
                name="reporting_report_one_out",
            ),
            all_or_none("decided_whole", "decided_at", "decided_by"),
            all_or_none("released_whole", "released_at", "released_by"),
            all_or_none("recalled_whole", "recalled_at", "recalled_by"),
            models.CheckConstraint(
                name="reporting_report_second_person",
                condition=~models.Q(decided_by=models.F("asked_by"), state__in=("approved", *OUT)),
            ),
            models.CheckConstraint(
                name="reporting_report_out_is_approved",
                condition=~models.Q(state__in=OUT)
                | models.Q(decided_at__isnull=False, released_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        of = f" {self.place}" if self.place else ""
        return f"{self.kind}{of} {self.as_of.isoformat()}"

    @property
    def title(self) -> str:
        """What the report is called on the page."""
        kind = self.get_kind_display()
        return f"{kind} · {self.place_name}" if self.place else kind

    @property
    def is_outside(self) -> bool:
        """Whether readers outside the house may be shown it once it is released."""
        return self.edition_id is not None


class ReportFile(models.Model):
    """A report in one format, as it was made; the hash is of the bytes on disk."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    form = models.CharField(_("format"), max_length=8)
    name = models.CharField(_("file"), max_length=200, validators=[refuse_cpr])
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)

    class Meta:
        """A format once."""

        verbose_name = _("file of a report")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "form"], name="reporting_reportfile_format_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The format as people call it."""
        return str(FORMATS.get(self.form, self.form.upper()))


class About(models.TextChoices):
    """What an e-mail tells."""

    RELEASE = "release", _("The report is out")
    RECALL = "recall", _("The report is recalled")


class Sending(models.TextChoices):
    """How far an e-mail has come."""

    WAITING = "waiting", _("Waits")
    CLAIMED = "claimed", _("Is being sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Address refused")
    UNCERTAIN = "uncertain", _("Uncertain")
    CANCELLED = "cancelled", _("Not sent")
    NO_ADDRESS = "no_address", _("No address")


class Delivery(models.Model):
    """One e-mail with a link about one report to one address: there is never a second.

    A user without an address is on the list all the same, so that the log says who was meant.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="deliveries")
    about = models.CharField(_("tells"), max_length=8, choices=About, default=About.RELEASE)
    user = _user(_("reader"))
    name = models.CharField(_("reader"), max_length=200, validators=[refuse_cpr])
    address = models.EmailField(  # noqa: DJ001 - unknown is null, and two unknown are not the same
        _("e-mail"), null=True, blank=True, validators=[refuse_cpr]
    )
    token = models.CharField(max_length=43, unique=True, editable=False)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=Sending, default=Sending.WAITING)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    opened_by = _user(_("opened by"))

    class Meta:
        """An address, and a reader, once for each report and what it tells."""

        verbose_name = _("delivery")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            one_of("state", Sending),
            one_of("about", About),
            models.UniqueConstraint(
                fields=["report", "about", "address"], name="reporting_delivery_address_once"
            ),
            models.UniqueConstraint(
                fields=["report", "about", "user"], name="reporting_delivery_reader_once"
            ),
            all_or_none("opened_whole", "opened_at", "opened_by"),
            models.CheckConstraint(
                name="reporting_delivery_sent_and_when",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} → {self.name}"
