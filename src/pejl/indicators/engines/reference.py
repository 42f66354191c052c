"""The slow engine, to be read as the specification: plain Python over the rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from pejl.base.periods import month_of
from pejl.indicators.expression import (
    DIMENSIONS,
    OUTSIDE,
    UNKNOWN,
    Behind,
    Condition,
    Countable,
    Counts,
    Distinct,
    Listing,
    Page,
    Record,
    Scope,
    Selection,
    row_columns,
)
from pejl.indicators.result import Rows
from pejl.snapshot.store import Snapshot

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda fact, value: fact == value,
    "in": lambda fact, value: fact in value,
    ">=": lambda fact, value: fact >= value,
    ">": lambda fact, value: fact > value,
    "<=": lambda fact, value: fact <= value,
    "<": lambda fact, value: fact < value,
    "known": lambda fact, value: True,
}


class ReferenceEngine:
    """Answers every question by looking at every record."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._rows = cache(lambda name: snapshot.table(name).to_pylist())

    def counts(
        self, asked: Mapping[Countable, frozenset[str]], scope: Scope
    ) -> Mapping[Countable, Counts]:
        """Each question's counts, by the dimensions asked of it."""
        return {question: self._counts(question, by, scope) for question, by in asked.items()}

    def listing(self, asked: Listing, scope: Scope) -> Sequence[Record]:
        """The records up to the day, by date and number."""
        records = [r for r in self._selected(asked.of, scope) if r["date"] <= asked.until]
        return sorted(records, key=lambda r: (r["date"], r["id"]))

    def names(self, table: str, column: str) -> Sequence[str]:
        """The different texts in the column, by name."""
        return sorted({row[column] for row in self._rows(table)} - {None})

    def daily(self, asked: Countable, scope: Scope) -> Mapping[date, int]:
        """Records per day, or keys first seen that day."""
        records = self._countable(asked, scope)
        if isinstance(asked, Distinct):
            records = _first_of_each(records, asked.key)
        days = sorted({r["date"] for r in records})
        return {day: _amount(asked, [r for r in records if r["date"] == day]) for day in days}

    def behind(self, asked: Behind, scope: Scope, page: Page) -> Rows:
        """The records with ``counted``, by date and number."""
        records = self._records(asked.of, scope)
        known = self._seen_before(asked.of, asked.key, scope) if asked.new and asked.key else set()
        counted = [r for r in records if all(_meets(r, c, scope) for c in asked.having)]
        if asked.key is not None:
            counted = _first_of_each(counted, asked.key)
            counted = [r for r in counted if r[asked.key] not in known]
        marks = {id(r) for r in counted}
        columns = row_columns(asked)
        end = None if page.limit is None else page.offset + page.limit
        rows = [
            (*(r[name] for name in columns), id(r) in marks) for r in records[page.offset : end]
        ]
        return Rows([*columns, "counted"], rows, len(records))

    def _counts(self, asked: Countable, by: frozenset[str], scope: Scope) -> Counts:
        records = self._countable(asked, scope)
        return Counts(
            total=_amount(asked, records),
            by={
                dimension: {
                    cell: _amount(asked, [r for r in records if _cell(r, dimension, scope) == cell])
                    for cell in scope.cells(dimension)
                }
                for dimension in by
            },
            cumulative={
                month: _amount(asked, [r for r in records if month_of(r["date"]) <= month])
                for month in scope.period.months()
            },
        )

    def _countable(self, asked: Countable, scope: Scope) -> list[Record]:
        records = self._records(asked.of, scope)
        if isinstance(asked, Distinct) and asked.new:
            known = self._seen_before(asked.of, asked.key, scope)
            return [r for r in records if r[asked.key] not in known]
        return records

    def _records(self, of: Iterable[Selection], scope: Scope) -> list[Record]:
        """The records in the period and in the cells of ``scope.only``, by date and number."""
        records = [
            r
            for selection in of
            for r in self._selected(selection, scope)
            if r["date"] in scope.period
            and all(_cell(r, dimension, scope) == cell for dimension, cell in scope.only.items())
        ]
        return sorted(records, key=lambda r: (r["date"], r["table"], r["id"]))

    def _seen_before(self, of: Iterable[Selection], key: str, scope: Scope) -> set[Any]:
        """The keys with a record before the period, wherever they were then."""
        return {
            r[key]
            for selection in of
            for r in self._selected(selection, scope)
            if r["date"] < scope.period.start
        }

    def _selected(self, selection: Selection, scope: Scope) -> Iterator[Record]:
        """The records with a date that meet every condition, each with its table and date."""
        for row in self._rows(selection.table):
            record = row | {"table": selection.table, "date": row[selection.dated_by]}
            if record["date"] is not None and all(
                _meets(record, condition, scope) for condition in selection.where
            ):
                yield record


def _meets(record: Record, condition: Condition, scope: Scope) -> bool:
    fact = record[condition.column]
    if fact is None:
        return False
    if condition.op == "in_territory":
        return fact in scope.territory
    return COMPARISONS[condition.op](fact, condition.value)


def _cell(record: Record, dimension: str, scope: Scope) -> str:
    if dimension == "month":
        return month_of(record["date"])
    fact = record[DIMENSIONS[dimension]]
    if fact is None:
        return UNKNOWN
    match dimension:
        case "municipality":
            return fact if fact in scope.territory else OUTSIDE
        case "segment":
            return fact if fact in scope.segments else UNKNOWN
        case "team" | "area" | "adviser":
            return str(fact)
        case _:
            return _band(fact, scope)


def _band(employees: int, scope: Scope) -> str:
    for band in scope.bands:
        if employees >= band.low and (band.high is None or employees <= band.high):
            return band.id
    return UNKNOWN


def _amount(asked: Countable, records: Sequence[Record]) -> int:
    if isinstance(asked, Distinct):
        return len({r[asked.key] for r in records} - {None})
    if asked.add is not None:
        return sum(r[asked.add] or 0 for r in records)
    return len(records)


def _first_of_each(records: Sequence[Record], key: str) -> list[Record]:
    first: dict[Any, Record] = {}
    for record in records:
        if record[key] is not None:
            first.setdefault(record[key], record)
    return list(first.values())
