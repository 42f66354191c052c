"""Importing and undoing views: those who record publicity may, a controller's right or not."""

from pathlib import Path

from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import User
from pejl_hub.sources.imports import run_import, undo_import
from pejl_hub.sources.models import ImportRun
from pejl_hub.sources.result import ImportResult


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
    return run_import(path=path, source=source, by=by, reason=reason)


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
    undo_import(run=run, by=by, reason=reason)
