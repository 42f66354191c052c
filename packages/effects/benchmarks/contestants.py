"""One contestant, run as a process of its own: python contestants.py NAME PANEL.parquet

Each reads the panel from Parquet and estimates every group-time effect (never guided as controls,
as all of them can), then the event-study average, with analytic standard errors. Prints one line
of JSON: the seconds it worked (without starting Python) and its average.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")


def _pandas(path: Path) -> Any:
    import pandas as pd

    return pd.read_parquet(path, columns=["firm", "period", "cohort", "y"])


def scan(path: Path) -> float:
    """Plain DuckDB: read every column and add it up."""
    import duckdb

    sql = (
        "SELECT sum(y), sum(y * y), count(*), sum(firm), sum(period), sum(cohort), sum(stratum) "
        f"FROM '{path}'"
    )
    return float(duckdb.execute(sql).fetchone()[0])


def _one_pass(path: Path, stratum: str) -> float:
    import duckdb

    from pejl_effects.cube.effects import cube_effects
    from pejl_effects.cube.sql import CubeSource, cube_from, on_duckdb
    from pejl_effects.estimators.aggregate import by_event_time
    from pejl_effects.estimators.group_time import Plan

    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW panel AS SELECT *, 0 AS whole FROM '{path}'")
        periods = connection.execute("SELECT DISTINCT period FROM panel ORDER BY 1").fetchall()
        source = CubeSource("panel", tuple(int(p[0]) for p in periods), stratum=stratum)
        cube = cube_from(source, on_duckdb(connection))
    found = by_event_time(cube_effects(cube, Plan(controls="never", base="varying")))
    found.overall.standard_errors  # noqa: B018 - the errors are part of the work
    return float(found.overall.values[0])


def pejl(path: Path) -> float:
    """pejl-effects, one pass, without strata: the same numbers as the others."""
    return _one_pass(path, "whole")


def pejl_strata(path: Path) -> float:
    """pejl-effects, one pass, inside 32 strata: what it does by default."""
    return _one_pass(path, "stratum")


def csdid(path: Path) -> float:
    """csdid: ATTgt."""
    from csdid.att_gt import ATTgt

    found = ATTgt(
        yname="y", tname="period", idname="firm", gname="cohort", data=_pandas(path),
        control_group=["nevertreated"],
    ).fit(est_method="reg", bstrap=False)  # fmt: skip
    found.aggte(typec="dynamic", bstrap=False, cband=False)
    return float(found.atte["overall_att"])


def differences(path: Path) -> float:
    """differences: ATTgt."""
    import numpy as np
    from differences import ATTgt

    rows = _pandas(path)
    rows["cohort"] = rows["cohort"].astype(float).replace(0.0, np.nan)
    found = ATTgt(data=rows.set_index(["firm", "period"]), cohort_column="cohort")
    found.fit("y", est_method="reg", progress_bar=False)
    return float(found.aggregate("event", overall=True).iloc[0, 0])


def diff_diff(path: Path) -> float:
    """diff-diff: CallawaySantAnna."""
    from diff_diff import CallawaySantAnna

    found = CallawaySantAnna(control_group="never_treated", estimation_method="reg").fit(
        _pandas(path), outcome="y", unit="firm", time="period", first_treat="cohort",
        aggregate="event_study",
    )  # fmt: skip
    effects = found.event_study_effects
    after = [v["effect"] for k, v in effects.items() if k >= 0]
    return float(sum(after) / len(after))


def moderndid(path: Path) -> float:
    """moderndid: att_gt and aggte."""
    import polars as pl
    from moderndid import aggte, att_gt

    rows = pl.read_parquet(path, columns=["firm", "period", "cohort", "y"])
    found = att_gt(
        rows, yname="y", tname="period", idname="firm", gname="cohort", est_method="reg",
        boot=False, cband=False,
    )  # fmt: skip
    return float(aggte(found, type="dynamic", boot=False, cband=False).overall_att)


def pyfixest(path: Path) -> float:
    """pyfixest: a saturated event study (Sun & Abraham), its own group-time estimator."""
    import pyfixest as pf

    fit = pf.event_study(
        data=_pandas(path), yname="y", idname="firm", tname="period", gname="cohort",
        estimator="saturated", att=False,
    )  # fmt: skip
    found = fit.aggregate(weighting="shares")
    after = found[found.index.astype(float) >= 0]["Estimate"]
    return float(after.mean())


def match(path: Path) -> float:
    """pejl-effects: 1:3 nearest neighbours inside strata, one cohort among all controls."""
    import duckdb
    import numpy as np

    from pejl_effects.estimators import ESTIMATORS, comparison
    from pejl_effects.groups.rule import MatchRule

    wide = duckdb.execute(
        "SELECT max(guided) AS guided, max(stratum) AS stratum, max(x) AS x, max(z) AS z, "
        "max(CASE WHEN period = 2017 THEN y END) AS before, "
        f"max(CASE WHEN period = 2020 THEN y END) AS after FROM '{path}' GROUP BY firm"
    ).fetchnumpy()
    data = comparison(
        np.asarray(wide["guided"]) == 1,
        np.asarray(wide["after"]) - np.asarray(wide["before"]),
        np.column_stack([wide["x"], wide["z"], wide["before"]]),
        np.asarray(wide["stratum"]),
        rule=MatchRule(k=3, caliper=0.2),
    )
    return ESTIMATORS["matched"](data).estimate


CONTESTANTS: dict[str, Callable[[Path], float]] = {
    "scan": scan,
    "pejl": pejl,
    "pejl_strata": pejl_strata,
    "diff_diff": diff_diff,
    "pyfixest": pyfixest,
    "differences": differences,
    "csdid": csdid,
    "moderndid": moderndid,
    "match": match,
}


def main() -> None:
    """Run one and say how long it took."""
    name, path = sys.argv[1], Path(sys.argv[2])
    begun = time.perf_counter()
    value = CONTESTANTS[name](path)
    print(json.dumps({"seconds": time.perf_counter() - begun, "value": value}))


if __name__ == "__main__":
    main()
