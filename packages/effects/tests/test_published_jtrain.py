"""Training grants (Wooldridge, *Introductory Econometrics*): tables printed in the book.

Tolerances: the book prints three digits, so half a unit of the last one (0.0005 and, for
numbers above one, 0.005); the fixed-effects coefficients are also held to the four digits the
project states.
"""

import numpy as np
import pytest

from datasets import jtrain
from pejl_effects.arrays import Floats
from pejl_effects.estimators import ESTIMATORS, comparison
from pejl_effects.estimators.fixed_effects import Regression, within_regression


def _example_14_1() -> Regression:
    rows = jtrain().dropna(subset=["lscrap"])
    regressors = rows[["d88", "d89", "grant", "grant_1"]].to_numpy(dtype=np.float64)
    return within_regression(
        rows["lscrap"].to_numpy(dtype=np.float64), regressors, rows["fcode"].to_numpy()
    )


def test_example_14_1_gives_the_coefficients_of_the_book() -> None:
    found = _example_14_1()
    assert found.n == 162
    assert found.coefficients == pytest.approx([-0.0802, -0.2472, -0.2523, -0.4216], abs=5e-5)


def test_example_14_1_gives_the_standard_errors_of_the_book() -> None:
    found = _example_14_1()
    assert found.standard_errors == pytest.approx([0.109, 0.133, 0.151, 0.210], abs=5e-4)
    assert found.degrees_of_freedom == 162 - 54 - 4


def _change_1987_88() -> tuple[np.ndarray, Floats]:
    """54 firms that report scrap in both years: got a grant in 1988 or not, change in logs."""
    rows = jtrain()
    scrap = rows.pivot(index="fcode", columns="year", values="lscrap")
    grant = rows.pivot(index="fcode", columns="year", values="grant")
    change = (scrap[1988] - scrap[1987]).to_numpy(dtype=np.float64)
    seen = ~np.isnan(change)
    return (grant[1988] - grant[1987]).to_numpy()[seen] == 1, change[seen]


@pytest.mark.parametrize("name", ["stratified", "regression", "doubly_robust", "fixed_effects"])
def test_the_first_difference_of_example_13_7_is_a_difference_in_differences(name: str) -> None:
    # the book: change in log(scrap) = -.057 - .317 change in grant, n = 54
    treated, growth = _change_1987_88()
    assert growth.size == 54
    assert growth[~treated].mean() == pytest.approx(-0.057, abs=5e-4)
    found = ESTIMATORS[name](comparison(treated, growth))
    assert found.estimate == pytest.approx(-0.317, abs=5e-4)


def test_the_robust_standard_error_is_near_the_classical_one_of_the_book() -> None:
    # .164 assumes equal variances; ours lets the 19 granted firms spread more than the 35 others
    found = ESTIMATORS["stratified"](comparison(*_change_1987_88()))
    assert found.standard_error == pytest.approx(0.164, rel=0.05)


def test_the_fixed_effects_regression_agrees_with_linearmodels() -> None:
    from linearmodels.panel import PanelOLS

    names = ["d88", "d89", "grant", "grant_1"]
    rows = jtrain().dropna(subset=["lscrap"]).set_index(["fcode", "year"])
    theirs = PanelOLS(rows["lscrap"], rows[names], entity_effects=True).fit()
    ours = _example_14_1()
    # the same normal equations solved twice: rounding only
    assert ours.coefficients == pytest.approx(theirs.params.to_numpy(), rel=1e-9)
    assert ours.standard_errors == pytest.approx(theirs.std_errors.to_numpy(), rel=1e-9)
    assert ours.p_values == pytest.approx(theirs.pvalues.to_numpy(), rel=1e-7)
