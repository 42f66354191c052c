"""Balance: how alike guided firms and controls are, before and after matching."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats


@dataclass(frozen=True)
class Balance:
    """One covariate's balance.

    difference : standardised mean difference: (mean guided - mean controls) divided by the
        standard deviation of the guided before matching, so before and after share a scale.
    variance_ratio : variance of guided over variance of controls; nan where one is 0.
    """

    name: str
    before: float
    after: float
    variance_ratio_before: float
    variance_ratio_after: float

    @property
    def balanced(self) -> bool:
        """Absolute difference after matching below 0.1 (Stuart, Lee & Leacy 2013)."""
        return abs(self.after) < 0.1


def balance(names: list[str], values: Floats, treated: Bools, weights: Floats) -> list[Balance]:
    """Balance of each column of values (n, k) under the weights (n,) of matching.

    Weights are 1 (or 0: left out) for guided firms and the matching weight for controls.
    """
    plain = np.ones(treated.size)
    return [
        _of_one(n, column, treated, plain, weights)
        for n, column in zip(names, values.T, strict=True)
    ]


def _of_one(name: str, x: Floats, treated: Bools, plain: Floats, weights: Floats) -> Balance:
    scale = float(np.std(x[treated], ddof=1)) or float(np.std(x, ddof=1)) or 1.0
    before, after = (_moments(x, treated, w) for w in (plain, weights))
    return Balance(
        name, before.gap / scale, after.gap / scale, before.variance_ratio, after.variance_ratio
    )


@dataclass(frozen=True)
class _Moments:
    """Difference in weighted means and ratio of weighted variances."""

    gap: float
    variance_ratio: float


def _moments(x: Floats, treated: Bools, weights: Floats) -> _Moments:
    means, variances = [], []
    for group in (treated, ~treated):
        w = weights[group] / weights[group].sum()
        means.append(float(w @ x[group]))
        # the reliability correction 1 - sum(w^2) is n-1 over n when weights are equal
        spread = float(w @ (x[group] - means[-1]) ** 2) / (1 - float(w @ w) or np.nan)
        variances.append(spread)
    ratio = variances[0] / variances[1] if variances[1] > 0 else np.nan
    return _Moments(means[0] - means[1], ratio)
