"""Student's t with a whole number of degrees of freedom, without a library for it."""

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

# Farther out than this nothing that is shown can tell the difference.
FARTHEST, HALVINGS = 1e4, 80


def cdf(t: float, freedom: int) -> float:
    """The probability of at most ``t``: the finite series of Abramowitz & Stegun 26.7.3-4.

    Examples
    --------
    >>> round(cdf(2.015048, 5), 4)
    0.95
    """
    angle = atan(abs(t) / sqrt(freedom))
    within = _odd(angle, freedom) if freedom % 2 else _even(angle, freedom)
    return (1 + within) / 2 if t >= 0 else (1 - within) / 2


@lru_cache(maxsize=4096)
def quantile(share: float, freedom: int) -> float:
    """The value not exceeded with the probability ``share``, between 0 and 1."""
    low, high = -FARTHEST, FARTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, freedom) < share else (low, middle)
    return (low + high) / 2


def _odd(angle: float, freedom: int) -> float:
    term, total = cos(angle), 0.0
    for power in range(1, freedom - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (power + 1) / (power + 2)
    return 2 / pi * (angle + sin(angle) * total)


def _even(angle: float, freedom: int) -> float:
    term, total = 1.0, 0.0
    for power in range(0, freedom - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (power + 1) / (power + 2)
    return sin(angle) * total
