"""Estimates with their intervals."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.inference.distributions import t_quantile
from pejl_effects.inference.influence import Influence


@dataclass(frozen=True)
class Interval:
    """Lower and upper end, and the level they hold at (0.95)."""

    low: float
    high: float
    level: float

    def contains(self, value: float) -> bool:
        """Whether the value lies inside, both ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Estimates:
    """L estimates (L,) with the influence behind them."""

    values: Floats
    influence: Influence

    @property
    def standard_errors(self) -> Floats:
        """Standard errors (L,)."""
        return np.sqrt(np.maximum(np.diag(self.influence.covariance()), 0.0))

    def interval(self, which: int = 0, level: float = 0.95) -> Interval:
        """t-interval of one estimate."""
        freedom = float(self.influence.freedom()[which])
        return t_interval(
            float(self.values[which]), float(self.standard_errors[which]), freedom, level
        )


def t_interval(estimate: float, error: float, freedom: float, level: float = 0.95) -> Interval:
    """Estimate plus and minus a t quantile times the standard error.

    Examples
    --------
    >>> i = t_interval(0.10, 0.02, np.inf)
    >>> round(i.low, 4), round(i.high, 4)
    (0.0608, 0.1392)
    """
    half = error * critical(freedom, level)
    return Interval(estimate - half, estimate + half, level)


def critical(freedom: float, level: float) -> float:
    """Two-sided quantile of t, or of the normal when the freedom is infinite."""
    tail = (1 + level) / 2
    return t_quantile(tail, freedom)
