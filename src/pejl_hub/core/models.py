"""The data revision: moves whenever a figure could have moved."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


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
