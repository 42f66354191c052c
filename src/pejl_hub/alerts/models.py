"""The counts on record, the alerts they gave, and who has seen, dismissed or been sent which."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import one_of


class AlertKind(models.TextChoices):
    """What an alert is about."""

    LEFT = "left", _("Left its track")
    REGAINED = "regained", _("Back on its track")
    WORSE = "worse", _("A check has worsened")
    CLOSE_DUE = "close_due", _("A close is due")
    DUTY_LATE = "duty_late", _("A duty has passed its day")


class TrackState(models.Model):
    """What the counts so far say of a goal; see ``pejl.standing.track``.

    ``light``, ``light_on`` and ``snapshot_id`` are of the last count that stood on this side: what
    an alert compares with.
    """

    contract = models.CharField(_("contract"), max_length=100)
    goal = models.CharField(_("goal"), max_length=100)
    side = models.CharField(_("side"), max_length=8)
    day = models.DateField(_("counted up to"))
    since = models.DateField(_("since"))
    doubted = models.DateField(_("doubted since"), null=True)
    light = models.CharField(_("light"), max_length=16)
    light_on = models.DateField(_("light of"), null=True)
    snapshot_id = models.CharField(_("snapshot"), max_length=100)

    class Meta:
        """One of each goal of a contract."""

        verbose_name = _("track of a goal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "goal"], name="alerts_trackstate_once")
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.goal}: {self.side}"


class CheckState(models.Model):
    """The count of a check that later counts are held against."""

    contract = models.CharField(_("contract"), max_length=100)
    check_name = models.CharField(_("check"), max_length=60)
    wrong = models.PositiveIntegerField(_("wrong"))
    checked = models.PositiveIntegerField(_("can be told"))
    base_day = models.DateField(_("counted on"))
    day = models.DateField(_("last counted"))
    snapshot_id = models.CharField(_("snapshot"), max_length=100)

    class Meta:
        """One of each check of a contract."""

        verbose_name = _("count of a check")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "check_name"], name="alerts_checkstate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.check_name}: {self.wrong}"


class Alert(models.Model):
    """One alert. ``key`` names what happened, so that it cannot be said twice.

    ``facts`` are numbers and codes, never a person's name; words are made of them in the language
    of the reader.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=AlertKind)
    contract = models.CharField(_("contract"), max_length=100)
    subject = models.CharField(_("subject"), max_length=100)
    day = models.DateField(_("day"))
    facts = models.JSONField(_("facts"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        """The newest first."""

        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering: ClassVar = ["-day", "-id"]
        indexes: ClassVar = [models.Index(fields=["-day", "-id"])]
        constraints: ClassVar = [one_of("kind", AlertKind)]

    def __str__(self) -> str:
        return self.key


class Seen(models.Model):
    """That somebody has read an alert, or does not want to see it any more."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="seen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(_("read"), auto_now_add=True)
    dismissed_at = models.DateTimeField(_("dismissed"), null=True)

    class Meta:
        """Once each."""

        verbose_name = _("alert seen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "user"], name="alerts_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.alert_id}"


class Sending(models.Model):
    """That an alert is in an e-mail to somebody. Made before it is sent: none is sent twice."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="sendings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        """Once each."""

        verbose_name = _("alert sent")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "user"], name="alerts_sending_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.alert_id}"


class AlertSetting(models.Model):
    """What somebody has chosen; who has chosen nothing gets the e-mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by_mail = models.BooleanField(_("send me alerts by e-mail"), default=True)

    class Meta:
        """One each."""

        verbose_name = _("setting of alerts")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.by_mail}"
