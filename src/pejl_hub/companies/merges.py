"""What was merged, row by row, so that it can be undone; and the pairs that are no duplicates."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr


class ClientKind(models.TextChoices):
    """What a client is."""

    COMPANY = "company", _("Company")
    PERSON = "person", _("Person")


class MergeRecord(models.Model):
    """One merge. ``changes`` holds every row it touched, before and after, in their order.

    A change is ``{"model", "pk", "before", "after"}``; ``before`` is null for a row that the merge
    made and ``after`` for one that it took away.
    """

    gone_kind = models.CharField(_("kind"), max_length=8, choices=ClientKind)
    gone_id = models.BigIntegerField(_("number"))
    gone_label = models.CharField(_("merged away"), max_length=250)
    gone_cvr = text_or_unknown(_("its CVR number"), length=8)
    kept_kind = models.CharField(_("kind"), max_length=8, choices=ClientKind)
    kept_id = models.BigIntegerField(_("number"))
    kept_label = models.CharField(_("kept"), max_length=250)
    why = models.TextField(_("why"), validators=[refuse_cpr])
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(_("who"), max_length=200)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = text_or_unknown(_("undone by"), length=200)
    changes = models.JSONField(_("rows"), default=list, blank=True)

    class Meta:
        """A merge has a why; undone has a time and somebody who did it."""

        verbose_name = _("merge")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            one_of("gone_kind", ClientKind),
            one_of("kept_kind", ClientKind),
            all_or_none("undone_whole", "undone_at", "undone_by"),
            models.CheckConstraint(
                name="companies_mergerecord_has_why", condition=~models.Q(why="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_label} → {self.kept_label}"


class NotDuplicates(models.Model):
    """A pair that somebody looked at and held to be two; it is not suggested again."""

    first = models.CharField(_("first"), max_length=30)
    second = models.CharField(_("second"), max_length=30)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    who = models.CharField(_("who"), max_length=200)

    class Meta:
        """A pair once, the smaller key first."""

        verbose_name = _("pair that is no duplicate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], name="companies_notduplicates_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
