"""Group-time effects against moderndid and csdid, other people's programs of the same papers.

AGREE is the 1e-6 that is promised; what remains is where the two stop their logit iterations.
Errors are theirs divided by n or n - 1 here and there, hence relative 1/n on 500 counties.
"""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from datasets import mpdta, mpdta_firms
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.estimators.aggregate import AGGREGATES
from pejl_effects.estimators.group_time import Firms, Plan, group_time
from pejl_effects.simulate.panel import Simulated

AGREE = 1e-6
ERROR_RELATIVE = 3e-3

METHODS = {"regression": "reg", "weighting": "ipw", "doubly_robust": "dr"}
CONTROLS = {"never": "nevertreated", "not_yet": "notyettreated"}


def _moderndid(rows: Any, covariate: str | None, method: str, controls: str, base: str) -> Any:
    from moderndid import att_gt

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return att_gt(
            rows,
            yname="y",
            tname="year",
            idname="unit",
            gname="g",
            xformla=f"~ {covariate}" if covariate else None,
            est_method=method,
            control_group=controls,
            base_period=base,
            boot=False,
            cband=False,
        )


def _matched_rows(firms: Firms) -> Any:
    """The firms as the long table the other packages read."""
    n, periods = firms.outcome.shape
    table = {
        "unit": np.repeat(np.arange(n), periods),
        "year": np.tile(firms.periods, n),
        "g": np.repeat(firms.cohort, periods).astype(float),
        "y": firms.outcome.ravel(),
    }
    if firms.covariates.shape[2]:
        table["x"] = firms.covariates[:, :, 0].ravel()
    return pd.DataFrame(table)


def _their_effects(found: Any) -> dict[tuple[int, int], tuple[float, float]]:
    errors = np.nan_to_num(np.asarray(found.se_gt, dtype=float))
    return {
        (int(g), int(t)): (float(a), float(s))
        for g, t, a, s in zip(found.groups, found.times, found.att_gt, errors, strict=True)
    }


@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("controls", list(CONTROLS))
@pytest.mark.parametrize("name", list(METHODS))
def test_mpdta_with_a_covariate_agrees_with_moderndid(name: str, controls: Any, base: Any) -> None:
    firms = mpdta_firms(covariate=True)
    theirs = _their_effects(
        _moderndid(_matched_rows(firms), "x", METHODS[name], CONTROLS[controls], base)
    )
    ours = group_time(firms, ESTIMATORS[name], Plan(controls=controls, base=base))
    errors = np.sqrt(np.diag(ours.influence.covariance()))
    assert ours.estimate.size >= 12
    for g, t, estimate, error in zip(ours.cohort, ours.period, ours.estimate, errors, strict=True):
        their_estimate, their_error = theirs[int(g), int(t)]
        assert estimate == pytest.approx(their_estimate, abs=AGREE)
        assert error == pytest.approx(their_error, rel=ERROR_RELATIVE)


@pytest.mark.parametrize("name", list(METHODS))
def test_simulated_firms_agree_with_moderndid(name: str, adjusted: Simulated) -> None:
    firms = adjusted.firms
    theirs = _their_effects(
        _moderndid(_matched_rows(firms), "x", METHODS[name], "notyettreated", "universal")
    )
    one_stratum = Firms(
        firms.cohort, firms.outcome, firms.periods, firms.covariates, np.zeros_like(firms.stratum)
    )
    ours = group_time(one_stratum, ESTIMATORS[name], Plan())
    for g, t, estimate in zip(ours.cohort, ours.period, ours.estimate, strict=True):
        assert estimate == pytest.approx(theirs[int(g), int(t)][0], abs=AGREE)


def test_mpdta_agrees_with_csdid() -> None:
    from csdid.att_gt import ATTgt

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = ATTgt(
            yname="lemp",
            tname="year",
            idname="countyreal",
            gname="first.treat",
            data=mpdta(),
            xformla="lemp ~ lpop",
            control_group=["notyettreated"],
        ).fit(est_method="dr")
    plan = Plan(controls="not_yet", base="varying")
    ours = group_time(mpdta_firms(covariate=True), ESTIMATORS["doubly_robust"], plan)
    assert ours.estimate == pytest.approx(np.array(theirs.results["att"], dtype=float), abs=AGREE)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("simple", "simple"),
        ("cohort", "group"),
        ("calendar", "calendar"),
        ("event_time", "dynamic"),
    ],
)
def test_aggregates_and_their_errors_agree_with_moderndid(ours: str, theirs: str) -> None:
    from moderndid import aggte

    firms = mpdta_firms(covariate=True)
    other = _moderndid(_matched_rows(firms), "x", "dr", "notyettreated", "varying")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = aggte(other, type=theirs, boot=False, cband=False)
    plan = Plan(controls="not_yet", base="varying")
    found = AGGREGATES[ours](group_time(firms, ESTIMATORS["doubly_robust"], plan)).overall
    assert found.values[0] == pytest.approx(float(expected.overall_att), abs=AGREE)
    assert found.standard_errors[0] == pytest.approx(float(expected.overall_se), rel=ERROR_RELATIVE)
