"""Growth of the total: what happened to all guided firms' turnover added together."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.estimators.stratified import strata_of
from pejl_effects.groups.comparison import Att, Comparison, on_support, spread_out


def ratio_of_sums(data: Comparison) -> Att:
    """Growth of the guided firms' total minus that of the controls' total.

    Controls are weighted to the guided firms' number in each stratum. Reads ``before`` and
    ``after`` (levels), not ``growth``; the result is a share (0.10 = 10 percentage points).
    Large firms dominate: it answers "what happened to turnover", not "to a typical firm".
    Standard error by the delta method.
    """
    support = on_support(data)
    inside = support.comparison
    strata = strata_of(inside)
    weight = np.where(inside.treated, 0.0, (strata.guided / strata.controls)[strata.codes])
    guided = _ratio(inside, inside.treated.astype(np.float64))
    controls = _ratio(inside, weight)
    influence = inside.n * (guided.error - controls.error)
    return spread_out(guided.growth - controls.growth, influence, support.kept)


@dataclass(frozen=True)
class _Total:
    """Growth of a weighted total, and each firm's share (n,) in its error."""

    growth: float
    error: Floats


def _ratio(data: Comparison, weight: Floats) -> _Total:
    before = float(weight @ data.before)
    ratio = float(weight @ data.after) / before
    return _Total(ratio - 1, weight * (data.after - ratio * data.before) / before)
