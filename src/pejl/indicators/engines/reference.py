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
from pejl.indicators.result import LEFT_OUT, Placed, Rows, Why
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
        return Rows([*columns, "counted"], rows, len(records), len(marks))

    def placed(
        self, asked: Behind, scope: Scope, elsewhere: Mapping[str, tuple[Selection, ...]]
    ) -> Sequence[Placed]:
        """All records of the tables asked about, by where they stand and why."""
        groups: dict[tuple[str, Why], list[Record]] = {}
        for record, why in [*self._told(asked, scope), *self._fallen(asked, scope)]:
            groups.setdefault((record["table"], why), []).append(record)
        order = sorted(
            groups, key=lambda g: (g[0], g[1].code, _last(g[1].column), _last(g[1].fact))
        )
        return [
            Placed(
                table,
                why,
                len(groups[table, why]),
                _also(groups[table, why], why, elsewhere, scope),
            )
            for table, why in order
        ]

    def left_out(self, asked: Behind, scope: Scope, page: Page, why: Why | None) -> Rows:
        """The records that are not behind the figure, with their reason."""
        fallen = [one for one in self._fallen(asked, scope) if why in (None, one[1])]
        fallen.sort(key=lambda one: (one[0]["date"] or date.max, one[0]["table"], one[0]["id"]))
        columns = row_columns(asked)
        end = None if page.limit is None else page.offset + page.limit
        rows = [(*(r[c] for c in columns), found.key) for r, found in fallen[page.offset : end]]
        return Rows([*columns, "reason"], rows, len(fallen))

    def _told(self, asked: Behind, scope: Scope) -> Iterator[tuple[Record, Why]]:
        """The rows behind the figure, each with where it stands."""
        found = self.behind(asked, scope, Page())
        for record, row in zip(self._records(asked.of, scope), found.rows, strict=True):
            yield record, Why("counted") if row[-1] else self._why_not(record, asked, scope)

    def _why_not(self, record: Record, asked: Behind, scope: Scope) -> Why:
        if asked.key is not None and record[asked.key] is None:
            return Why("nobody")
        for condition in asked.having:
            if not _meets(record, condition, scope):
                return Why("having", condition.column, _fact(record, condition))
        old = self._seen_before(asked.of, asked.key, scope) if asked.new and asked.key else set()
        return Why("known_before" if asked.key and record[asked.key] in old else "again")

    def _fallen(self, asked: Behind, scope: Scope) -> Iterator[tuple[Record, Why]]:
        """The records in the scope's cells that none of the selections takes."""
        for name in dict.fromkeys(one.table for one in asked.of):
            mine = [one for one in asked.of if one.table == name]
            for row in self._rows(name):
                dated = [row | {"table": name, "date": row[one.dated_by]} for one in mine]
                ways = [_way(r, one, scope) for r, one in zip(dated, mine, strict=True)]
                if any(_in_cells(r, scope) for r in dated) and all(way[1] for way in ways):
                    _, why = max(ways, key=lambda way: way[0])
                    yield dated[0], why or Why("no_date")

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


def _way(record: Record, one: Selection, scope: Scope) -> tuple[int, Why | None]:
    """How many steps into the selection the record comes, and what stops it there, if anything."""
    if record["date"] is None:
        return 0, Why("no_date")
    if record["date"] < scope.period.start:
        return 1, Why("before")
    if record["date"] > scope.period.end:
        return 2, Why("after")
    for passed, condition in enumerate(one.where, start=3):
        if not _meets(record, condition, scope):
            return passed, Why("where", condition.column, _fact(record, condition))
    return 3 + len(one.where), None


def _fact(record: Record, condition: Condition) -> str | None:
    """The record's own word where words are compared, else whether there is anything."""
    value = record[condition.column]
    if value is None:
        return None
    if condition.op not in ("=", "in"):
        return "other"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_cells(record: Record, scope: Scope) -> bool:
    return all(_cell(record, dimension, scope) == cell for dimension, cell in scope.only.items())


def _also(
    records: Sequence[Record],
    why: Why,
    elsewhere: Mapping[str, tuple[Selection, ...]],
    scope: Scope,
) -> dict[str, int]:
    """By other goal how many of the records left out it counts."""
    if why.code not in LEFT_OUT:
        return {}
    counts = {
        goal: sum(
            any(
                one.table == r["table"]
                and _way({**r, "date": r[one.dated_by]}, one, scope)[1] is None
                for one in of
            )
            for r in records
        )
        for goal, of in elsewhere.items()
    }
    return {goal: n for goal, n in counts.items() if n}


def _last(text: str | None) -> tuple[bool, str]:
    """Sorts what is unknown last."""
    return text is None, text or ""


def _cell(record: Record, dimension: str, scope: Scope) -> str:
    if dimension == "month":
        return UNKNOWN if record["date"] is None else month_of(record["date"])
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
