"""Two-way fixed effects: the textbook regression, kept to compare with."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats, Objects, totals
from pejl_effects.errors import EffectError
from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out
from pejl_effects.groups.nuisance import design_matrix
from pejl_effects.inference.distributions import t_above


def fixed_effects(data: Comparison) -> Att:
    """Coefficient of being guided in a regression of growth on covariates and strata.

    With two periods this is the two-way fixed effects estimator. It assumes one effect for
    all; where effects differ it weights firms by the variance of being guided (Goodman-Bacon
    2021), so it is shown beside the other estimators and never alone.
    """
    support = on_support(data, least_controls=1)
    inside = support.comparison
    x = design_matrix(inside)
    guided = inside.treated.astype(np.float64)
    residual_guided = guided - x @ np.linalg.lstsq(x, guided, rcond=None)[0]
    both = np.column_stack([guided, x])
    slopes = np.linalg.lstsq(both, inside.growth, rcond=None)[0]
    error = inside.growth - both @ slopes
    influence = residual_guided * error / float(np.mean(residual_guided**2))
    return spread_out(float(slopes[0]), influence, support.kept)


@dataclass(frozen=True)
class Regression:
    """Coefficients (k,), their classical standard errors (k,), degrees of freedom, rows."""

    coefficients: Floats
    standard_errors: Floats
    degrees_of_freedom: int
    n: int

    @property
    def p_values(self) -> Floats:
        """Two-sided p-values (k,)."""
        t = np.abs(self.coefficients / self.standard_errors)
        return np.array([2 * t_above(value, self.degrees_of_freedom) for value in t])


def within_regression(outcome: Floats, regressors: Floats, entity: Objects) -> Regression:
    """Fixed-effects (within) regression with classical standard errors.

    Parameters
    ----------
    outcome : (rows,). regressors : (rows, k), time dummies among them. entity : (rows,) firm.

    Raises
    ------
    EffectError
        When a regressor does not vary inside firms.

    Notes
    -----
    Wooldridge, *Introductory Econometrics*, ch. 14. Degrees of freedom: rows - firms - k.
    """
    names, codes = np.unique(entity, return_inverse=True)
    size = np.bincount(codes)
    both = np.column_stack([outcome, regressors])
    means = np.column_stack([totals(codes, c) / size for c in both.T])
    inner = both - means[codes]
    y, x = inner[:, 0], inner[:, 1:]
    gram = x.T @ x
    if np.linalg.matrix_rank(gram) < x.shape[1]:
        raise EffectError(
            given="a regressor that never changes inside a firm",
            needed="regressors that vary over time in different ways",
            remedy="Leave the constant regressor out.",
        )
    slopes: Floats = np.asarray(np.linalg.solve(gram, x.T @ y), dtype=np.float64)
    freedom = int(y.size - names.size - x.shape[1])
    variance = float(np.sum((y - x @ slopes) ** 2)) / freedom
    errors = np.sqrt(np.asarray(variance * np.diag(np.linalg.inv(gram)), dtype=np.float64))
    return Regression(slopes, errors, freedom, int(y.size))
