"""The user evaluation: who was considered and asked, what was sent, and the answers.

``Answer`` is what is counted, whoever asked. The rest stands beside it: an ``Enrolment`` says of
a held guidance that it was asked about, or why not; an ``Invitation`` is the asking; a ``Message``
is one e-mail of it. Nothing here holds a link that works: only its hash.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.companies.models import Language, Segment
from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown
from pejl_hub.core.records import Record
from pejl_hub.core.text import refuse_cpr

COMMENT_LENGTH = 2000


class Answer(Record):
    """One invitation about one guidance; an answer when ``answered_on`` is known.

    Client, municipality and size are those of the guidance; the segment is the answer's own.
    """

    guidance = models.ForeignKey("guidance.Guidance", models.PROTECT, related_name="answers")
    invited_on = models.DateField(_("invited on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    segment = text_or_unknown(_("segment"), length=16, choices=Segment)
    nps = models.IntegerField(_("NPS answer"), null=True, blank=True)
    referral_used = models.BooleanField(_("referral used"), null=True, blank=True)

    class Meta:
        """An NPS answer is 0 to 10; whatever is answered has a date."""

        verbose_name = _("answer")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            one_of("segment", Segment),
            models.CheckConstraint(
                name="surveys_answer_nps_0_to_10", condition=models.Q(nps__gte=0, nps__lte=10)
            ),
            models.CheckConstraint(
                name="surveys_answer_answer_and_date",
                condition=models.Q(answered_on__isnull=False)
                | models.Q(nps__isnull=True, referral_used__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["answered_on"])]

    def __str__(self) -> str:
        return f"{self.guidance_id} {self.answered_on or '-'}"


class ReferralAnswer(models.Model):
    """Whether one referral was used; the answer's ``referral_used`` is whether any of them was."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="referrals")
    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="answers")
    used = models.BooleanField(_("used"))

    class Meta:
        """A referral is answered about once."""

        verbose_name = _("answer about a referral")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["answer", "referral"], name="surveys_referralanswer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.used}"


