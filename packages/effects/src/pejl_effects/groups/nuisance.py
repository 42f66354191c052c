"""The two models behind the estimators: a logit for being guided, a line for the growth."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats
from pejl_effects.errors import EffectError
from pejl_effects.groups.comparison import Comparison

TRIM = 0.995
"""Controls with a propensity above this are left out (DRDID's default)."""


def design_matrix(data: Comparison) -> Floats:
    """Constant, one dummy for each stratum but the first, and the covariates: (n, p)."""
    names, codes = np.unique(data.stratum, return_inverse=True)
    dummies = (codes[:, None] == np.arange(1, names.size)[None, :]).astype(np.float64)
    return np.column_stack([np.ones(data.n), dummies, data.covariates])


def _inverse(gram: Floats) -> Floats:
    """Inverse of a Gram matrix (p, p); refuses collinear columns by name of the trouble."""
    scale = np.sqrt(np.maximum(np.diag(gram), np.finfo(np.float64).tiny))
    unit = gram / np.outer(scale, scale)
    # judged on unit columns: turnover in kroner beside a share is no collinearity
    if np.linalg.matrix_rank(unit) < gram.shape[0]:
        raise EffectError(
            given="covariates and strata that determine one another or the guidance itself",
            needed="columns that are not sums of each other, and controls like the guided",
            remedy="Leave out a covariate or use fewer strata.",
        )
    return np.asarray(np.linalg.inv(unit) / np.outer(scale, scale))


@dataclass(frozen=True)
class Line:
    """A least-squares line fitted on controls.

    fitted : (n,) predicted growth without guidance for every firm.
    representation : (n, p) the coefficients' influence, so that their error is its mean.
    """

    fitted: Floats
    representation: Floats


def fit_line(x: Floats, growth: Floats, treated: Bools) -> Line:
    """Regress growth (n,) on x (n, p) among the controls."""
    n = treated.size
    controls = x[~treated]
    inverse = _inverse(controls.T @ controls / n)
    slopes = inverse @ (controls.T @ growth[~treated] / n)
    fitted = x @ slopes
    score = np.where(treated, 0.0, growth - fitted)[:, None] * x
    return Line(fitted, score @ inverse)


@dataclass(frozen=True)
class Logit:
    """A fitted logit.

    probability : (n,) of being guided. index : (n,) the linear index behind it.
    representation : (n, p) influence of the coefficients.
    kept : (n,) False for controls above ``TRIM``.
    """

    probability: Floats
    index: Floats
    representation: Floats
    kept: Bools


def _logistic(index: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(index, -500, 500))))


def _likelihood(index: Floats, treated: Bools) -> float:
    """Logarithm of the likelihood, without overflow."""
    return float(np.sum(np.where(treated, index, 0.0) - np.logaddexp(0.0, index)))


def _newton(x: Floats, treated: Bools, rounds: int = 50) -> Floats:
    """Maximum-likelihood coefficients (p,): Newton's method, halving steps that overshoot."""
    slopes = np.zeros(x.shape[1])
    now = _likelihood(x @ slopes, treated)
    for _ in range(rounds):
        p = _logistic(x @ slopes)
        step = _inverse(x.T @ (x * (p * (1 - p))[:, None])) @ (x.T @ (treated - p))
        before = now
        for _ in range(30):
            now = _likelihood(x @ (slopes + step), treated)
            if now >= before:
                break
            step = step / 2
        slopes = slopes + step
        # the likelihood is flat to rounding here; the step after it is exact to ~1e-12
        if now - before < 1e-13 * abs(before):
            return slopes
    raise EffectError(
        given="covariates that tell guided firms and controls apart completely",
        needed="overlap: controls like the guided firms",
        remedy="Drop the covariate that separates them, or use coarser strata.",
    )


def fit_logit(x: Floats, treated: Bools) -> Logit:
    """Propensity of being guided given x (n, p), whose first column is the constant."""
    slopes = _newton(x, treated)
    index = x @ slopes
    p = np.minimum(_logistic(index), 1 - 1e-6)
    inverse = _inverse(x.T @ (x * (p * (1 - p))[:, None]) / treated.size)
    score = (treated - p)[:, None] * x
    return Logit(p, index, score @ inverse, treated | (p < TRIM))
