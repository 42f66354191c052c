"""Firms in rows and periods in columns: what every window is summed from."""

from dataclasses import dataclass

import duckdb
import numpy as np

from pejl_effects.arrays import Floats, Ints
from pejl_effects.design.model import Design
from pejl_effects.errors import EffectError
from pejl_effects.panel.checks import check_panel
from pejl_effects.panel.ledger import Ledger
from pejl_effects.panel.rules import apply_rules
from pejl_effects.panel.source import (
    Connection,
    needed,
    open_guided,
    open_mergers,
    open_panel,
    quoted,
)


@dataclass(frozen=True)
class Panel:
    """A panel in memory.

    first : number of the first period (year, or year * 12 + month - 1); T periods follow.
    numbers : column -> (n, T) float, nan where missing.
    attributes : column -> (n, T) integer code, -1 where missing. labels : column -> names.
    started, ended : (n,) period of the first guidance, 0 where there was none.
    """

    first: int
    numbers: dict[str, Floats]
    attributes: dict[str, Ints]
    labels: dict[str, list[str]]
    started: Ints
    ended: Ints
    ledger: Ledger

    @property
    def n(self) -> int:
        """Number of firms."""
        return int(self.started.size)

    @property
    def periods(self) -> int:
        """Number of periods."""
        return int(next(iter(self.numbers.values())).shape[1])


def read_panel(design: Design) -> Panel:
    """Open, check, apply the rules, and lay the panel out.

    Holds n * T * 8 bytes for each column: a million firms over ten years and three columns
    take 240 MB.

    Raises
    ------
    EffectError
        When a file or a column is missing, or a check fails.
    """
    ledger = Ledger()
    with duckdb.connect() as connection:
        open_panel(connection, design)
        open_guided(connection, design)
        open_mergers(connection, design)
        check_panel(connection, design)
        apply_rules(connection, design, ledger)
        return _laid_out(connection, design, ledger)


def _laid_out(connection: Connection, design: Design, ledger: Ledger) -> Panel:
    connection.execute(
        "CREATE TABLE firms AS SELECT firm, row_number() OVER (ORDER BY firm) - 1 AS row "
        "FROM (SELECT DISTINCT firm FROM panel)"
    )
    keys = connection.execute(
        "SELECT f.row AS row, p.period AS period FROM panel p JOIN firms f USING (firm) "
        "ORDER BY f.row, p.period"
    ).fetchnumpy()
    row, period = np.asarray(keys["row"]), np.asarray(keys["period"])
    first, last = int(period.min()), int(period.max())
    if last - first > 1200:
        raise EffectError(
            f"periods from {first} to {last}",
            "at most a hundred years of months",
            "Check the period column and data.frequency.",
        )
    shape = (int(row.max()) + 1, last - first + 1)
    place = (row, period - first)
    wanted = needed(design)
    attributes = {n: _codes(connection, n, shape, place) for n in wanted.attributes}
    dates = _dates(connection, shape[0])
    return Panel(
        first,
        {n: _numbers(connection, n, shape, place) for n in wanted.numbers},
        {n: a.codes for n, a in attributes.items()},
        {n: a.names for n, a in attributes.items()},
        dates.started,
        dates.ended,
        ledger,
    )


def _column(connection: Connection, name: str) -> Floats:
    """One column in the order of rows and periods."""
    sql = (
        f"SELECT {quoted(name)} AS c FROM panel p JOIN firms f USING (firm) "
        "ORDER BY f.row, p.period"
    )
    return np.ma.filled(connection.execute(sql).fetchnumpy()["c"].astype(float), np.nan)


def _numbers(
    connection: Connection, name: str, shape: tuple[int, int], place: tuple[Ints, Ints]
) -> Floats:
    out = np.full(shape, np.nan)
    out[place] = _column(connection, "n_" + name)
    return out


@dataclass(frozen=True)
class _Codes:
    codes: Ints
    names: list[str]


def _codes(
    connection: Connection, name: str, shape: tuple[int, int], place: tuple[Ints, Ints]
) -> _Codes:
    """Names numbered in alphabetical order."""
    column = quoted("a_" + name)
    connection.execute(
        f"CREATE OR REPLACE TABLE names AS SELECT name, row_number() OVER (ORDER BY name) - 1 "
        f"AS code FROM (SELECT DISTINCT {column} AS name FROM panel WHERE {column} IS NOT NULL)"
    )
    connection.execute(
        f"ALTER TABLE panel ADD COLUMN IF NOT EXISTS {quoted('c_' + name)} BIGINT; "
        f"UPDATE panel SET {quoted('c_' + name)} = names.code FROM names "
        f"WHERE panel.{column} = names.name"
    )
    codes = np.full(shape, -1, dtype=np.int64)
    codes[place] = np.nan_to_num(_column(connection, "c_" + name), nan=-1).astype(np.int64)
    rows = connection.execute("SELECT name FROM names ORDER BY code").fetchall()
    return _Codes(codes, [str(r[0]) for r in rows])


@dataclass(frozen=True)
class _Dates:
    started: Ints
    ended: Ints


def _dates(connection: Connection, n: int) -> _Dates:
    """Start and end of guidance by row, 0 for none."""
    rows = connection.execute(
        "SELECT f.row AS row, started, ended FROM guided JOIN firms f USING (firm)"
    ).fetchnumpy()
    started, ended = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    at = np.asarray(rows["row"])
    started[at], ended[at] = rows["started"], rows["ended"]
    return _Dates(started, ended)