class Comment(models.Model):
    """The free text of an answer, as written. It is masked each time it is shown."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="comment")
    text = models.TextField(_("text"), max_length=COMMENT_LENGTH, validators=[refuse_cpr])

    class Meta:
        """No further rules."""

        verbose_name = _("comment")

    def __str__(self) -> str:
        return f"{self.answer_id}"


class Reason(models.TextChoices):
    """Why a guidance that should have been asked about was not."""

    NO_EMAIL = "no_email", _("No e-mail address")
    BAD_EMAIL = "bad_email", _("The e-mail address is not one")
    UNSUBSCRIBED = "unsubscribed", _("Has unsubscribed")
    ASKED_ALREADY = "asked_already", _("Asked already in this period")
    BY_STAFF = "by_staff", _("Left out by a member of staff")
    REFUSED = "refused", _("The mail server refused the address")


class Enrolment(models.Model):
    """What was decided about one held guidance: asked, or not and why."""

    guidance = models.OneToOneField(
        "guidance.Guidance", models.PROTECT, related_name="enrolment", verbose_name=_("guidance")
    )
    decided_on = models.DateField(_("decided on"))
    reason = text_or_unknown(_("why not"), length=16, choices=Reason)
    note = text_or_unknown(_("explanation"), length=500, validators=[refuse_cpr])
    who = text_or_unknown(_("left out by"), length=200, editable=False)

    class Meta:
        """Who leaves somebody out signs and explains it; nobody else does."""

        verbose_name = _("enrolment")
        constraints: ClassVar = [
            one_of("reason", Reason),
            all_or_none("note_and_who", "note", "who"),
            models.CheckConstraint(
                name="surveys_enrolment_staff_explains",
                condition=models.Q(reason=Reason.BY_STAFF, note__isnull=False)
                | (
                    models.Q(note__isnull=True)
                    & (models.Q(reason__isnull=True) | ~models.Q(reason=Reason.BY_STAFF))
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["reason"])]

    def __str__(self) -> str:
        return f"{self.guidance_id}: {self.reason or 'asked'}"


class Invitation(models.Model):
    """The asking of one person about one guidance. ``person_key`` is a hash of the address."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="invitation")
    answer = models.OneToOneField(
        Answer, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    contact = models.ForeignKey("companies.Contact", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey("companies.Person", models.SET_NULL, null=True, related_name="+")
    person_key = models.CharField(_("person"), max_length=64, editable=False)
    period = models.CharField(_("period"), max_length=7)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    invited_on = models.DateField(_("invited on"))
    expires_on = models.DateField(_("the link works until"))
    anonymous = models.BooleanField(_("anonymous to the adviser"))
    used_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        """Once per person and period, kept by the database."""

        verbose_name = _("invitation")
        constraints: ClassVar = [
            one_of("language", Language),
            models.UniqueConstraint(
                fields=["person_key", "period"], name="surveys_invitation_once_a_period"
            ),
            models.CheckConstraint(
                name="surveys_invitation_one_addressee",
                condition=~models.Q(contact__isnull=False, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.invited_on}"

    @property
    def email(self) -> str | None:
        """The address now; None when the person is gone."""
        addressee = self.contact or self.person
        return addressee.email if addressee else None


class MessageKind(models.TextChoices):
    """What an e-mail is; each is sent once."""

    INVITATION = "invitation", _("Invitation")
    REMINDER_1 = "reminder_1", _("First reminder")
    REMINDER_2 = "reminder_2", _("Second reminder")


class MessageState(models.TextChoices):
    """The life of an e-mail. Only a waiting one may be claimed, and by one worker."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Uncertain: the worker died while sending")
    FAILED = "failed", _("Refused")
    CANCELLED = "cancelled", _("Not needed")


class Message(models.Model):
    """One e-mail of an invitation, in the outbox. ``token_hash`` is of the link it carries."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=12, choices=MessageKind)
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState, default=MessageState.WAITING
    )
    due_on = models.DateField(_("to be sent on"))
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = text_or_unknown(_("what went wrong"), length=500)

    class Meta:
        """Each kind once; what was claimed has a link, and what was sent a time."""

        verbose_name = _("message")
        constraints: ClassVar = [
            one_of("kind", MessageKind),
            one_of("state", MessageState),
            models.UniqueConstraint(fields=["invitation", "kind"], name="surveys_message_once"),
            models.CheckConstraint(
                name="surveys_message_claimed_whole",
                condition=~models.Q(state__in=[MessageState.CLAIMED, MessageState.SENT])
                | models.Q(claimed_at__isnull=False, token_hash__isnull=False),
            ),
            models.CheckConstraint(
                name="surveys_message_sent_and_time",
                condition=models.Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~models.Q(state=MessageState.SENT) & models.Q(sent_at__isnull=True)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Unsubscription(models.Model):
    """An address that wants no more evaluations, as a hash: it outlives the contact."""

    person_key = models.CharField(_("person"), max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        """No further rules."""

        verbose_name = _("unsubscription")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Guesses(models.Model):
    """How many links that do not exist an address has tried in a window of time."""

    address_hash = models.CharField(max_length=64, editable=False)
    window = models.BigIntegerField(_("window"))
    count = models.PositiveIntegerField(_("tries"), default=0)

    class Meta:
        """One row a window."""

        verbose_name = _("guesses")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address_hash", "window"], name="surveys_guesses_one_a_window"
            )
        ]

    def __str__(self) -> str:
        return f"{self.window}: {self.count}"


class RunKind(models.TextChoices):
    """What a run of the survey does."""

    ENROL = "enrol", _("Enrolment")
    SEND = "send", _("Sending")


class SurveyRun(models.Model):
    """One run of enrolling or sending: who, when, and what came of it."""

    kind = models.CharField(_("kind"), max_length=8, choices=RunKind)
    who = models.CharField(_("who"), max_length=200)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = _("run of the survey")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [one_of("kind", RunKind)]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"
