"""What may be asked of a snapshot: small frozen questions that any engine can answer.

A question names tables, conditions and dates; how it is answered is the engine's business. A
kind of goal turns its measure into questions and makes its figure of the answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from pejl.base.periods import Period
from pejl.contract.goal import SizeBand
from pejl.indicators.result import Placed, Rows, Why
from pejl.snapshot.tables import TABLES

OUTSIDE, UNKNOWN = "outside", "unknown"
# The dimensions and the column of a record that decides its cell; month follows the record's date.
DIMENSIONS = {
    "municipality": "municipality",
    "segment": "segment",
    "size": "employees",
    "team": "team",
    "area": "priority_area",
    "adviser": "adviser",
}
# Dimensions whose cells no contract lists: they are the names that the records hold.
OPEN = ("team", "area", "adviser")
OPERATORS = ("=", "in", ">=", ">", "<=", "<", "known", "in_territory")

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """A column compared with a value; a missing fact (null) meets no condition at all."""

    column: str
    op: str  # one of OPERATORS
    value: Any = None


@dataclass(frozen=True)
class Selection:
    """The records of one table that meet every condition, by the date that places them."""

    table: str
    dated_by: str
    where: tuple[Condition, ...] = ()

    def having(self, more: tuple[Condition, ...]) -> "Selection":
        """The same, with further conditions."""
        return replace(self, where=self.where + more)

    def has(self, dimension: str) -> bool:
        """Whether its records can be placed in the cells of a dimension."""
        names = {column.name for column in TABLES[self.table].columns}
        return dimension == "month" or DIMENSIONS[dimension] in names


@dataclass(frozen=True)
class Tally:
    """How many records, or the sum of the column ``add`` over them."""

    of: tuple[Selection, ...]
    add: str | None = None


@dataclass(frozen=True)
class Distinct:
    """How many different keys; with ``new`` only those that had no such record before the period.

    A record without a key is nobody, and is not counted.
    """

    of: tuple[Selection, ...]
    key: str
    new: bool = False


@dataclass(frozen=True)
class Listing:
    """The records themselves, up to a day and by date: for small tables only."""

    of: Selection
    until: date


Countable = Tally | Distinct
Question = Tally | Distinct | Listing


@dataclass(frozen=True)
class Scope:
    """Where and when the questions are asked, and the cells that each dimension has.

    ``only`` keeps the records of one cell of a dimension, e.g. ``{"municipality": "101"}``.
    """

    period: Period
    territory: frozenset[str]
    segments: tuple[str, ...]
    bands: tuple[SizeBand, ...]
    only: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the cells of OPEN ones

    def cells(self, dimension: str) -> list[str]:
        """Every cell of a dimension, those without a record included."""
        match dimension:
            case "month":
                return _months(self.period)
            case "municipality":
                return [*sorted(self.territory), OUTSIDE, UNKNOWN]
            case "segment":
                return [*self.segments, UNKNOWN]
            case "team" | "area" | "adviser":
                return [*self.names.get(dimension, ()), UNKNOWN]
            case _:
                return [*(band.id for band in self.bands), UNKNOWN]


@lru_cache
def _months(period: Period) -> list[str]:
    return period.months()


@dataclass(frozen=True)
class Counts:
    """The answer to a Tally or a Distinct: whole numbers for the total, each cell and each month.

    ``by[dimension]`` has every cell of the dimension; ``cumulative[month]`` counts from the
    period's start to the month's end (or the period's, in its last month).
    """

    total: int
    by: Mapping[str, Mapping[str, int]]
    cumulative: Mapping[str, int]


@dataclass(frozen=True)
class Behind:
    """The records behind a figure and which of them count.

    A record counts when it meets ``having``; with a ``key`` only the first such record of each
    key counts, and with ``new`` only of keys that had no record before the period.
    """

    of: tuple[Selection, ...]
    having: tuple[Condition, ...] = ()
    key: str | None = None
    new: bool = False


@dataclass(frozen=True)
class Page:
    """Which of the rows to return: from ``offset``, at most ``limit`` (None = all)."""

    offset: int = 0
    limit: int | None = None


class Engine(Protocol):
    """Answers questions about one snapshot."""

    def counts(
        self, asked: Mapping[Countable, frozenset[str]], scope: Scope
    ) -> Mapping[Countable, Counts]:
        """Each question's counts, by the dimensions asked of it."""

    def listing(self, asked: Listing, scope: Scope) -> Sequence[Record]:
        """The records, by date and number."""

    def names(self, table: str, column: str) -> Sequence[str]:
        """The different texts in a column of a table, by name; what is missing is none."""

    def daily(self, asked: Countable, scope: Scope) -> Mapping[date, int]:
        """The days with something to count: records per day, or keys first seen that day."""

    def behind(self, asked: Behind, scope: Scope, page: Page) -> Rows:
        """The records with ``counted``, by date and number; ``total`` is before paging."""

    def placed(
        self, asked: Behind, scope: Scope, elsewhere: Mapping[str, tuple[Selection, ...]]
    ) -> Sequence[Placed]:
        """All records of the tables asked about, by where they stand and why.

        ``elsewhere`` names selections to hold those left out against.
        """

    def left_out(self, asked: Behind, scope: Scope, page: Page, why: Why | None) -> Rows:
        """The records that are not behind the figure, with ``reason`` last: a ``Why.key``."""


def row_columns(asked: Behind) -> list[str]:
    """The columns shown for the records of one table, or those that several tables share."""
    tables = [TABLES[name] for name in sorted({s.table for s in asked.of})]
    if len(tables) == 1:
        return [column.name for column in tables[0].columns]
    shared = set.intersection(*({c.name for c in table.columns} for table in tables))
    dates = {selection.dated_by for selection in asked.of}
    columns = [c.name for c in tables[0].columns if c.name in shared - dates]
    return ["table", "date", *columns]
