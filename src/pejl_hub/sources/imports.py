"""The way in: preview an import, run it, or run it in the background; undo it.

One import is one transaction: whatever stops it leaves all of it or nothing (ADR 5).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.shared import load_shared
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.closing.actions import require_reason
from pejl_hub.closing.models import Close, CorrectionKind
from pejl_hub.core.actions import bump_revision, hold_revision
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.sources import locked
from pejl_hub.sources import progress as saying
from pejl_hub.sources.cells import fold_place
from pejl_hub.sources.gathering import account_of
from pejl_hub.sources.kinds import Context, FileKind
from pejl_hub.sources.mapping import SourceMapping, load_mapping
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.sources.pipeline import Listener, Pipeline, Seen
from pejl_hub.sources.progress import Progress, Report
from pejl_hub.sources.reading.place import open_sheets, sha256_of
from pejl_hub.sources.reading.sheet import Sheet
from pejl_hub.sources.recognise import Recognised, recognise
from pejl_hub.sources.registry import kinds_of
from pejl_hub.sources.remainder import Remainder
from pejl_hub.sources.result import Counts, FilePreview, ImportResult, Preview
from pejl_hub.sources.sampler import Deaf, Sampler
from pejl_hub.sources.undo import imported_models, undo_import

__all__ = ["preview", "run_import", "start_import", "undo_import"]

ListenerFor = Callable[[Sheet], AbstractContextManager[Listener]]


@dataclass(frozen=True)
class _Done:
    """One sheet, imported."""

    kind: FileKind
    sheet: Sheet
    counts: Counts


def preview(path: Path, source: str, progress: Report | None = None) -> Preview:
    """What an import would do now: it is run whole, and then taken back.

    Raises
    ------
    UserError
        When the file cannot be read at all, or a vital column is missing.
    """
    run = _new_run(path, source, by=None)
    samplers: dict[str, Sampler] = {}

    def listener(sheet: Sheet) -> AbstractContextManager[Listener]:
        return nullcontext(samplers.setdefault(sheet.file_name, Sampler()))

    closes: list[Close] = []
    with _opened(path, source) as (mapping, found):
        done = _rehearse(run, mapping, found, listener, progress, closes)
        files = tuple(_preview_of(d, mapping, samplers[d.sheet.file_name]) for d in done)
    strangers = tuple(found.strangers)
    return Preview(source, path.name, run.file_sha256, files, strangers, tuple(map(str, closes)))


def run_import(
    *,
    path: Path,
    source: str,
    by: User | None,
    progress: Report | None = None,
    dry_run: bool = False,
    reason: str = "",
) -> ImportResult:
    """Import a folder, file or archive, all or nothing; ``by`` is None for the command line.

    A dry run does all of it and takes it back. Otherwise the records, the run, the audit entry and
    the new data revision are committed together. ``reason`` is needed when rows count in a closed
    period: the import is then a correction of it.

    Raises
    ------
    PeriodClosed
        When rows count in a closed period and there is no reason.
    UserError
        When the file cannot be read at all, a vital column is missing, or another import is on.
    """
    run = _new_run(path, source, by=by, reason=reason)
    if not dry_run:
        return carry_out(run, progress)
    with _opened(path, source) as (mapping, found):
        done = _rehearse(run, mapping, found, lambda _: nullcontext(Deaf()), progress)
    return ImportResult(_by_kind(done), None, None, run.file_sha256, tuple(found.strangers))


def start_import(
    *, path: Path, source: str, by: User | None, sha256: str | None = None, reason: str = ""
) -> ImportRun:
    """Have an import run in the background; the run tells how far it has come.

    ``sha256`` is that of the preview which was confirmed: another file is refused.
    """
    from pejl_hub.sources.tasks import import_file

    load_mapping(source)
    run = _new_run(path, source, by=by, reason=reason)
    if sha256 not in (None, run.file_sha256):
        raise _changed(path)
    with transaction.atomic():
        run.save()
        saying.forget(run.pk)
        put_in_queue(import_file, run_id=run.pk)
    return run


def carry_out(run: ImportRun, progress: Report | None = None) -> ImportResult:
    """Do what a run says, saved or not. Only when all of it is done does any of it stay."""
    path = Path(run.path)
    if sha256_of(path) != run.file_sha256:
        raise _changed(path)
    with _opened(path, run.source) as (mapping, found), _swept(run), _whole():
        run.state = RunState.RUNNING
        run.save()
        # A killed import may have left a folder of the number that is now ours.
        folder = saying.folder_of(run.pk) / "remainder"
        saying.forget(run.pk)
        listener = partial(Remainder, folder)
        done = _import(run, mapping, found, listener, progress)
        _finish(run, done, folder)
    return ImportResult(
        _by_kind(done),
        folder if run.remainder else None,
        run.pk,
        run.file_sha256,
        tuple(found.strangers),
    )


def _new_run(path: Path, source: str, *, by: User | None, reason: str = "") -> ImportRun:
    if not path.exists():
        raise UserError(
            given=phrase("the path {path}, where nothing stands", path=path),
            needed=phrase("a folder, a CSV or Excel file, or a .zip archive"),
            remedy=phrase("Check the path."),
        )
    return ImportRun(
        source=source,
        path=str(path.resolve()),
        file_name=path.resolve().name,
        file_sha256=sha256_of(path),
        by=by,
        who=name_of(by),
        reason=reason.strip(),
    )


@contextmanager
def _opened(path: Path, source: str) -> Iterator[tuple[SourceMapping, Recognised]]:
    mapping = load_mapping(source)
    kinds = kinds_of(mapping)
    with open_sheets(path, mapping.form) as opened:
        sheets: Sequence[Sheet] = opened
        for gather in dict.fromkeys(kind.gather for kind in kinds if kind.gather):
            sheets = gather(sheets, mapping)
        yield mapping, recognise(sheets, mapping, kinds)


@contextmanager
def _whole() -> Iterator[None]:
    """One transaction that no other import runs beside."""
    try:
        with transaction.atomic():
            hold_revision()
            yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        raise UserError(
            given=phrase("a database that somebody else is writing to"),
            needed=phrase("a database that is free for writing"),
            remedy=phrase("Wait until the other import has ended, and try again."),
        ) from error


@contextmanager
def _swept(run: ImportRun) -> Iterator[None]:
    """When the import fails, its refused rows go as everything else of it does."""
    try:
        yield
    except BaseException:
        if run.pk is not None:
            saying.forget(run.pk)
        raise


def _rehearse(
    run: ImportRun,
    mapping: SourceMapping,
    found: Recognised,
    listener: ListenerFor,
    progress: Report | None,
    closes: list[Close] | None = None,
) -> list[_Done]:
    """Do all of it, note which closes it touches, and take it back."""
    with _whole():
        run.state = RunState.RUNNING
        run.save()
        done = _import(run, mapping, found, listener, progress)
        if closes is not None:
            closes.extend(locked.touched(run, imported_models()))
        transaction.set_rollback(True)
    return done


def _import(
    run: ImportRun,
    mapping: SourceMapping,
    found: Recognised,
    listener: ListenerFor,
    progress: Report | None,
) -> list[_Done]:
    context, done = _context(run, mapping), list[_Done]()
    with ExitStack() as opened:
        kinds = {kind.id for kind, _ in found.sheets}
        seen = {kind: opened.enter_context(closing(Seen())) for kind in kinds}
        for kind, sheet in found.sheets:
            counts = Counts()
            with listener(sheet) as told:
                pipeline = Pipeline(
                    sheet=sheet,
                    kind=kind,
                    context=context,
                    counts=counts,
                    seen=seen[kind.id],
                    listener=told,
                )
                for read in pipeline.run():
                    if progress:
                        progress(_how_far(found, done, _Done(kind, sheet, counts), read))
            done.append(_Done(kind, sheet, counts))
    return done


def _how_far(found: Recognised, done: Sequence[_Done], now: _Done, read: int) -> Progress:
    """Whole sheets and ``read`` bytes of this one, against the bytes of all."""
    whole = sum(sheet.size for _, sheet in found.sheets) or 1
    past = sum(one.sheet.size for one in done) + read
    rows = sum(one.counts.rows for one in (*done, now))
    return Progress(now.sheet.name, rows, min(1.0, past / whole))


def _context(run: ImportRun, mapping: SourceMapping) -> Context:
    shared = load_shared(Path(settings.CONTRACTS).parent / "shared")
    names = {fold_place(m.name): code for code, m in shared.municipalities.items()}
    now = timezone.now()
    return Context(
        mapping=mapping,
        municipalities=names,
        run=run,
        # As the database stores it: rows in bulk pass by Django's fields.
        now=connection.ops.adapt_datetimefield_value(now),
        today=timezone.localdate(now),
    )


def _finish(run: ImportRun, done: Sequence[_Done], folder: Path) -> None:
    files = _by_kind(done)
    closes = locked.touched(run, imported_models())
    require_reason(closes, run.reason)
    run.state, run.finished_at = RunState.DONE, timezone.now()
    run.counts = {kind: counts.as_json() for kind, counts in files.items()}
    run.reasons = {kind: counts.reasons for kind, counts in files.items() if counts.reasons}
    run.remainder = str(folder) if folder.exists() else None
    accounts = [account for one in done if (account := account_of(one.sheet))]
    run.account = [account.as_json() for account in accounts] or None
    run.save()
    details = {"file": run.file_name, "sha256": run.file_sha256, "files": run.counts}
    if run.reason:
        details["reason"] = run.reason
    entry = record(by=run.by, action="import", obj=run, details=details)
    locked.correct(closes, entry, CorrectionKind.LATE, run.reason)
    if any(counts.created or counts.updated for counts in files.values()):
        bump_revision()


def _by_kind(done: Sequence[_Done]) -> dict[str, Counts]:
    """The counts by kind: a kind may come in several files."""
    files: dict[str, Counts] = {}
    for one in done:
        files.setdefault(one.kind.id, Counts()).add(one.counts)
    return files


def _preview_of(done: _Done, mapping: SourceMapping, sampler: Sampler) -> FilePreview:
    known = mapping.files[done.kind.id].all_headings
    return FilePreview(
        kind=done.kind.id,
        file_name=done.sheet.file_name,
        headings=tuple(done.sheet.headings),
        ignored=tuple(h for h in done.sheet.headings if h.casefold() not in known),
        counts=done.counts,
        accepted=tuple(sampler.accepted),
        unchanged=tuple(sampler.unchanged),
        refused=tuple(sampler.rejected),
        account=account_of(done.sheet),
    )


def _changed(path: Path) -> UserError:
    return UserError(
        given=phrase("the file {name}, which has changed since it was looked at", name=path.name),
        needed=phrase("the same file as was confirmed"),
        remedy=phrase("Look at the preview again, and confirm it."),
    )
