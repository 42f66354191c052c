"""A comment: what somebody writes of a goal, a municipality, both, or the whole."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pejl_hub.audit.models import NeverChanged
from pejl_hub.core.fields import all_or_none, one_of, text_or_unknown
from pejl_hub.core.text import refuse_cpr

LONGEST = 2_000


class CommentState(models.TextChoices):
    """How far a comment has come."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("To be approved")
    APPROVED = "approved", _("Approved")
    FROZEN = "frozen", _("Frozen")


def _one_open(*known: str) -> list[models.UniqueConstraint]:
    """One comment that is not frozen on a thing and day, of those that name just ``known``."""
    about = {f"{name}__isnull": name not in known for name in ("goal", "municipality")}
    return [
        models.UniqueConstraint(
            fields=["contract_id", "as_of", *known],
            condition=models.Q(**about) & ~models.Q(state="frozen"),
            name="_".join(["narrative_one_open", *(known or ("whole",))]),
        )
    ]


class Comment(models.Model):
    """One comment on a reporting day. ``goal`` and ``municipality`` null is on the whole.

    A frozen one is never changed: it tells what was said of the snapshot's figure. ``figure`` is
    the figure as its writer saw it, in words, and after freezing as the snapshot has it.
    """

    contract_id = models.CharField(_("contract"), max_length=100)
    as_of = models.DateField(_("counted up to"))
    goal = text_or_unknown(_("goal"), length=60)
    municipality = text_or_unknown(_("municipality"), length=3)
    text = models.TextField(_("comment"), max_length=LONGEST, validators=[refuse_cpr])
    state = models.CharField(_("state"), max_length=12, choices=CommentState, default="draft")
    figure = text_or_unknown(_("figure when it was written"), length=200)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    writer = models.CharField(_("written by"), max_length=150)
    written_at = models.DateTimeField(_("written"))
    approver = text_or_unknown(_("approved by"), length=150)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    returned_why = text_or_unknown(_("why it was sent back"), length=500, validators=[refuse_cpr])
    snapshot_id = text_or_unknown(_("snapshot"), length=100)
    snapshot_sha256 = text_or_unknown(_("hash of the snapshot"), length=64)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)

    class Meta:
        """One comment on a thing and day that is not frozen yet; the newest day first."""

        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar = ["-as_of", "goal", "municipality", "-id"]
        constraints: ClassVar = [
            one_of("state", CommentState),
            all_or_none("approved_by_whom_and_when", "approver", "approved_at"),
            all_or_none("frozen_on_what_and_when", "snapshot_id", "snapshot_sha256", "frozen_at"),
            *_one_open("goal", "municipality"),
            *_one_open("goal"),
            *_one_open("municipality"),
            *_one_open(),
        ]

    def __str__(self) -> str:
        about = " ".join(filter(None, [self.goal, self.municipality])) or self.contract_id
        return f"{about} {self.as_of.isoformat()}"

    def save(self, *given: Any, **more: Any) -> None:
        """Save it; refused once it is frozen."""
        if self.pk and Comment.objects.filter(pk=self.pk, state=CommentState.FROZEN).exists():
            raise NeverChanged("A frozen comment is never changed.")
        super().save(*given, **more)

    def delete(self, *given: Any, **more: Any) -> tuple[int, dict[str, int]]:
        """Refused: what was said stays known."""
        raise NeverChanged("A comment is never deleted.")

    @property
    def mark(self) -> str:
        """Names the text, so that whoever approves it approves the one they read."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]
