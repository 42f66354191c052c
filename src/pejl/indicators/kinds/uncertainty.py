"""How sure a figure of a sample is: standard errors and 95 % intervals."""

from math import sqrt

from pejl.indicators.result import Interval

Z95 = 1.959963984540054  # the normal distribution's 97.5 % quantile


def nps_standard_error(promoters: int, detractors: int, n: int) -> float:
    """Standard error of a Net Promoter Score, in NPS points (DOMAIN § 6).

    100 √((p + d − (p − d)²) / n) with p and d the shares of promoters and detractors: the
    variance of a mean of answers worth +1, 0 and −1. ``n`` must be positive.
    """
    p, d = promoters / n, detractors / n
    return 100 * sqrt((p + d - (p - d) ** 2) / n)


def share_standard_error(numerator: int, n: int) -> float:
    """Standard error of a share, as a fraction of 1: √(p (1 − p) / n). ``n`` must be positive."""
    p = numerator / n
    return sqrt(p * (1 - p) / n)


def normal_interval(value: float, standard_error: float) -> Interval:
    """The value ± 1.96 standard errors."""
    return Interval(value - Z95 * standard_error, value + Z95 * standard_error)


def wilson_interval(numerator: int, n: int) -> Interval:
    """Interval of a share as fractions of 1, never outside 0…1. ``n`` must be positive.

    Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22(158), 209–212.

    Examples
    --------
    >>> interval = wilson_interval(0, 10)
    >>> (interval.low, round(interval.high, 4))
    (0.0, 0.2775)
    """
    p, z2 = numerator / n, Z95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    # At the ends the formula is exact, but its rounding is not: 0 of 10 must not be below 0.
    low = 0.0 if numerator == 0 else middle - reach
    high = 1.0 if numerator == n else middle + reach
    return Interval(low, high)
