"""Writes of the publicity records: each with its audit entry, its lock and the data revision."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import facts, save_typed, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press

Publicity = Press | NewsletterLevel | ChannelViews
DAY = {Press: "published_on", NewsletterLevel: "measured_on", ChannelViews: "month"}


def day_of(record: Publicity) -> Any:
    """The day on which the record counts."""
    return getattr(record, DAY[type(record)])


def _days(before: Publicity | None, after: Publicity) -> list[Any]:
    return [day_of(one) for one in (after, before) if one]


@transaction.atomic
def save_publicity(*, record: Publicity, by: User, reason: str = "") -> Publicity:
    """Store a new or changed record.

    Raises
    ------
    PermissionDenied
        When the user may not record publicity.
    PeriodClosed
        When it counts, or counted, in a closed period and there is no reason.
    """
    require(by, Action.RECORD_PUBLICITY)
    save_typed(record=record, by=by, days=_days, reason=reason)
    return record


@transaction.atomic
def remove_publicity(*, record: Publicity, by: User, reason: str = "") -> None:
    """Take a record out.

    Raises
    ------
    PermissionDenied
        When the user may not record publicity.
    UserError
        When an import wrote it: the import is undone instead, else it would come again.
    PeriodClosed
        When it counts in a closed period and there is no reason.
    """
    require(by, Action.RECORD_PUBLICITY)
    if record.import_run_id is not None:
        raise UserError(
            given=_("a record that was imported"),
            needed=_("a record typed here"),
            remedy=_("Undo the import, or correct the record."),
        )
    write_change(
        by=by,
        action=f"{record._meta.model_name}.removed",
        obj=record,
        days=[day_of(record)],
        before=facts(record),
        reason=reason,
        kind=CorrectionKind.WITHDRAWN,
    )
    record.delete()
