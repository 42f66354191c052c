"""The audit log: who did what to which thing, and when. Entries are only ever added."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NeverChanged(TypeError):
    """Somebody tried to change or delete what is only ever added."""


class OnlyAdded(models.QuerySet):
    """Rows that may be read and added, and neither changed nor deleted."""

    def update(self, **values: Any) -> int:
        """Refused."""
        raise NeverChanged(f"{self.model.__name__} is only ever added to.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise NeverChanged(f"{self.model.__name__} is only ever added to.")


class Added(models.Model):
    """A row that is written once."""

    objects = OnlyAdded.as_manager()

    class Meta:
        """For others to build on."""

        abstract = True

    def save(self, *given: Any, **more: Any) -> None:
        """Add it; refused when it is there already."""
        if not self._state.adding:
            raise NeverChanged(f"{type(self).__name__} is only ever added to.")
        super().save(*given, **more)

    def delete(self, *given: Any, **more: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise NeverChanged(f"{type(self).__name__} is only ever added to.")


class AuditEntry(Added):
    """One act. ``who`` stays readable when the user is gone.

    ``salts`` has one for each text, or what is left of a text that was forgotten; None in an entry
    of an earlier version (ADR 16).
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    who = models.CharField(_("who"), max_length=200)
    action = models.CharField(_("action"), max_length=60, db_index=True)
    object_type = models.CharField(_("kind of thing"), max_length=100)
    object_id = models.CharField(_("its number"), max_length=120)
    details = models.JSONField(_("details"), default=dict, blank=True)
    salts = models.JSONField(_("salts"), null=True, editable=False)

    class Meta:
        """Newest first."""

        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.action} {self.object_type}"


class Link(Added):
    """An entry's place in the chain. Its digest is made of the entry and the digest before it."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        """In the order of the chain."""

        verbose_name = _("link of the chain")
        verbose_name_plural = _("links of the chain")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
