"""Writes of the core: moving the data revision, and what lists remember."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pejl_hub.core.models import BulkEdit, DataRevision, SavedView


def bump_revision() -> int:
    """Say that a figure may have moved; returns the new number.

    Called in the transaction of the write it belongs to, which is thereby also serialised
    with every other such write.

    Raises
    ------
    django.db.transaction.TransactionManagementError
        When called outside a transaction: the write and the revision must stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("bump_revision() belongs in a transaction.")
    DataRevision.objects.get_or_create(pk=1)
    DataRevision.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())
    return current_revision()


def hold_revision() -> None:
    """Let no other write that could move a figure in until this transaction ends.

    For writes of many rows, which look first and write later. SQLite has one writer anyway.
    """
    DataRevision.objects.get_or_create(pk=1)
    DataRevision.objects.select_for_update().get(pk=1)


def current_revision() -> int:
    """The number of the present state of the records; 0 before the first write."""
    return DataRevision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


@transaction.atomic
def save_view(*, view: SavedView) -> SavedView:
    """Keep the view; where it is the one to begin with, the owner's other one is so no longer."""
    if view.is_default:
        others = SavedView.objects.filter(owner=view.owner, listing=view.listing)
        others.exclude(pk=view.pk).update(is_default=False)
    view.save()
    return view


def note_bulk_edit(
    *, by: AbstractBaseUser, listing: str, action: str, reason: str, changes: list[dict[str, Any]]
) -> BulkEdit:
    """Remember what was changed; called in the transaction of the change."""
    return BulkEdit.objects.create(
        by=by, listing=listing, action=action, reason=reason, changes=changes
    )
