"""Undoing an import: what it made goes, what it changed is as before, or nothing happens."""

from collections.abc import Iterable

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.closing.actions import require_reason
from pejl_hub.closing.models import Close, CorrectionKind
from pejl_hub.core.actions import bump_revision, hold_revision
from pejl_hub.sources import locked
from pejl_hub.sources.models import ImportChange, ImportRun, RunState


def undo_import(*, run: ImportRun, by: User | None, reason: str = "") -> None:
    """Undo an import in one transaction; ``by`` is None for the command line.

    Raises
    ------
    PeriodClosed
        When its rows count in a closed period and there is no reason.
    UserError
        When it is not done, or a later import or edit has touched or rests on its records.
    """
    try:
        with transaction.atomic():
            hold_revision()
            run.refresh_from_db()
            _require_untouched(run)
            closes = locked.touched(run, imported_models())
            require_reason(closes, reason)
            for model in imported_models():
                _take_back(model, run)
            ImportChange.objects.filter(run=run).delete()
            connection.check_constraints()
            _finish(run, by, closes, reason)
    except IntegrityError as error:
        run.refresh_from_db()
        raise _refusal(run, phrase("on whose records others rest that came later")) from error


def imported_models() -> list[type[models.Model]]:
    """Every model whose rows remember the import that wrote them."""
    return [
        model
        for model in apps.get_models()
        if any(field.name == "import_run" for field in model._meta.concrete_fields)
    ]


def _require_untouched(run: ImportRun) -> None:
    if run.state != RunState.DONE:
        raise _refusal(run, phrase("which is not done, or is undone already"))
    if later := ImportChange.objects.filter(before_run=run).order_by("-run").first():
        raise _refusal(
            run, phrase("whose records import {number} has changed since", number=later.run_id)
        )
    for model in imported_models():
        written = model._base_manager.filter(import_run=run)
        if written.filter(edited_at__isnull=False).exists():
            raise _refusal(run, phrase("whose records somebody has edited since"))


def _take_back(model: type[models.Model], run: ImportRun) -> None:
    changes = ImportChange.objects.filter(run=run, table=model._meta.label_lower)
    made = model._base_manager.filter(import_run=run)
    # In the database alone: Django would look for the rows of others first, one by one, and the
    # database refuses to leave them dangling anyway.
    made.exclude(pk__in=changes.values("row_id"))._raw_delete(made.db)
    restored = _restore(model, run, changes.iterator())
    if restored != changes.count():
        raise _refusal(run, phrase("some of whose records are gone"))


def _restore(model: type[models.Model], run: ImportRun, changes: Iterable[ImportChange]) -> int:
    return sum(
        model._base_manager.filter(pk=change.row_id, import_run=run).update(**change.before)
        for change in changes
    )


def _finish(run: ImportRun, by: User | None, closes: list[Close], reason: str) -> None:
    run.state, run.undone_at = RunState.UNDONE, timezone.now()
    run.undone_by = name_of(by)
    run.save()
    details = {"sha256": run.file_sha256} | ({"reason": reason} if reason else {})
    entry = record(by=by, action="undo_import", obj=run, details=details)
    locked.correct(closes, entry, CorrectionKind.WITHDRAWN, reason)
    bump_revision()


def _refusal(run: ImportRun, because: str) -> UserError:
    return UserError(
        given=phrase(
            "import {number} of {name}, {because}",
            number=run.pk,
            name=run.file_name,
            because=because,
        ),
        needed=phrase("a finished import whose records nobody has touched since"),
        remedy=phrase("Undo the later imports first, or correct the records by a new import."),
    )
