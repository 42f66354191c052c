"""From a sheet to records, a batch at a time: read, check, compare, resolve, write."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any, Protocol

from django.db import models

from pejl_hub.companies.tombstones import erased_numbers
from pejl_hub.sources import bulk, reasons
from pejl_hub.sources.kinds import Context, FileKind, Reference, Row, unknown
from pejl_hub.sources.parsing import Parser
from pejl_hub.sources.reading.sheet import Line, Place, Sheet
from pejl_hub.sources.reasons import Reason
from pejl_hub.sources.result import Counts

BATCH = 2_000


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Listener(Protocol):
    """Is told what became of the rows."""

    def passed(self, lines: Sequence[Line], outcome: Outcome) -> None:
        """Rows that were created, updated or unchanged."""

    def refused(self, line: Line, faults: Sequence[Reason]) -> None:
        """A row that was rejected, and why."""


class Seen:
    """The ids of one kind of file that were met unchanged; on disk, for there may be millions."""

    def __init__(self) -> None:
        # An empty name is a private database that SQLite moves to disk when it grows.
        self._ids = sqlite3.connect("", isolation_level=None)
        self._ids.execute("CREATE TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, ids: Iterable[str]) -> None:
        """Remember ids."""
        self._ids.executemany("INSERT OR IGNORE INTO seen VALUES (?)", ((i,) for i in ids))

    def __contains__(self, source_id: str) -> bool:
        found = self._ids.execute("SELECT 1 FROM seen WHERE id = ?", (source_id,))
        return found.fetchone() is not None

    def close(self) -> None:
        """Let the ids go."""
        self._ids.close()


class Pipeline:
    """Imports one sheet within the caller's transaction."""

    def __init__(
        self,
        *,
        sheet: Sheet,
        kind: FileKind,
        context: Context,
        counts: Counts,
        seen: Seen,
        listener: Listener,
    ) -> None:
        self.sheet, self.kind, self.context = sheet, kind, context
        self.counts, self.seen, self.listener = counts, seen, listener
        self.parser = Parser(sheet, kind, context)
        self._plain = [place.column.name for place in self.parser.places if place.column.stored]
        self._references = [r for r in kind.references if r.column in self.parser.heading]

    def run(self) -> Iterator[int]:
        """Import the sheet; after each batch says how far the reading has come."""
        place = Place()
        lines = self.sheet.rows(place)
        while batch := list(islice(lines, BATCH)):
            self._take(batch)
            yield place.done

    def _take(self, batch: list[Line]) -> None:
        rows = self._not_erased([row for line in batch if (row := self._parsed(line))])
        here = self._there(self.kind.model, {row.source_id for row in rows})
        former = self._former({row.source_id for row in rows} - set(here))
        there = former | here
        rows = self._resolved(self._differing(rows, there))
        new, changed = self._sorted(rows, there)
        new = self._not_taken(new)
        self._write(new, [row for row in changed if row.source_id in here])
        self._learn([row for row in changed if row.source_id in former])

    def _parsed(self, line: Line) -> Row | None:
        row = self.parser.parse(line)
        if isinstance(row, Row):
            return row
        self._refuse(line, row)
        return None

    def _not_erased(self, rows: list[Row]) -> list[Row]:
        """Without the rows of people who were erased: nothing of them is read in again."""
        if not self.kind.former:
            return rows
        gone = erased_numbers(self.context.source, {row.source_id for row in rows})
        left_out = [row for row in rows if row.source_id in gone]
        self._pass(left_out, Outcome.UNCHANGED)
        self.counts.erased += len(left_out)
        return [row for row in rows if row.source_id not in gone]

    def _there(self, model: type[models.Model], ids: set[str]) -> dict[str, tuple[Any, ...]]:
        """For each id that is on record: the record's number, hash and last import."""
        columns = ("id", "source_hash", "import_run_id")
        return bulk.by_source_id(model, self.context.source, ids, columns)

    def _former(self, ids: set[str]) -> dict[str, tuple[Any, ...]]:
        """The same for ids whose records were merged away: they are not made anew."""
        return self._there(self.kind.former, ids) if self.kind.former else {}

    def _differing(self, rows: list[Row], there: dict[str, tuple[Any, ...]]) -> list[Row]:
        """Without the rows that are on record exactly so."""
        same = [r for r in rows if r.source_id in there and there[r.source_id][1] == r.digest]
        self._pass(same, Outcome.UNCHANGED)
        self.seen.add(row.source_id for row in same)
        unchanged = {id(row) for row in same}
        return [row for row in rows if id(row) not in unchanged]

    def _resolved(self, rows: list[Row]) -> list[Row]:
        """With the columns of each reference; a row that points to nothing is refused."""
        faults: dict[int, list[Reason]] = {}
        for reference in self._references:
            self._resolve(reference, rows, faults)
        for row in rows:
            if id(row) in faults:
                self._refuse(row.line, faults[id(row)])
        return [row for row in rows if id(row) not in faults]

    def _resolve(
        self, reference: Reference, rows: list[Row], faults: dict[int, list[Reason]]
    ) -> None:
        name, writes = reference.column, reference.writes
        found = reference.find(
            self.context, {value for row in rows if (value := row.values[name]) is not None}
        )
        nothing = (None,) * len(writes)
        for row in rows:
            given = row.values[name]
            values = nothing if given is None else found.get(given)
            if values is None:
                fault = unknown(reference, self.parser.heading[name], given)
                faults.setdefault(id(row), []).append(fault)
            else:
                row.stored.update(zip(writes, values, strict=True))

    def _sorted(
        self, rows: list[Row], there: dict[str, tuple[Any, ...]]
    ) -> tuple[list[Row], list[Row]]:
        """The rows to insert and the rows to update; each id once in a file."""
        taken: dict[str, Row] = {}
        new, changed = [], []
        for row in rows:
            if first := taken.get(row.source_id):
                self._repeated(row, same=first.digest == row.digest)
            elif row.source_id not in there:
                taken[row.source_id] = row
                new.append(row)
            elif self._written(there[row.source_id]) or row.source_id in self.seen:
                self._repeated(row, same=False)
            else:
                taken[row.source_id] = row
                row.pk = there[row.source_id][0]
                changed.append(row)
        return new, changed

    def _written(self, record: tuple[Any, ...]) -> bool:
        """Whether a row of this import wrote the record, and not one that only told of it."""
        return bool(record[2] == self.context.run.pk and record[0] not in self.context.learnt)

    def _repeated(self, row: Row, *, same: bool) -> None:
        """An id that stood higher up: exported twice, or two rows that claim one number."""
        if same:
            self._pass([row], Outcome.UNCHANGED)
        else:
            headings = "/".join(self.parser.heading[name] for name in self.kind.key)
            self._refuse(row.line, [Reason(headings, row.source_id, reasons.SAME_ID)])

    def _not_taken(self, rows: list[Row]) -> list[Row]:
        """Without rows whose natural key another record holds, typed here or from elsewhere."""
        natural = self.kind.natural
        if not natural or not rows:
            return rows
        first = natural[0]
        held = set(
            self.kind.model._default_manager.filter(
                **{f"{first}__in": {row.values[first] for row in rows}}
            ).values_list(*natural)
        )
        free = [row for row in rows if self._natural(row) not in held]
        for row in rows:
            if self._natural(row) in held:
                headings = "/".join(self.parser.heading[name] for name in natural)
                self._refuse(row.line, [Reason(headings, row.source_id, reasons.NOT_THERE_YET)])
        return free

    def _natural(self, row: Row) -> tuple[Any, ...]:
        return tuple(row.values[name] for name in self.kind.natural)

    def _write(self, new: list[Row], changed: list[Row]) -> None:
        both = [*new, *changed]
        if self.kind.before and both:
            self.kind.before(self.context, both)
        columns = self._columns()
        run, source, model = self.context.run.pk, self.context.source, self.kind.model
        bulk.insert(
            model,
            (*columns, "source_hash", "import_run_id", "source", "source_id"),
            [(*self._stored(r, columns), r.digest, run, source, r.source_id) for r in new],
        )
        self._change(model, columns, changed)
        if self.kind.after and both:
            self.kind.after(self.context, both)
        self._pass(new, Outcome.CREATED)
        self._pass(changed, Outcome.UPDATED)

    def _learn(self, rows: list[Row]) -> None:
        """Rows of records that were merged away: whoever took over learns of them."""
        if rows and self.kind.learn:
            self.kind.learn(self.context, rows)
        self._pass(rows, Outcome.UPDATED)

    def _change(self, model: type[models.Model], columns: list[str], rows: list[Row]) -> None:
        before = bulk.whole_rows(model, [row.pk for row in rows if row.pk])
        bulk.remember(model, self.context.run, before.values())
        self.context.learnt.difference_update(before)
        for row in rows:
            self._keep_frozen(row, before[row.pk or 0])
        bulk.update(
            model,
            (*columns, "source_hash", "import_run_id", "edited_at"),
            [(*self._stored(r, columns), r.digest, self.context.run.pk, None, r.pk) for r in rows],
        )

    def _keep_frozen(self, row: Row, before: dict[str, Any]) -> None:
        if all(row.stored.get(name) is None for name in self.kind.sticky):
            kept = {name: bulk.as_stored(before[name]) for name in self.kind.sticky}
            row.stored.update(kept)
        same_client = all(row.stored.get(c) == before.get(c) for c in ("company_id", "person_id"))
        if self.kind.frozen and same_client:
            row.stored.update({name: before[name] for name in self.kind.frozen})

    def _columns(self) -> list[str]:
        referred = [column for reference in self._references for column in reference.writes]
        return [*self._plain, *referred, *self.kind.also]

    def _stored(self, row: Row, columns: list[str]) -> list[Any]:
        stored = row.values | row.stored
        return [stored[column] for column in columns]

    def _pass(self, rows: Sequence[Row], outcome: Outcome) -> None:
        self.counts.rows += len(rows)
        setattr(self.counts, outcome, getattr(self.counts, outcome) + len(rows))
        self.listener.passed([row.line for row in rows], outcome)

    def _refuse(self, line: Line, faults: Sequence[Reason]) -> None:
        self.counts.rows += 1
        self.counts.rejected += 1
        heading = faults[0].heading
        self.counts.reasons[heading] = self.counts.reasons.get(heading, 0) + 1
        self.listener.refused(line, faults)
