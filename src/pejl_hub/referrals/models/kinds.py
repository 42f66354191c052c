"""The words that the rows of referrals hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecipientKind(models.TextChoices):
    """Whom the client was sent to."""

    PRIVATE = "private", _("Private")
    PUBLIC = "public", _("Public")


class ReferralState(models.TextChoices):
    """What became of the referral. A draft has been sent to nobody, and counts nowhere."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CLOSED = "closed", _("Closed")


class ClosedAs(models.TextChoices):
    """How a referral ended."""

    HELPED = "helped", _("The company got help")
    NOT_NEEDED = "not_needed", _("No longer needed")
    NO_CONTACT = "no_contact", _("They did not get hold of each other")
    NO_HELP = "no_help", _("The adviser could not help")
    OTHER = "other", _("Something else")


class StepKind(models.TextChoices):
    """What was done to a referral."""

    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REASSIGNED = "reassigned", _("Sent to another adviser")
    CLOSED = "closed", _("Closed")
