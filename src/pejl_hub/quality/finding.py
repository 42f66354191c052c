"""Runs the checks over a snapshot: how many rows are wrong, in which months, whose, and which."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

import ibis
import pyarrow as pa
from ibis import ir

from pejl.indicators.engines.columnar import SnapshotTables
from pejl.snapshot.store import Snapshot
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import Check
from pejl_hub.quality.registers import counted


@dataclass(frozen=True)
class Part:
    """Rows of one register, month, team and adviser."""

    register: str
    month: str
    team: str | None
    adviser: str | None
    checked: int
    wrong: int


@dataclass(frozen=True)
class Found:
    """What a check found, in parts that add up to all of it."""

    check: Check
    parts: tuple[Part, ...]

    @property
    def checked(self) -> int:
        """How many rows could be told."""
        return sum(part.checked for part in self.parts)

    @property
    def wrong(self) -> int:
        """How many of them are wrong."""
        return sum(part.wrong for part in self.parts)

    @property
    def registers(self) -> dict[str, int]:
        """The wrong rows of each register, those without any left out."""
        return self._by(lambda part: part.register)

    @property
    def owners(self) -> dict[tuple[str, str | None, str | None], int]:
        """The wrong rows by register, team and adviser; unknown ones are None."""
        return self._by(lambda part: (part.register, part.team, part.adviser))

    def month(self, month: str) -> tuple[int, int]:
        """The wrong and the checked rows of a month."""
        own = [part for part in self.parts if part.month == month]
        return sum(part.wrong for part in own), sum(part.checked for part in own)

    def _by(self, key) -> dict:  # type: ignore[no-untyped-def]
        counts: Counter = Counter()
        for part in self.parts:
            counts[key(part)] += part.wrong
        return {name: wrong for name, wrong in counts.most_common() if wrong}


@dataclass(frozen=True)
class WrongRow:
    """A row that is wrong: what a column should have said, and a note, where there are any."""

    right: str | None
    note: str | None


class Finder:
    """Asks a snapshot. Belongs to the thread that made it, as its connection does."""

    def __init__(self, snapshot: Snapshot, asked: Asked) -> None:
        self._tables, self._asked = SnapshotTables(snapshot), asked

    def found(self, check: Check) -> Found:
        """The check over all its registers."""
        parts = [self._parts(check, register) for register in check.registers]
        return Found(check, tuple(reduce(add, parts, [])))

    def rows(self, check: Check, register: str) -> Mapping[int, WrongRow]:
        """The wrong rows of one register, by id."""
        rows = self._marked(check, register)
        found = self._read(rows.filter(rows.wrong).select("id", "right", "note").order_by("id"))
        columns = (found[name].to_pylist() for name in ("id", "right", "note"))
        return {row: WrongRow(right, note) for row, right, note in zip(*columns, strict=True)}

    def _parts(self, check: Check, register: str) -> list[Part]:
        rows = self._marked(check, register)
        by = {"month": rows.day.strftime("%Y-%m"), "team": rows.team, "adviser": rows.adviser}
        sums = {name: rows[name].cast("int64").sum() for name in ("checked", "wrong")}
        found = self._read(rows.group_by(**by).agg(**sums).order_by(list(by)))
        return [Part(register=register, **line) for line in found.to_pylist()]

    def _marked(self, check: Check, register: str) -> ir.Table:
        """The rows in the days asked about; the check itself has seen those before as well."""
        rows = check.mark(counted(self._tables, register), register, self._asked)
        until = self._asked.period.end if check.ahead else self._asked.day
        first = ibis.literal(self._asked.period.start)
        return rows.filter(rows.day.between(first, ibis.literal(until)))

    def _read(self, rows: ir.Table) -> pa.Table:
        return self._tables.backend.to_pyarrow(rows)
