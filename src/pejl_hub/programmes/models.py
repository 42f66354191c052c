"""Programmes and their rounds (terms change with every round), and what clients got in them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pejl_hub.companies.models import ServiceRecord
from pejl_hub.core.fields import not_negative, one_of, text_or_unknown
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


def kroner(label: Any) -> models.DecimalField:
    """An amount in DKK; null when not stated."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


def later(first: str, last: str) -> models.CheckConstraint:
    """The database refuses a period that ends before it begins; null passes."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_{last}_after_{first}",
        condition=models.Q(**{f"{last}__gte": models.F(first)}),
    )


class Round(Record):
    """One issue of a programme with its own terms; a source's programme id names a round.

    A term that nobody has stated is null, and is not checked. ``own_share`` is what the client
    must pay itself, at least, in per cent of the whole cost.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    name = models.CharField(_("round"), max_length=100, validators=[refuse_cpr])
    national = models.BooleanField(_("national"))
    starts_on = models.DateField(_("runs from"), null=True, blank=True)
    ends_on = models.DateField(_("runs to"), null=True, blank=True)
    opens_on = models.DateField(_("applications from"), null=True, blank=True)
    closes_on = models.DateField(_("applications to"), null=True, blank=True)
    max_amount = kroner(_("at most to one client"))
    own_share = models.DecimalField(
        _("own contribution, at least"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    budget = kroner(_("budget"))
    purpose = text_or_unknown(_("purpose"), length=1000, validators=[refuse_cpr])
    legal_basis = text_or_unknown(_("legal basis"), length=300, validators=[refuse_cpr])
    de_minimis = models.BooleanField(_("aid of minor amount (de minimis)"), null=True, blank=True)

    class Meta:
        """Two sources may know the same round, so its name need not be unique."""

        verbose_name = _("round")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            later("starts_on", "ends_on"),
            later("opens_on", "closes_on"),
            not_negative("max_amount"),
            not_negative("budget"),
            models.CheckConstraint(
                name="programmes_round_own_share_per_cent",
                condition=models.Q(own_share__gte=0, own_share__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.name}"


class Form(models.TextChoices):
    """What a client gets."""

    COURSE = "course", _("Course")
    GRANT = "grant", _("Grant")


class GrantState(models.TextChoices):
    """The life of a course or grant; the date of the commitment counts for de minimis aid."""

    APPLIED = "applied", _("Applied")
    OFFERED = "offered", pgettext_lazy("grant", "Offered")
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
    applied_amount = kroner(_("applied for"))
    committed_amount = kroner(_("committed"))
    offered_amount = kroner(_("offered"))
    paid_amount = kroner(_("paid out"))
    committed_on = models.DateField(_("committed on"), null=True, blank=True)
    own_contribution = kroner(_("own contribution"))
    journal_number = text_or_unknown(_("journal number"), length=60, validators=[refuse_cpr])
    declared_aid = kroner(_("aid of minor amount from others"))

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
            not_negative("declared_aid"),
        ]
        indexes: ClassVar = [models.Index(fields=["stated_on"])]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.stated_on}"


class StateChange(models.Model):
    """One step in a participation's life: who decided it, when and why, and what it replaced.

    ``by`` recorded it, and decided it where ``decided_by`` names nobody else.
    """

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="changes", verbose_name=_("participation")
    )
    from_state = models.CharField(_("from state"), max_length=16, choices=GrantState)
    to_state = models.CharField(_("to state"), max_length=16, choices=GrantState)
    on = models.DateField(_("decided on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    decided_by = text_or_unknown(_("decided by"), length=120, validators=[refuse_cpr])
    reason = models.CharField(_("why"), max_length=500, validators=[refuse_cpr])
    stated_before = models.DateField()
    committed_before = models.DateField(null=True, blank=True)
    amount_before = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    edited_before = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Read in the order they were made."""

        verbose_name = _("change of state")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [one_of("from_state", GrantState), one_of("to_state", GrantState)]
        indexes: ClassVar = [models.Index(fields=["on"])]

    def __str__(self) -> str:
        return f"{self.get_to_state_display()} {self.on}"
