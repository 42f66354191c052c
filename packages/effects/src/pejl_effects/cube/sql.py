"""The moment cube as one SQL text that DuckDB and Spark both run."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pejl_effects.arrays import Floats, Objects
from pejl_effects.cube.moments import Cube, check_width, seen_in
from pejl_effects.errors import EffectError

Columns = dict[str, Objects]
Run = Callable[[str], Columns]
"""Runs one SELECT and gives its columns as arrays."""


@dataclass(frozen=True)
class CubeSource:
    """A table with one row for each firm and period, and the names of its columns.

    outcome may be an expression such as ``ln(turnover)``; the other names are plain.
    cluster and covariates must not change over time within a firm.
    """

    table: str
    periods: tuple[int, ...]
    outcome: str = "y"
    firm: str = "firm"
    period: str = "period"
    cohort: str = "cohort"
    stratum: str = "stratum"
    cluster: str | None = None
    covariates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        plain = [self.table, self.firm, self.period, self.cohort, self.stratum]
        for name in (*plain, *self.covariates, *([self.cluster] if self.cluster else [])):
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
                raise EffectError(
                    given=f'the column name "{name}"',
                    needed="letters a-z, digits and _",
                    remedy="Rename the column.",
                )
        check_width(len(self.periods) + len(self.covariates))


def _wide(source: CubeSource, centre: Floats) -> str:
    """One row per firm: keys and Z minus the centre, null where missing.

    ``max`` picks the single value of a firm and period; it is the same on every engine,
    while ``any_value`` need not be.
    """
    picks = [
        f"max(CASE WHEN {source.period} = {p} THEN {source.outcome} END) AS w{i}"
        for i, p in enumerate(source.periods)
    ]
    shift = len(picks)
    picks += [f"max({c}) AS w{shift + i}" for i, c in enumerate(source.covariates)]
    cluster = f"max({source.cluster})" if source.cluster else "0"
    inner = (
        f"SELECT {source.firm}, max({source.cohort}) AS cohort, max({source.stratum}) AS stratum, "
        f"{cluster} AS cluster, {', '.join(picks)} FROM {source.table} GROUP BY {source.firm}"
    )
    z = ", ".join(f"w{i} - ({c!r}) AS z{i}" for i, c in enumerate(centre.tolist()))
    return f"SELECT cohort, stratum, cluster, {z} FROM ({inner}) AS firms"


def cube_sql(source: CubeSource, centre: Floats) -> str:
    """The whole SELECT: firms to cells, with the pattern of missing parts in the key."""
    d = len(source.periods) + len(source.covariates)
    bits = " + ".join(f"CASE WHEN z{i} IS NULL THEN {1 << i} ELSE 0 END" for i in range(d))
    sums = [f"sum(coalesce(z{i}, 0)) AS s{i}" for i in range(d)]
    sums += [f"sum(coalesce(z{i} * z{j}, 0)) AS q{i}_{j}" for i in range(d) for j in range(i, d)]
    return (
        f"SELECT cohort, stratum, cluster, pattern, count(*) AS n, {', '.join(sums)} "
        f"FROM (SELECT *, CAST({bits} AS BIGINT) AS pattern FROM ({_wide(source, centre)}) AS z) "
        "AS keyed GROUP BY cohort, stratum, cluster, pattern "
        "ORDER BY cohort, stratum, cluster, pattern"
    )


def centre_sql(source: CubeSource) -> str:
    """Means of the outcome and the covariates, to centre on before squaring."""
    means = [f"avg({source.outcome}) AS m"]
    means += [f"avg({c}) AS m{i}" for i, c in enumerate(source.covariates)]
    return f"SELECT {', '.join(means)} FROM {source.table}"


def cube_from(source: CubeSource, run: Run) -> Cube:
    """Build the cube with whichever engine ``run`` stands for: one scan for the centre, one
    for the sums."""
    means = run(centre_sql(source))
    outcome = float(means["m"][0])
    others = [float(means[f"m{i}"][0]) for i in range(len(source.covariates))]
    centre = np.array([outcome] * len(source.periods) + others)
    return _cube(source, centre, run(cube_sql(source, centre)))


def _cube(source: CubeSource, centre: Floats, rows: Columns) -> Cube:
    d = centre.size
    products = np.empty((rows["n"].size, d, d))
    for i in range(d):
        for j in range(i, d):
            products[:, i, j] = products[:, j, i] = rows[f"q{i}_{j}"]
    return Cube(
        np.asarray(rows["cohort"], dtype=np.int64),
        np.asarray(rows["stratum"], dtype=np.int64),
        np.asarray(rows["cluster"], dtype=np.int64),
        seen_in(np.asarray(rows["pattern"], dtype=np.int64), d),
        np.asarray(rows["n"], dtype=np.float64),
        np.column_stack([rows[f"s{i}"] for i in range(d)]).astype(np.float64),
        products,
        centre,
        np.array(source.periods),
    )


def on_duckdb(connection: Any) -> Run:
    """Runs SQL on a DuckDB connection."""

    def run(sql: str) -> Columns:
        found = connection.execute(sql).fetchnumpy()
        return {name: np.asarray(column) for name, column in found.items()}

    return run


def on_spark(session: Any) -> Run:
    """Runs the same SQL on a Spark session (the optional extra ``spark``)."""

    def run(sql: str) -> Columns:
        table = session.sql(sql).toArrow()
        return {name: table[name].to_numpy() for name in table.column_names}

    return run
