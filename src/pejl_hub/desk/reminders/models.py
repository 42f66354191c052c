"""Who does not want the daily e-mail, and which days it was sent to whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderSetting(models.Model):
    """What somebody has chosen; who has chosen nothing gets the e-mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by_mail = models.BooleanField(_("send me an e-mail on days when something waits"), default=True)

    class Meta:
        """Belongs to the desk."""

        app_label = "desk"
        verbose_name = _("setting of reminders")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.by_mail}"


class Digest(models.Model):
    """One day's e-mail to one user. Made before it is sent, so that none is sent twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    reminders = models.PositiveIntegerField(_("reminders"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        """One a day."""

        app_label = "desk"
        verbose_name = _("daily e-mail")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="desk_digest_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
