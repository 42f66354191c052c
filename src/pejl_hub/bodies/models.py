"""Bodies, seats, nominating organisations, the process of appointment, municipal contacts.

Nobody here is in any figure. What is kept of a person is a name and how to reach them at work.
"""

from typing import ClassVar

from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class Body(models.Model):
    """A body with seats, such as the hub's board."""

    name = models.CharField(_("name"), max_length=150, unique=True, validators=[refuse_cpr])
    about = text_or_unknown(_("what it does"), length=500, validators=[refuse_cpr])

    class Meta:
        """By name."""

        verbose_name = _("body")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One term of one seat; ``member`` unknown is a seat that nobody has been appointed to yet."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    place = models.CharField(_("seat"), max_length=150, validators=[refuse_cpr])
    nominated_by = text_or_unknown(_("nominated by"), length=200, validators=[refuse_cpr])
    member = text_or_unknown(_("member"), length=150, validators=[refuse_cpr])
    chair = models.BooleanField(_("chair"), default=False)
    starts_on = models.DateField(_("term from"))
    ends_on = models.DateField(_("term to"))

    class Meta:
        """A term ends no earlier than it begins."""

        verbose_name = _("term")
        ordering: ClassVar = ["-chair", "place", "-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="bodies_seat_term_in_order",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.starts_on}"


class Nominator(models.Model):
    """An organisation that may nominate members, by a dated decision of KKR."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="nominators")
    organisation = models.CharField(_("organisation"), max_length=200, validators=[refuse_cpr])
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(
        _("decided by"), max_length=150, default="KKR", validators=[refuse_cpr]
    )
    document = text_or_unknown(_("document"), length=300, validators=[refuse_cpr])
    until = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        """By name."""

        verbose_name = _("nominating organisation")
        ordering: ClassVar = ["organisation", "-decided_on"]

    def __str__(self) -> str:
        return self.organisation


class Step(models.Model):
    """One step of an appointment: what must be done, by when, and when it was."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="steps")
    period = models.CharField(_("term of office"), max_length=60, validators=[refuse_cpr])
    title = models.CharField(_("what is to be done"), max_length=200, validators=[refuse_cpr])
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    note = text_or_unknown(_("note"), length=500, validators=[refuse_cpr])

    class Meta:
        """In the order they are due."""

        verbose_name = _("step of the appointment")
        ordering: ClassVar = ["-period", "due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.period}: {self.title}"


class ContactRole(models.TextChoices):
    """What a municipality's contact is the contact for."""

    BUSINESS = "business", _("Business service")
    REPORTS = "reports", _("Reports")
    POLITICAL = "political", _("Political")
    OTHER = "other", _("Other")


class MunicipalContact(models.Model):
    """Whom to reach in a municipality, from a day and until another."""

    municipality = models.CharField(_("municipality"), max_length=3)
    name = models.CharField(_("name"), max_length=150, validators=[refuse_cpr])
    role = models.CharField(
        _("contact for"), max_length=16, choices=ContactRole, default=ContactRole.BUSINESS
    )
    title = text_or_unknown(_("position"), length=150, validators=[refuse_cpr])
    email = text_or_unknown(_("e-mail"), length=254, validators=[refuse_cpr, validate_email])
    phone = text_or_unknown(_("phone"), length=30, validators=[refuse_cpr])
    since = models.DateField(_("contact since"))
    until = models.DateField(_("contact until"), null=True, blank=True)

    class Meta:
        """By municipality and name."""

        verbose_name = _("municipal contact")
        ordering: ClassVar = ["municipality", "name"]
        indexes: ClassVar = [models.Index(fields=["municipality", "name"])]
        constraints: ClassVar = [one_of("role", ContactRole)]

    def __str__(self) -> str:
        return self.name
