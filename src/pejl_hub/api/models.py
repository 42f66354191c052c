"""Keys that other programs sign in with, and what was answered to a request that may come again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr


class Scope(models.TextChoices):
    """What a key is for. It never gives more than its user's role does."""

    READ_FIGURES = "read_figures", _("Read figures")
    READ_RECORDS = "read_records", _("Read the records behind figures")
    WRITE_GUIDANCE = "write_guidance", _("Record guidances")
    WRITE_ATTENDANCE = "write_attendance", _("Record attendance")


class Key(models.Model):
    """A key of one user. Only its hash is stored: whoever reads the database cannot use it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("used by"), max_length=100, validators=[refuse_cpr])
    sha256 = models.CharField(_("hash of the key"), max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("may"), default=list)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        """The newest first."""

        verbose_name = _("key of the programming interface")
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"key {self.pk} of {self.user_id}"

    @property
    def holds(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def named_scopes(self) -> list[str]:
        """What it is for, in words."""
        return [str(Scope(scope).label) for scope in self.scopes]


class Answered(models.Model):
    """What a request with an Idempotency-Key was answered: the same again gets the same."""

    key = models.ForeignKey(Key, models.CASCADE, related_name="answered")
    name = models.CharField(_("name of the request"), max_length=100)
    sha256 = models.CharField(_("hash of the request"), max_length=64)
    answer = models.JSONField(_("answer"), null=True)
    at = models.DateTimeField(_("answered"), auto_now_add=True)

    class Meta:
        """A name is used once by a key."""

        verbose_name = _("answered request")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "name"], name="api_answered_once")
        ]

    def __str__(self) -> str:
        return self.name
