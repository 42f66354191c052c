"""Bringing companies up to date: one from the register, or all from it or from a file.

A refresh of all writes batch by batch, and remembers how far it came: what stopped it costs no
more than the batch it was in.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.base.phrases import Phrase, phrase
from pejl.snapshot.hashing import file_sha256
from pejl_hub.accounts.models import User
from pejl_hub.audit.actions import name_of, record
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.models import Company
from pejl_hub.core.jobs import put_in_queue
from pejl_hub.sources.cvr import bulkfile
from pejl_hub.sources.cvr.entry import Entry, NotAnEntry
from pejl_hub.sources.cvr.register import AT_THE_DESK, Register
from pejl_hub.sources.cvr.writing import Change, write_entry
from pejl_hub.sources.models import CvrRefresh, RefreshState, stopped_by

BATCH = 200
# The register is everybody's: a pause between batches, and no two batches at once.
PAUSE_SECONDS = 0.5
SILENT_AFTER_SECONDS = 300  # longer than the register's time-outs and pauses together
SHOWN = 200  # changes that a refresh remembers in words; the rest stand in the audit log

Say = Callable[[CvrRefresh], None]


def fetch(*, cvr: str, by: User | None) -> Change:
    """Look a company up in the register and bring it up to date here; made where unknown.

    Raises
    ------
    UserError
        For a number that is no CVR number or not in the register; and when the register is not
        set up, does not answer, or says no.
    """
    number = "".join(cvr.split()).upper().removeprefix("DK")
    if not is_cvr(number):
        raise UserError(
            given=phrase("a number that is no CVR number"),
            needed=phrase("eight digits that check"),
            remedy=phrase("Look at the number once more."),
        )
    with Register(AT_THE_DESK) as register:
        entry = register.find(number)
    if entry is None:
        raise UserError(
            given=phrase("the number {number}, which the register does not have", number=number),
            needed=phrase("a company's CVR number"),
            remedy=phrase("Look at the number once more."),
        )
    change = write_entry(entry=entry, by=by, make=True)
    if change is None:
        raise UserError(given=number, needed=phrase("a company"), remedy=phrase("Try again."))
    return change


def start_refresh(*, by: User | None, path: Path | None = None, now: bool = False) -> CvrRefresh:
    """Have all companies refreshed, in the background unless ``now``; from ``path`` if given.

    Raises
    ------
    UserError
        When no file is given and the register is not set up, or another refresh is under way.
    """
    from pejl_hub.sources.cvr.jobs import refresh_companies

    if path is None:
        with Register():
            pass
    _refuse_second()
    with transaction.atomic():
        run = CvrRefresh.objects.create(**_file(path), by=by, who=name_of(by))
        record(by=by, action="refresh_all_from_cvr", obj=run, details={"file": run.file_name})
        if not now:
            put_in_queue(refresh_companies, run_id=run.pk)
    return run


def resume(*, run: CvrRefresh, by: User | None, now: bool = False) -> None:
    """Let a refresh that stopped go on from where it came to."""
    from pejl_hub.sources.cvr.jobs import refresh_companies

    _refuse_second()
    with transaction.atomic():
        again = CvrRefresh.objects.filter(pk=run.pk, state=RefreshState.FAILED)
        if not again.update(state=RefreshState.WAITING, finished_at=None, error=None, told=None):
            raise UserError(
                given=phrase(
                    "refresh {number}, which has not stopped before its end", number=run.pk
                ),
                needed=phrase("a refresh that stopped before its end"),
                remedy=phrase("Start a new one."),
            )
        record(by=by, action="resume_cvr_refresh", obj=run)
        if not now:
            put_in_queue(refresh_companies, run_id=run.pk)
    run.refresh_from_db()


def carry_out(run: CvrRefresh, say: Say = lambda run: None) -> CvrRefresh:
    """Do what is left of the refresh; raises what stopped it, after writing it down."""
    _move(run, state=RefreshState.RUNNING, companies=Company.objects.count())
    try:
        for batch in _from_file(run) if run.path else _from_register(run):
            _write(run, batch)
            say(run)
    except UserError as refusal:
        _stop(run, refusal)
        raise
    except Exception:
        _stop(run, phrase("Pejl could not go on. What was reached is kept."))
        raise
    _move(run, state=RefreshState.DONE, finished_at=timezone.now())
    return run


@dataclass
class _Batch:
    """What was heard at one time, and how far that brings the refresh."""

    reached: str
    asked: int = 0
    entries: list[Entry] = field(default_factory=list)
    unreadable: int = 0


def _from_register(run: CvrRefresh) -> Iterator[_Batch]:
    with Register() as register:
        for number, cvrs in enumerate(_numbers(after=run.reached)):
            if number:
                time.sleep(PAUSE_SECONDS)
            batch = _Batch(reached=cvrs[-1], asked=len(cvrs))
            for page in register.many(cvrs):
                batch.entries.extend(page.entries)
                batch.unreadable += len(page.strange)
            yield batch


def _numbers(after: str) -> Iterator[list[str]]:
    while True:
        later = Company.objects.filter(cvr__gt=after).order_by("cvr")
        cvrs = list(later.values_list("cvr", flat=True)[:BATCH])
        if not cvrs:
            return
        yield cvrs
        after = cvrs[-1]


def _from_file(run: CvrRefresh) -> Iterator[_Batch]:
    path = Path(run.path or "")
    if not path.is_file() or file_sha256(path) != run.file_sha256:
        raise UserError(
            given=phrase("{name}, which is gone or has changed since", name=run.file_name),
            needed=phrase("the file that the refresh began with"),
            remedy=phrase("Start a new refresh from the file."),
        )
    done = int(run.reached or 0)
    found = iter(bulkfile.entries(path))
    for _ in islice(found, done):
        pass
    while part := list(islice(found, BATCH)):
        done += len(part)
        yield _batch_of(part, done)


def _batch_of(part: Iterable[Entry | NotAnEntry], done: int) -> _Batch:
    batch = _Batch(reached=str(done))
    for one in part:
        if isinstance(one, Entry):
            batch.entries.append(one)
        else:
            batch.unreadable += 1
    batch.asked = len(batch.entries)
    return batch


def _write(run: CvrRefresh, batch: _Batch) -> None:
    """A batch and how far it brings the refresh stand or fall together."""
    with transaction.atomic():
        changes = [write_entry(entry=one, by=run.by, make=False) for one in batch.entries]
        known = [change for change in changes if change is not None]
        moved = [change for change in known if change.facts]
        room = SHOWN - len(run.changes)
        _move(
            run,
            reached=batch.reached,
            looked_up=run.looked_up + len(known),
            changed=run.changed + len(moved),
            strangers=run.strangers + len(changes) - len(known),
            unreadable=run.unreadable + batch.unreadable,
            absent=run.absent + max(batch.asked - len(batch.entries) - batch.unreadable, 0),
            changes=[*run.changes, *(_told(change) for change in moved[: max(room, 0)])],
        )


def _told(change: Change) -> dict[str, object]:
    facts = [[name, _text(old), _text(new)] for name, (old, new) in change.facts.items()]
    return {"cvr": change.company.cvr, "name": change.company.name, "facts": facts}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _move(run: CvrRefresh, **values: object) -> None:
    values["heard_at"] = timezone.now()
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=list(values))


def _stop(run: CvrRefresh, problem: UserError | Phrase) -> None:
    run.refresh_from_db()
    _move(run, state=RefreshState.FAILED, finished_at=timezone.now(), **stopped_by(problem))


def is_silent(run: CvrRefresh) -> bool:
    """Whether a running refresh has said nothing for so long that its process must be gone."""
    limit = timezone.now() - timedelta(seconds=SILENT_AFTER_SECONDS)
    return run.state == RefreshState.RUNNING and run.heard_at is not None and run.heard_at < limit


def stop_silent(run: CvrRefresh) -> None:
    """Say of a refresh whose process is gone that it has stopped."""
    _stop(run, phrase("The process that did it is gone. What was reached is kept."))


def _refuse_second() -> None:
    for run in CvrRefresh.objects.filter(state=RefreshState.RUNNING):
        if is_silent(run):
            stop_silent(run)
    underway = (RefreshState.WAITING, RefreshState.RUNNING)
    if other := CvrRefresh.objects.filter(state__in=underway).first():
        raise UserError(
            given=phrase("refresh {number}, which is still under way", number=other.pk),
            needed=phrase("one refresh at a time: the register is everybody's"),
            remedy=phrase("Wait until it has ended."),
        )


def _file(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    if not path.is_file():
        raise UserError(
            given=phrase("{path}, which is no file", path=path),
            needed=phrase("a file of the register's hits"),
            remedy=phrase("Check the path."),
        )
    return {"path": str(path.resolve()), "file_name": path.name, "file_sha256": file_sha256(path)}
