"""Difference-in-differences inside strata, weighted to the guided firms' strata."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats, Ints, totals
from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out


@dataclass(frozen=True)
class Strata:
    """Stratum codes 0..S-1 (n,), and per stratum the number guided and of controls (S,)."""

    codes: Ints
    guided: Floats
    controls: Floats


def strata_of(data: Comparison) -> Strata:
    _, codes = np.unique(data.stratum, return_inverse=True)
    return Strata(
        codes,
        totals(codes, data.treated),
        totals(codes, ~data.treated),
    )


def _from_controls(values: Floats, data: Comparison, strata: Strata) -> Floats:
    """Values minus the mean of the controls in the same stratum, (n,)."""
    sums = totals(strata.codes, np.where(data.treated, 0.0, values))
    return np.asarray(values - (sums / strata.controls)[strata.codes])


@dataclass(frozen=True)
class _Adjustment:
    """Slopes (k,) among controls, and what their uncertainty adds per firm (n,)."""

    fitted: Floats
    influence: Floats


def _adjust(gap: Floats, data: Comparison, strata: Strata) -> _Adjustment:
    """Linear adjustment for covariates, with slopes fitted on controls inside strata."""
    if data.covariates.shape[1] == 0:
        return _Adjustment(np.zeros(data.n), np.zeros(data.n))
    x = np.column_stack([_from_controls(c, data, strata) for c in data.covariates.T])
    control = ~data.treated
    gram = x[control].T @ x[control]
    slopes = np.linalg.lstsq(gram, x[control].T @ gap[control], rcond=None)[0]
    residual = np.where(control, gap - x @ slopes, 0.0)
    lever = np.linalg.lstsq(gram, x[data.treated].sum(axis=0), rcond=None)[0]
    return _Adjustment(x @ slopes, -(x @ lever) * residual)


def residuals(data: Comparison) -> Floats:
    """Growth (n,) beyond what controls of the same stratum and covariates had."""
    strata = strata_of(data)
    gap = _from_controls(data.growth, data, strata)
    return np.asarray(gap - _adjust(gap, data, strata).fitted)


def stratified(data: Comparison) -> Att:
    """Mean over guided firms of their growth minus the control mean in their stratum.

    Covariates, when given, are adjusted for linearly with slopes from the controls. Assumes
    that inside a stratum (and given the covariates) guided firms would have grown like the
    controls. Control residuals carry the n/(n-1) correction of their stratum.

    Returns
    -------
    Att
        In the unit of ``growth``. Firms in strata without 2 controls are left out.

    Notes
    -----
    Influence function of a post-stratified difference in means; Imbens & Rubin (2015), ch. 9,
    and Sant'Anna & Zhao (2020), eq. 2.2, for the regression part.
    """
    support = on_support(data)
    inside = support.comparison
    strata = strata_of(inside)
    gap = _from_controls(inside.growth, inside, strata)
    adjusted = _adjust(gap, inside, strata)
    residual = gap - adjusted.fitted
    guided = float(inside.treated.sum())
    estimate = float(residual[inside.treated].sum() / guided)
    small = np.sqrt(strata.controls / np.maximum(strata.controls - 1, 1))
    weight = (-strata.guided / strata.controls * small)[strata.codes]
    own = np.where(inside.treated, residual - estimate, weight * residual)
    influence = (own + adjusted.influence) * (inside.n / guided)
    return spread_out(estimate, influence, support.kept)
