"""A change to many rows at once: tried first, shown, and made in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.core.actions import note_bulk_edit
from pejl_hub.core.models import BulkEdit
from pejl_hub.core.phrasing import in_words

MOST = 500  # rows at once: what somebody can look through, and a transaction can hold


@dataclass(frozen=True)
class BulkAction:
    """A change that a room offers for many rows of its list.

    ``field(user)`` asks for the new value, which is a text, a number, a truth or None.
    ``stored(row)`` is the row's value now, of the same kind; ``shown(row)`` is it in words.
    ``apply(row=, value=, by=, reason=)`` is the room's own action: it checks, writes, logs, and
    raises UserError or ValidationError for a row that it refuses.
    ``allowed(user)`` says who may.
    """

    name: str
    label: Any
    field: Callable[[Any], forms.Field]
    stored: Callable[[Any], Any]
    shown: Callable[[Any], str]
    apply: Callable[..., object]
    allowed: Callable[[Any], bool]


@dataclass(frozen=True)
class Line:
    """What comes of one row. ``refused`` is the reason; nothing where the row may change."""

    pk: Any
    stored: Any
    before: str
    after: str
    new: Any
    refused: str
    row: str = ""

    @property
    def same(self) -> bool:
        """Whether the row has the value already."""
        return not self.refused and self.stored == self.new


class Moved(UserError):
    """The rows are no longer as they were when the change was shown."""


def attempt(
    action: BulkAction, rows: Iterable[models.Model], value: Any, by: Any, reason: str
) -> list[Line]:
    """Make the change, see what comes of it, and take all of it back.

    The room's own action is run, so that what is shown is what would happen.
    """
    with transaction.atomic():
        lines = [_try(action, row, value, by, reason) for row in rows]
        transaction.set_rollback(True)
    return lines


def _try(action: BulkAction, row: models.Model, value: Any, by: Any, reason: str) -> Line:
    known = {"pk": row.pk}
    before = {"stored": action.stored(row), "before": action.shown(row)}
    try:
        with transaction.atomic():
            if before["stored"] != value:
                action.apply(row=row, value=value, by=by, reason=reason)
            row = type(row)._base_manager.get(pk=row.pk)
    except (UserError, ValidationError) as error:
        return Line(**known, **before, after="", new=None, refused=_said(error))
    after = {"after": action.shown(row), "new": action.stored(row)}
    return Line(**known, **before, **after, refused="")


def _said(error: UserError | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else in_words(error)


@transaction.atomic
def make(
    *,
    listing: str,
    action: BulkAction,
    rows: Iterable[models.Model],
    value: Any,
    by: Any,
    reason: str,
    expected: dict[str, str],
) -> BulkEdit:
    """Change the rows, all or none, and remember it.

    ``expected`` is what each row showed, by its key, when the change was shown.

    Raises
    ------
    Moved
        When a row shows something else now, is gone, or is refused now.
    """
    rows = list(rows)
    if {str(row.pk): action.shown(row) for row in rows} != expected:
        raise _moved()
    changes = []
    for row in rows:
        before = action.stored(row)
        _apply(action, row, value, by, reason)
        changes.append({"pk": row.pk, "before": before, "after": value})
    return note_bulk_edit(
        by=by, listing=listing, action=action.name, reason=reason, changes=changes
    )


@transaction.atomic
def undo(*, edit: BulkEdit, action: BulkAction, rows: dict[Any, models.Model], by: Any) -> None:
    """Give every row its earlier value again, all or none.

    Raises
    ------
    Moved
        When somebody has changed a row since, it is gone, or it is refused now.
    """
    taken = BulkEdit.objects.filter(pk=edit.pk, undone_at=None).update(undone_at=timezone.now())
    if not taken:
        raise _moved()
    for change in edit.changes:
        row = rows.get(change["pk"])
        if row is None or action.stored(row) != change["after"]:
            raise _moved()
        _apply(action, row, change["before"], by, edit.reason)


def _apply(action: BulkAction, row: models.Model, value: Any, by: Any, reason: str) -> None:
    try:
        action.apply(row=row, value=value, by=by, reason=reason)
    except (UserError, ValidationError) as error:
        raise _moved(_said(error)) from error


def _moved(said: str = "rows that somebody has changed since") -> Moved:
    return Moved(
        given=said,
        needed="rows as they were when the change was shown",
        remedy="Nothing was changed. Look at the rows again.",
    )
