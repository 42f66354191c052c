"""Estimators: one file each, every one a function from a comparison to an average effect."""

from collections.abc import Callable

from pejl_effects.estimators.doubly_robust import doubly_robust
from pejl_effects.estimators.fixed_effects import fixed_effects
from pejl_effects.estimators.matched import matched
from pejl_effects.estimators.ratio_of_sums import ratio_of_sums
from pejl_effects.estimators.regression import regression
from pejl_effects.estimators.stratified import stratified
from pejl_effects.estimators.weighting import weighting
from pejl_effects.groups.comparison import Att, Comparison, comparison

Estimator = Callable[[Comparison], Att]

ESTIMATORS: dict[str, Estimator] = {
    "stratified": stratified,
    "regression": regression,
    "weighting": weighting,
    "doubly_robust": doubly_robust,
    "matched": matched,
    "ratio_of_sums": ratio_of_sums,
    "fixed_effects": fixed_effects,
}

__all__ = ["ESTIMATORS", "Att", "Comparison", "Estimator", "comparison"]
