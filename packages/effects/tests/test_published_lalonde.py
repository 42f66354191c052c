"""Earnings of NSW trainees against CPS controls: Sant'Anna & Zhao (2020), and R's DRDID.

The values are those DRDID prints for ``ordid``, ``ipwdid`` and ``drdid(estMethod = "trad")``
with age, education, black, married, no degree, hispanic and earnings in 1974; four decimals.
"""

import pytest

from datasets import lalonde
from pejl_effects.estimators import ESTIMATORS, comparison

PRINTED = 5e-5


@pytest.mark.parametrize(
    ("name", "estimate", "error"),
    [
        ("regression", -1300.6446, 349.8259),
        ("weighting", -1021.6095, 397.5201),
        ("doubly_robust", -871.3271, 396.0211),
    ],
)
def test_the_estimate_and_its_standard_error_are_the_published_ones(
    name: str, estimate: float, error: float
) -> None:
    data = lalonde()
    found = ESTIMATORS[name](comparison(data.treated, data.growth, data.covariates))
    assert found.estimate == pytest.approx(estimate, abs=PRINTED)
    assert found.standard_error == pytest.approx(error, abs=PRINTED)


def test_strata_with_linear_adjustment_are_outcome_regression_when_there_is_one_stratum() -> None:
    data = comparison(lalonde().treated, lalonde().growth, lalonde().covariates)
    one, other = (ESTIMATORS[name](data) for name in ("stratified", "regression"))
    assert one.estimate == pytest.approx(other.estimate, rel=1e-8)
    # the n/(n-1) correction of 15,992 controls is all that differs
    assert one.standard_error == pytest.approx(other.standard_error, rel=1e-5)
