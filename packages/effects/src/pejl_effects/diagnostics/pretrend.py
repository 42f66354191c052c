"""Did guided firms and controls move together before guidance, and could we have seen it?"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from pejl_effects.arrays import Floats
from pejl_effects.errors import EffectError
from pejl_effects.estimators.group_time import GroupTime
from pejl_effects.inference.distributions import chi2_above, chi2_quantile


@dataclass(frozen=True)
class PretrendTest:
    """A Wald test that all effects before guidance are zero.

    statistic : chi-squared with ``freedom`` degrees of freedom. p_value : of it.
    detectable_slope : the straight drift, per period, that the test finds with 80 % chance; a
        test that passes says little about drifts smaller than this (Roth 2022).
    """

    statistic: float
    freedom: int
    p_value: float
    detectable_slope: float

    @property
    def passed(self) -> bool:
        """Not rejected at 5 %: absence of evidence, not evidence of absence."""
        return self.p_value >= 0.05


def pretrend_test(effects: GroupTime, power: float = 0.8) -> PretrendTest:
    """Wald test of the group-time effects before guidance.

    Raises
    ------
    EffectError
        When there is no effect before guidance.
    """
    before = np.flatnonzero(effects.period < effects.cohort)
    covariance = effects.influence.covariance()[np.ix_(before, before)]
    steps = (effects.period - effects.cohort)[before].astype(np.float64)
    return wald(effects.estimate[before], covariance, steps, power)


def wald(estimate: Floats, covariance: Floats, steps: Floats, power: float = 0.8) -> PretrendTest:
    """Wald test of estimates (p,) that lie ``steps`` (p,) periods from guidance."""
    if estimate.size == 0:
        raise EffectError(
            given="no effect before guidance",
            needed="at least two periods before guidance",
            remedy="Add earlier periods.",
        )
    inverse = np.linalg.pinv(covariance, hermitian=True)
    freedom = int(np.linalg.matrix_rank(covariance, hermitian=True))
    statistic = float(estimate @ inverse @ estimate)
    cut = chi2_quantile(0.95, freedom)
    shift = _shift_for(power, cut, freedom)
    slope = np.sqrt(shift / float(steps @ inverse @ steps))
    return PretrendTest(statistic, freedom, chi2_above(statistic, freedom), float(slope))


def _shift_for(power: float, cut: float, freedom: int) -> float:
    """Noncentrality at which the test rejects with the given chance."""

    def gap(shift: float) -> float:
        return chi2_above(cut, freedom, shift) - power

    return float(optimize.brentq(gap, 1e-6, 500))
