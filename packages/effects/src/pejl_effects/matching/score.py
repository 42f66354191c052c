"""The coordinates in which firms are near or far: a propensity index or the covariates."""

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.errors import EffectError
from pejl_effects.groups.comparison import Comparison
from pejl_effects.groups.nuisance import fit_logit


def score(data: Comparison) -> Floats:
    """Coordinates (n, d), scaled so that the caliper of ``data.rule`` can be read in them.

    Propensity: the logit index divided by its standard deviation (Austin 2011 recommends a
    caliper of 0.2). Mahalanobis: covariates whitened by their pooled covariance.
    """
    if data.covariates.shape[1] == 0:
        raise EffectError(
            given="matching without covariates",
            needed="at least one covariate to be near in",
            remedy="Name covariates, or use the stratified estimator.",
        )
    if data.rule.distance == "mahalanobis":
        return _whitened(data.covariates)
    constant = np.ones((data.n, 1))
    index = fit_logit(np.hstack([constant, data.covariates]), data.treated).index
    return np.asarray((index / index.std()).reshape(-1, 1))


def _whitened(values: Floats) -> Floats:
    """Values times the inverse Cholesky factor of their covariance, (n, d)."""
    covariance = np.atleast_2d(np.cov(values, rowvar=False))
    try:
        factor = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise EffectError(
            given="covariates that determine one another",
            needed="columns that are not sums of each other",
            remedy="Leave one of them out.",
        ) from None
    return np.asarray(np.linalg.solve(factor, values.T).T)
