"""Tails and quantiles, from scipy.special: scipy.stats takes a second to import."""

import numpy as np
from scipy import special


def normal_below(value: float) -> float:
    """P(Z <= value)."""
    return float(special.ndtr(value))


def normal_quantile(share: float) -> float:
    """The value a standard normal stays below with the given probability."""
    return float(special.ndtri(share))


def t_quantile(share: float, freedom: float) -> float:
    """The same for Student's t; the normal where the freedom is infinite."""
    if np.isinf(freedom):
        return normal_quantile(share)
    return float(special.stdtrit(freedom, share))


def t_above(value: float, freedom: float) -> float:
    """P(T > value)."""
    return float(special.stdtr(freedom, -value))


def chi2_quantile(share: float, freedom: float) -> float:
    """The value a chi-squared stays below with the given probability."""
    return float(special.chdtri(freedom, 1 - share))


def chi2_above(value: float, freedom: float, shift: float = 0.0) -> float:
    """P(chi-squared > value), noncentral with ``shift`` where it is not 0."""
    if shift == 0:
        return float(special.chdtrc(freedom, value))
    return float(1 - special.chndtr(value, freedom, shift))


def folded_quantile(shift: float, level: float) -> float:
    """The value that |N(shift, 1)| stays below with probability ``level``."""
    return float(np.sqrt(special.chndtrix(level, 1, shift**2)))
