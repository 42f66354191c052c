"""Draw small tables of records, and contracts around one measure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa

from pejl.base.periods import Period
from pejl.contract.goal import (
    Contract,
    Goal,
    Interpretation,
    Municipality,
    SizeBand,
    Target,
    TargetValue,
    Territory,
)
from pejl.indicators.result import Figure
from pejl.snapshot.store import Snapshot, write_snapshot
from pejl.snapshot.tables import DAY, FLAG, MONEY, NUMBER, TABLES, WHOLE

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
BANDS = (
    SizeBand("0", 0, 0, {}),
    SizeBand("1-4", 1, 4, {}),
    SizeBand("5-9", 5, 9, {}),
    SizeBand("10+", 10, None, {}),
)
READ: Mapping[pa.DataType, Callable[[str], object]] = {
    DAY: date.fromisoformat,
    WHOLE: int,
    NUMBER: float,
    MONEY: Decimal,
    FLAG: {"yes": True, "no": False}.__getitem__,
}


def snapshot(folder: Path, as_of: date = YEAR.end, **drawings: str) -> Snapshot:
    """A snapshot of drawn tables: a line of column names, then a line per record.

    An empty cell, and a column not drawn, is a missing fact; ``id`` is the line's number unless
    it is drawn.
    """
    return written(folder, {name: read(name, text) for name, text in drawings.items()}, as_of)


def written(
    folder: Path, records: Mapping[str, Sequence[Mapping[str, Any]]], as_of: date = YEAR.end
) -> Snapshot:
    """A snapshot of records given as mappings."""
    return write_snapshot(
        folder,
        as_of=as_of,
        known_at=datetime(2025, 1, 2, 8, 0, tzinfo=UTC),
        revision="1",
        contract_sha256="0" * 64,
        tables={
            name: pa.Table.from_pylist(list(rows), schema=TABLES[name].schema).to_reader()
            for name, rows in records.items()
        },
    )


def read(name: str, drawing: str) -> list[dict[str, Any]]:
    """The records of a drawing, typed as the table says."""
    header, *lines = [_split(line) for line in drawing.strip().splitlines()]
    types = {column.name: column.type for column in TABLES[name].columns}
    return [
        {"id": number} | {c: _typed(types[c], t) for c, t in zip(header, line, strict=True)}
        for number, line in enumerate(lines, start=1)
    ]


def contract(*goals: Goal, interpretations: Sequence[Interpretation] = ()) -> Contract:
    """A contract for 2024 of a hub with two municipalities, 101 and 147."""
    return Contract(
        id="drawn-2024",
        hub="drawn",
        hub_name="The drawn hub",
        title={"en": "Drawn contract"},
        period=YEAR,
        source_file="",
        source_sha256="",
        sha256="0" * 64,
        clauses={},
        goals={goal.id: goal for goal in goals},
        interpretations=interpretations,
        duties=(),
        orphans={},
        amendments=(),
        territory=Territory({date(2019, 1, 1): ("101", "147")}),
        municipalities={c: Municipality(c, c, "1") for c in ("101", "147", "265")},
        segments={"pre_starter": {}, "entrepreneur": {}, "growth": {}, "operating": {}},
        size_bands=BANDS,
    )


def goal(
    measure: Mapping[str, Any],
    *,
    id: str = "goal",
    by: Sequence[str] = (),
    target: int | None = None,
    op: str = ">=",
    unit: str = "guidance",
) -> Goal:
    """A goal with the measure and, if given, a target agreed from the first day."""
    aims = {YEAR.start: TargetValue(clause="K1", value=Decimal(target or 0))}
    return Goal(
        id=id,
        label={"en": id},
        clause="K1",
        measured_by="hub",
        unit=unit,
        status={YEAR.start: "agreed"},
        measure=measure,
        definition={"en": ""},
        target=None if target is None else Target(op, aims),
        breakdowns=tuple(by),
    )


def values(figures: Mapping[str, Figure]) -> dict[str, Fraction | None]:
    """The figures' values alone."""
    return {key: figure.value for key, figure in figures.items()}


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _typed(kind: pa.DataType, text: str) -> object:
    return None if text == "" else READ.get(kind, str)(text)
