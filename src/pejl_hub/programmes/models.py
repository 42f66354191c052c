"""Programmes and their rounds (terms change with every round), and what clients got in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import ServiceRecord
from pejl_hub.core.fields import not_negative, one_of
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr


class Programme(models.Model):
    """A scheme, such as SMV:Digital."""

    name = models.CharField(_("name"), max_length=200, unique=True, validators=[refuse_cpr])
    import_run = models.ForeignKey(
        "sources.ImportRun", models.PROTECT, null=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    class Meta:
        """A name once."""

        verbose_name = _("programme")

    def __str__(self) -> str:
        return self.name


class Round(Record):
    """One issue of a programme with its own terms; a source's programme id names a round."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    name = models.CharField(_("round"), max_length=100, validators=[refuse_cpr])
    national = models.BooleanField(_("national"))

    class Meta:
        """Two sources may know the same round, so its name need not be unique."""

        verbose_name = _("round")
        constraints: ClassVar = [*Record.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.programme} {self.name}"


class Form(models.TextChoices):
    """What a client gets."""

    COURSE = "course", _("Course")
    GRANT = "grant", _("Grant")


class GrantState(models.TextChoices):
    """The life of a course or grant; the date of the commitment counts for de minimis aid."""

    APPLIED = "applied", _("Applied")
    OFFERED = "offered", _("Offered")
    COMMITTED = "committed", _("Committed")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    PAID = "paid", _("Paid")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused")


class Participation(ServiceRecord):
    """One client's course or grant in one round. Amounts in DKK, null when not stated."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="participations")
    form = models.CharField(_("form"), max_length=16, choices=Form)
    state = models.CharField(_("state"), max_length=16, choices=GrantState)
    stated_on = models.DateField(_("counts from"))
    applied_amount = models.DecimalField(
        _("applied for"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    committed_amount = models.DecimalField(
        _("committed"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    offered_amount = models.DecimalField(
        _("offered"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    paid_amount = models.DecimalField(
        _("paid out"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    committed_on = models.DateField(_("committed on"), null=True, blank=True)
    own_contribution = models.DecimalField(
        _("own contribution"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        """A state has its date; amounts are not negative."""

        verbose_name = _("participation")
        constraints: ClassVar = [
            *ServiceRecord.Meta.constraints,
            one_of("form", Form),
            one_of("state", GrantState),
            not_negative("applied_amount"),
            not_negative("committed_amount"),
            not_negative("offered_amount"),
            not_negative("paid_amount"),
            not_negative("own_contribution"),
        ]
        indexes: ClassVar = [models.Index(fields=["stated_on"])]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.stated_on}"


class StateChange(models.Model):
    """One step in a participation's life: who decided it, when and why, and what it replaced."""

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="changes", verbose_name=_("participation")
    )
    from_state = models.CharField(_("from state"), max_length=16, choices=GrantState)
    to_state = models.CharField(_("to state"), max_length=16, choices=GrantState)
    on = models.DateField(_("decided on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    reason = models.CharField(_("why"), max_length=500, validators=[refuse_cpr])
    stated_before = models.DateField()
    committed_before = models.DateField(null=True, blank=True)
    amount_before = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        """Read in the order they were made."""

        verbose_name = _("change of state")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [one_of("from_state", GrantState), one_of("to_state", GrantState)]

    def __str__(self) -> str:
        return f"{self.get_to_state_display()} {self.on}"
