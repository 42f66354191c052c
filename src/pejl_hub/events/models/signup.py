"""Somebody signed up to an event: counts nothing until it is known whose attendance it is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import Company, Language, Person
from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr
from pejl_hub.events.models.attendance import Attendance
from pejl_hub.events.models.event import Event


class SignupState(models.TextChoices):
    """The life of a sign-up. Those waiting have no seat."""

    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Attended")
    NO_SHOW = "no_show", _("No-show")


SEATED = (SignupState.REGISTERED, SignupState.ATTENDED, SignupState.NO_SHOW)


class Origin(models.TextChoices):
    """How we know of it."""

    PUBLIC = "public", _("The sign-up page")
    WALK_IN = "walk_in", _("Came without signing up")
    LIST = "list", _("From a list")


class ListState(models.TextChoices):
    """The life of a list of attendees."""

    DONE = "done", _("Taken in")
    UNDONE = "undone", _("Undone")


class AttendeeList(models.Model):
    """One file of attendees, taken into one event. ``refused`` says which lines were not, and why.

    ``moved`` holds ``[sign-up, its state before]`` of those who had signed up already.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="lists")
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=ListState, default=ListState.DONE)
    taken_at = models.DateTimeField(_("taken in"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(_("by"), max_length=200)
    counts = models.JSONField(_("rows"), default=dict)
    refused = models.JSONField(_("refused rows"), default=list)
    moved = models.JSONField(_("sign-ups that were there already"), default=list)

    class Meta:
        """Newest first."""

        verbose_name = _("list of attendees")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [one_of("state", ListState)]

    def __str__(self) -> str:
        return f"{self.file_name} {self.event_id}"


class Signup(models.Model):
    """One person's seat, or place in the queue, at one event. The queue goes by number.

    ``candidates`` are ``[kind, number, why]`` of whom it may be, when nobody has decided;
    ``matched_by`` is the rule that decided, or the user. ``code`` stands in the QR code.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="signups")
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])
    email = text_or_unknown(_("e-mail"), length=254, validators=[refuse_cpr])
    cvr = text_or_unknown(_("CVR number as written"), length=20, validators=[refuse_cpr])
    company_name = text_or_unknown(_("company as written"), length=200, validators=[refuse_cpr])
    municipality = text_or_unknown(_("municipality"), length=3)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DANISH
    )
    state = models.CharField(_("state"), max_length=10, choices=SignupState)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    signed_up_at = models.DateTimeField(_("signed up"), auto_now_add=True)
    consented_at = models.DateTimeField(_("consented"), null=True, blank=True)
    consent = text_or_unknown(_("consent as worded"), length=500)
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="event_signups"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="event_signups"
    )
    matched_by = text_or_unknown(_("matched by"), length=200, editable=False)
    candidates = models.JSONField(_("who it may be"), default=list, blank=True)
    attendance = models.OneToOneField(
        Attendance, models.SET_NULL, null=True, blank=True, related_name="signup"
    )
    code = models.CharField(_("code"), max_length=8, unique=True, editable=False)
    nonce = models.CharField(max_length=32, editable=False)
    cancel_hash = models.CharField(max_length=64, unique=True, editable=False)
    attendee_list = models.ForeignKey(
        AttendeeList, models.PROTECT, null=True, editable=False, related_name="signups"
    )
    row_hash = text_or_unknown(_("hash of the row"), length=32, editable=False)
    edited_at = models.DateTimeField(_("edited here"), null=True, blank=True, editable=False)

    class Meta:
        """A row of a list comes in once; nobody is both a company and a person."""

        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints: ClassVar = [
            one_of("state", SignupState),
            one_of("origin", Origin),
            one_of("language", Language),
            all_or_none("consented_whole", "consented_at", "consent"),
            all_or_none("row_whole", "attendee_list", "row_hash"),
            models.UniqueConstraint(fields=["event", "row_hash"], name="events_signup_row_once"),
            models.CheckConstraint(
                name="events_signup_one_client",
                condition=models.Q(company__isnull=True) | models.Q(person__isnull=True),
            ),
            models.CheckConstraint(
                name="events_signup_counted_when_matched",
                condition=models.Q(attendance__isnull=True)
                | models.Q(company__isnull=False)
                | models.Q(person__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return f"{self.name} {self.event_id}"

    @property
    def matched(self) -> bool:
        """Whether it is known whose attendance it is."""
        return self.company_id is not None or self.person_id is not None

    @property
    def pile(self) -> str:
        """``matched``, ``several`` or ``unmatched``."""
        if self.matched:
            return "matched"
        return "several" if len(self.candidates) > 1 else "unmatched"
