"""Sends mutants to the rooms, each on top of the one before, and says what did not hold.

The sound files are imported first; after every tenth mutant the database is as it was then.
"""

import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

from django.db import transaction

from pejl.base.errors import UserError
from pejl.contract.shared import load_shared
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.audit.models import AuditEntry
from pejl_hub.events.models import Event
from pejl_hub.sources import imports, population
from pejl_hub.sources.imports import run_import, undo_import
from pejl_hub.sources.mapping import load_mapping
from pejl_hub.sources.models import ImportRun
from tests.attacks.invariants import (
    Stands,
    faults_after_refusal,
    faults_after_taking,
    faults_of_the_database,
    fingerprint,
)
from tests.attacks.mutation import sound
from tests.attacks.mutation.forms import plain_csv
from tests.attacks.mutation.mutant import Mutant, mutant
from tests.attacks.takers import take

CHAIN = 10
# An import that is undone is remembered, and moves the data on; no record differs for it.
REMEMBERED = (
    "audit_auditentry",
    "audit_link",
    "core_datarevision",
    "snapshots_change",
    "sources_importrun",
)


@dataclass
class Tally:
    """What became of the mutants: (room, outcome) → how many, and every fault with its mutant."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def begin(folder: Path) -> None:
    """The users, an event of the hub's own, and the sound export."""
    make_demo_users()
    Event.objects.create(title="Eksport", held_on=date(2024, 3, 6), municipality="101")
    folder.mkdir()
    for name, table in sound.escrm().items():
        (folder / f"{name}.csv").write_bytes(plain_csv(table))
    run_import(path=folder, source="escrm", by=None)


def campaign(numbers: Iterable[int], folder: Path, tally: Tally) -> None:
    """Send each mutant of those numbers. What no mutant changes is read once."""
    with (
        patch.object(imports, "load_mapping", cache(load_mapping)),
        patch.object(imports, "load_shared", cache(load_shared)),
        patch.object(population, "load_shared", cache(load_shared)),
    ):
        first = fingerprint()
        for chain in _chains(numbers):
            with transaction.atomic():
                stands = first
                for number in chain:
                    stands = _send(mutant(number), folder / str(number), tally, stands)
                transaction.set_rollback(True)


def _chains(numbers: Iterable[int]) -> Iterator[list[int]]:
    chain: list[int] = []
    for number in numbers:
        chain.append(number)
        if len(chain) == CHAIN:
            yield chain
            chain = []
    if chain:
        yield chain


def _send(sent: Mutant, folder: Path, tally: Tally, before: Stands) -> Stands:
    """Send it, and note what came of it; gives what then stands in every table."""
    entries = AuditEntry.objects.count()
    try:
        with transaction.atomic():
            outcome = take(sent.room, sent.written(folder))
    except BaseException as error:
        tally.outcomes[sent.room, "traceback"] += 1
        tally.faults.append(f"{sent}: {_where(error)}")
        if isinstance(error, KeyboardInterrupt):
            raise
        return fingerprint()
    tally.outcomes[sent.room, "refused" if outcome.refusal else _how(outcome.result)] += 1
    now = fingerprint()
    faults = list(
        faults_after_refusal(before, now, sent.room)
        if outcome.refusal
        else faults_after_taking(outcome.result, entries, before, now)
    )
    if outcome.result and not faults and sent.number % 4 == 0:
        faults += _undone(outcome.result.run_id, before)
    tally.faults.extend(f"{sent}: {fault}" for fault in faults)
    return now if outcome.refusal else fingerprint()


def _how(result) -> str:
    if result is None:
        return "taken in"
    rejected = sum(counts.rejected for counts in result.files.values())
    return "taken in, some rows refused" if rejected else "taken in, every row"


def _undone(number: int, before: Stands) -> Iterator[str]:
    """An import that is undone leaves every record as it was before it."""
    try:
        undo_import(run=ImportRun.objects.get(pk=number), by=None)
    except UserError as refusal:
        yield f"it cannot be undone: {refusal}"
        return
    now = fingerprint()
    yield from (
        f"it was undone, and {table} is another"
        for table, digest in now.items()
        if before[table] != digest and table not in REMEMBERED
    )
    yield from faults_of_the_database()


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/src/pejl" in frame.filename] or list(frames)
    at = f"{ours[-1].filename.rpartition('/src/')[2]}:{ours[-1].lineno}"
    return f"{type(error).__name__} at {at}: {str(error)[:200]}"
