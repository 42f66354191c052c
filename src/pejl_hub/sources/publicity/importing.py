"""Importing and undoing views: months that count in a closed period need a reason."""

from datetime import date
from pathlib import Path

from django.db import transaction

from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.closing.actions import write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.communication.models import ChannelViews
from pejl_hub.sources.imports import run_import, undo_import
from pejl_hub.sources.models import ImportRun
from pejl_hub.sources.result import ImportResult


@transaction.atomic
def import_views(*, path: Path, source: str, by: User, reason: str = "") -> ImportResult:
    """Import a counted export, all or nothing.

    Raises
    ------
    PeriodClosed
        When a month that it makes or changes is closed and there is no reason.
    UserError
        When the file cannot be read, or another import is on.
    """
    require(by, Action.RECORD_PUBLICITY)
    result = run_import(path=path, source=source, by=by)
    run = ImportRun.objects.get(pk=result.run_id)
    if days := months_of(run):
        write_change(
            by=by,
            action="views.imported",
            obj=run,
            days=days,
            reason=reason,
            kind=CorrectionKind.LATE,
        )
    return result


@transaction.atomic
def undo_views(*, run: ImportRun, by: User, reason: str = "") -> None:
    """Take an import back.

    Raises
    ------
    PeriodClosed
        When a month that it made or changed is closed and there is no reason.
    UserError
        When a later import or edit has touched its months.
    """
    require(by, Action.RECORD_PUBLICITY)
    days = months_of(run)
    undo_import(run=run, by=by)
    write_change(
        by=by,
        action="views.undone",
        obj=run,
        days=days,
        reason=reason,
        kind=CorrectionKind.WITHDRAWN,
    )


def months_of(run: ImportRun) -> list[date]:
    """The months that an import has made or changed; a month never moves to another."""
    return list(ChannelViews.objects.filter(import_run=run).values_list("month", flat=True))
