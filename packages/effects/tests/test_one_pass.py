"""The one-pass estimator gives what the firm-by-firm one gives, from group sums alone."""

from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from pejl_effects.cube.effects import cube_effects
from pejl_effects.cube.moments import Cube, cube_of
from pejl_effects.cube.sql import CubeSource, cube_from, on_duckdb
from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.estimators.aggregate import AGGREGATES
from pejl_effects.estimators.group_time import Firms, Plan, group_time
from pejl_effects.simulate.panel import Simulated

SAME = 1e-9
"""Two orders of summation of the same numbers."""


def _without_covariates(firms: Firms) -> Firms:
    return replace(firms, covariates=firms.covariates[:, :, :0])


def _with_gaps(firms: Firms) -> Firms:
    """Every seventh firm misses one year, another one for each."""
    outcome = firms.outcome.copy()
    rows = np.arange(0, firms.n, 7)
    outcome[rows, rows % outcome.shape[1]] = np.nan
    return replace(firms, outcome=outcome)


@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("controls", ["never", "not_yet"])
@pytest.mark.parametrize("gaps", [False, True])
def test_effects_and_covariance_equal_the_firm_by_firm_ones(
    small: Simulated, controls: str, base: str, gaps: bool
) -> None:
    firms = _without_covariates(small.firms)
    firms = _with_gaps(firms) if gaps else firms
    plan = Plan(controls=controls, base=base)  # type: ignore[arg-type]
    one, other = (
        cube_effects(cube_of(firms), plan),
        group_time(firms, ESTIMATORS["stratified"], plan),
    )
    assert one.estimate == pytest.approx(other.estimate, abs=SAME)
    assert one.influence.covariance() == pytest.approx(other.influence.covariance(), abs=SAME)
    for name, aggregate in AGGREGATES.items():
        mine, theirs = aggregate(one).overall, aggregate(other).overall
        assert mine.values == pytest.approx(theirs.values, abs=SAME), name
        assert mine.standard_errors == pytest.approx(theirs.standard_errors, abs=SAME), name
        assert mine.interval().low == pytest.approx(theirs.interval().low, abs=1e-7), name


def test_linear_adjustment_gives_the_same_effects_and_nearly_the_same_errors(
    adjusted: Simulated,
) -> None:
    # slopes' own error is classical inside a cell, so errors differ by a part in a hundred
    one = cube_effects(cube_of(adjusted.firms))
    other = group_time(adjusted.firms, ESTIMATORS["stratified"])
    assert one.estimate == pytest.approx(other.estimate, abs=SAME)
    errors = np.sqrt(np.diag(one.influence.covariance()))
    assert errors == pytest.approx(np.sqrt(np.diag(other.influence.covariance())), rel=0.01)


def test_clustered_errors_equal_the_firm_by_firm_ones(small: Simulated) -> None:
    firms = replace(_without_covariates(small.firms), cluster=np.arange(small.firms.n) % 40)
    one = cube_effects(cube_of(firms), clustered=True)
    other = group_time(firms, ESTIMATORS["stratified"])
    assert one.influence.covariance() == pytest.approx(other.influence.covariance(), abs=SAME)
    assert one.influence.freedom()[0] == 40 - 1


def test_clusters_with_covariates_are_refused_in_the_one_pass_estimator(
    adjusted: Simulated,
) -> None:
    firms = replace(adjusted.firms, cluster=np.arange(adjusted.firms.n) % 40)
    effects = cube_effects(cube_of(firms), clustered=True)
    with pytest.raises(EffectError, match="clusters together with covariates"):
        effects.influence.covariance()


def long_table(firms: Firms) -> pa.Table:
    """The firms as a table with a row for each firm and period (and the covariate, if any)."""
    n, periods = firms.outcome.shape
    columns = {
        "firm": np.repeat(np.arange(n), periods),
        "period": np.tile(firms.periods, n),
        "cohort": np.repeat(firms.cohort, periods),
        "stratum": np.repeat(firms.stratum, periods),
        "y": firms.outcome.ravel(),
    }
    if firms.covariates.shape[2]:
        columns["x"] = firms.covariates[:, :, 0].ravel()
    table = pa.table(columns)
    return table.filter(pa.compute.invert(pa.compute.is_nan(table["y"])))


def same_cube(one: Cube, other: Cube) -> None:
    """Assert that two cubes give the same effects and covariance."""
    a, b = cube_effects(one), cube_effects(other)
    assert a.estimate == pytest.approx(b.estimate, abs=SAME)
    assert a.influence.covariance() == pytest.approx(b.influence.covariance(), abs=SAME)


def test_duckdb_builds_the_same_cube_as_memory(adjusted: Simulated) -> None:
    firms = _with_gaps(adjusted.firms)
    with duckdb.connect() as connection:
        connection.register("panel", long_table(firms))
        source = CubeSource("panel", tuple(firms.periods.tolist()), covariates=("x",))
        same_cube(cube_from(source, on_duckdb(connection)), cube_of(firms))


def test_a_column_name_that_is_no_plain_name_is_refused() -> None:
    assert CubeSource("panel", (2020, 2021)).firm == "firm"
    with pytest.raises(EffectError, match="Rename the column"):
        CubeSource("panel", (2020, 2021), firm="firm; DROP TABLE panel")


def test_a_growth_that_is_no_difference_is_refused(small: Simulated) -> None:
    with pytest.raises(EffectError, match="symmetric"):
        cube_effects(cube_of(small.firms), Plan(growth="symmetric"))
