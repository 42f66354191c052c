"""An edition: the figures of a date as they left the house, and what was hidden in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl.disclosure.cells import Cell
from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown


class State(models.TextChoices):
    """How far an edition has come."""

    WAITING = "waiting", _("Waiting")
    PUBLISHED = "published", _("Published")
    FAILED = "failed", _("Failed")


class Edition(models.Model):
    """One publication of a date. It is never changed: a new one of the same date takes its place.

    ``hidden`` are the cells ``[series, place, axis, name]`` that no document of the date may show,
    ``shown`` the others with their counts: the next edition must not differ by a small count.
    """

    contract_id = models.CharField(_("contract"), max_length=100)
    contract_sha256 = models.CharField(_("hash of the contract"), max_length=64)
    as_of = models.DateField(_("counted up to"))
    snapshot_id = models.CharField(_("snapshot"), max_length=100, blank=True)
    snapshot_sha256 = models.CharField(_("hash of the snapshot"), max_length=64, blank=True)
    minimum = models.PositiveIntegerField(_("smallest count shown"))
    cells = models.PositiveIntegerField(_("counts"), default=0)
    small = models.PositiveIntegerField(_("small counts"), default=0)
    hidden = models.JSONField(_("hidden cells"), default=list)
    shown = models.JSONField(_("counts shown"), default=list)
    file_sha256 = models.CharField(_("hash of the file"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    error = models.TextField(_("error"), blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(_("published by"), max_length=150)
    opened_at = models.DateTimeField(_("open data since"), null=True, blank=True)
    opened_by = text_or_unknown(_("opened by"), length=150)

    class Meta:
        """The newest date first, and its newest edition first."""

        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering: ClassVar = ["-as_of", "-id"]
        constraints: ClassVar = [
            one_of("state", State),
            all_or_none("opened_by_whom_and_when", "opened_at", "opened_by"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.as_of.isoformat()}"

    @property
    def hidden_cells(self) -> frozenset[Cell]:
        """The hidden cells as ``pejl.disclosure`` has them."""
        return frozenset(Cell(*one) for one in self.hidden)

    @property
    def shown_counts(self) -> dict[Cell, int]:
        """The counts shown, by cell."""
        return {Cell(*cell): count for *cell, count in self.shown}
