"""Medicaid and insurance: the tables printed in the README of R's HonestDiD.

Smoothness intervals are printed with three digits and come from a numerical search over 100
lengths: 1e-4. Relative-magnitude intervals are found on a grid of 1,000 points over 40 standard
errors and more, so an end may lie one step inside the exact one: 4.5e-4.
"""

import numpy as np
import pytest

from datasets import medicaid
from pejl_effects.diagnostics.honest import EventStudy, relative_magnitudes, smoothness
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.estimators.group_time import Firms, Plan, group_time

SEARCH = 1e-4
GRID_STEP = 4.5e-4


@pytest.fixture(scope="module")
def study() -> EventStudy:
    """States that expanded Medicaid in 2014 against those that had not by 2015.

    With one cohort the two-way fixed effects event study is the group-time effects; only the
    small-sample factor of the clustered covariance differs (fixest: 15 parameters, 43 states).
    """
    rows = medicaid()
    rows = rows[(rows["year"] < 2016) & (rows["yexp2"].isna() | (rows["yexp2"] != 2015))]
    wide = rows.pivot(index="stfips", columns="year", values="dins")
    first = rows.drop_duplicates("stfips").set_index("stfips").loc[wide.index, "yexp2"]
    states, years = wide.shape
    firms = Firms(
        np.where(first == 2014, 2014, 0),
        wide.to_numpy(),
        wide.columns.to_numpy().astype(np.int64),
        np.zeros((states, years, 0)),
        np.zeros(states, dtype=np.int64),
    )
    found = group_time(firms, ESTIMATORS["regression"], Plan(controls="never"))
    rows_used = states * years
    factor = (rows_used - 1) / (rows_used - 15) * states / (states - 1)
    covariance = found.influence.covariance() * factor
    return EventStudy(found.estimate, covariance, pre=5, weights=np.array([1.0, 0.0]))


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        (0.5, 0.0240, 0.0672),
        (1.0, 0.0170, 0.0720),
        (1.5, 0.00824, 0.0797),
        (2.0, -0.000916, 0.0881),
    ],
)
def test_relative_magnitudes_give_the_printed_interval(
    study: EventStudy, bound: float, low: float, high: float
) -> None:
    found = relative_magnitudes(study, bound)
    assert found.low == pytest.approx(low, abs=GRID_STEP)
    assert found.high == pytest.approx(high, abs=GRID_STEP)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        (0.00, 0.0259, 0.0607),
        (0.01, 0.0132, 0.0787),
        (0.02, 0.00286, 0.0907),
        (0.03, -0.00714, 0.101),
        (0.04, -0.0171, 0.111),
        (0.05, -0.0271, 0.121),
    ],
)
def test_smoothness_gives_the_printed_interval(
    study: EventStudy, bound: float, low: float, high: float
) -> None:
    found = smoothness(study, bound)
    assert found.low == pytest.approx(low, abs=SEARCH)
    assert found.high == pytest.approx(high, abs=3 * SEARCH)  # printed 0.101: half a unit 5e-4


def test_the_interval_widens_with_the_bound_and_starts_near_the_plain_one(
    study: EventStudy,
) -> None:
    widths = [relative_magnitudes(study, b) for b in (0.0, 0.5, 1.0, 2.0)]
    assert [w.high - w.low for w in widths] == sorted(w.high - w.low for w in widths)
    plain = study.plain()
    assert widths[0].low == pytest.approx(plain.low, abs=0.05 * study.error)
