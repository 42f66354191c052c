"""Growth that is too large to be typical: kept, pulled in, or left out."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats
from pejl_effects.design.model import Rules


@dataclass(frozen=True)
class Tamed:
    """Growth (n,) after the rule (nan where left out), and who was touched (n,)."""

    growth: Floats
    touched: Bools


def tame(growth: Floats, rules: Rules) -> Tamed:
    """Apply the outlier rule at the ``tail`` quantiles of all firms compared.

    Quantiles are taken over guided firms and controls together, so that the rule cannot favour
    one group.
    """
    nobody = np.zeros(growth.size, dtype=bool)
    known = ~np.isnan(growth)
    if rules.outliers == "keep" or not known.any() or rules.tail == 0:
        return Tamed(growth, nobody)
    low, high = np.quantile(growth[known], [rules.tail, 1 - rules.tail])
    outside = known & ((growth < low) | (growth > high))
    if rules.outliers == "trim":
        return Tamed(np.where(outside, np.nan, growth), outside)
    return Tamed(np.clip(growth, low, high), outside)
