"""The data revision, which moves whenever a figure could have moved; and what lists remember."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr


class DataRevision(models.Model):
    """One row. Its number names the state of all records; a snapshot remembers it."""

    number = models.PositiveBigIntegerField(_("number"), default=0)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        """The only row has number 1."""

        verbose_name = _("data revision")
        constraints: ClassVar = [
            models.CheckConstraint(name="core_datarevision_one_row", condition=models.Q(id=1))
        ]

    def __str__(self) -> str:
        return str(self.number)


class SavedView(models.Model):
    """A list's filters and order under a name: its owner's, or everybody's who may open the list.

    ``query`` is the address' query; what it asks for is looked at anew each time it is opened.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    listing = models.CharField(_("list"), max_length=60)
    name = models.CharField(_("name of the view"), max_length=80, validators=[refuse_cpr])
    query = models.CharField(_("filters"), max_length=2000, blank=True)
    shared = models.BooleanField(_("share with colleagues"), default=False)
    is_default = models.BooleanField(_("open the list with this view"), default=False)

    class Meta:
        """A name once, and one view to begin with, for each person and list."""

        verbose_name = _("saved view")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "listing", "name"], name="core_savedview_name_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "listing"],
                condition=models.Q(is_default=True),
                name="core_savedview_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BulkEdit(models.Model):
    """One change made to many rows of a list at once, so that it can be undone as one.

    ``changes`` is a list of ``{"pk", "before", "after"}``, the values as the action stores them.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    listing = models.CharField(_("list"), max_length=60)
    action = models.CharField(_("change"), max_length=60)
    reason = models.TextField(_("reason"), blank=True, validators=[refuse_cpr])
    changes = models.JSONField(_("changes"))
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        """No further rules."""

        verbose_name = _("bulk edit")

    def __str__(self) -> str:
        return f"{self.listing} {self.action} {len(self.changes)}"
