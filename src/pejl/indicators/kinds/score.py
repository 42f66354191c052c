"""The score interval of a Net Promoter Score, which also holds for few answers.

The normal interval is too short for few answers near the end of the scale: with 30 answers, 95 %
promoters and 1 % detractors it covers the truth four times in five. ``simulate`` compares; the
choice and the figures stand in docs/explanation/nps.md.
"""

from collections.abc import Callable
from functools import lru_cache
from math import sqrt

from pejl.indicators.kinds.uncertainty import Z95
from pejl.indicators.result import Interval

STEPS = 60  # halvings of the interval −1…1: the ends are exact to the last bit of a float


@lru_cache(maxsize=65_536)
def nps_score_interval(promoters: int, detractors: int, n: int) -> Interval:
    """95 % interval of 100 (p − d) in NPS points, never outside −100…100. ``n`` is positive.

    An NPS is the difference of two shares of the same answers, as in matched pairs where the
    passives are the pairs that agree. The interval holds every difference that the score test
    does not refuse. Tango, T. (1998), "Equivalence test and confidence interval for the
    difference in proportions for the paired-sample design", Statistics in Medicine 17, 891–908.

    Examples
    --------
    >>> interval = nps_score_interval(94, 7, 120)
    >>> (round(interval.low, 1), round(interval.high, 1))
    (60.6, 81.0)
    """
    middle = (promoters - detractors) / n

    def far(difference: float) -> float:
        return _score(promoters, detractors, n, difference)

    low = _edge(lambda difference: far(difference) > Z95, -1.0, middle)
    high = _edge(lambda difference: far(difference) >= -Z95, middle, 1.0)
    return Interval(100 * low, 100 * high)


def _score(promoters: int, detractors: int, n: int, difference: float) -> float:
    """How many standard errors the data lie from a true difference; falls as that grows."""
    share = _detractors_given(promoters, detractors, n, difference)
    variance = n * (2 * share + difference * (1 - difference))
    distance = promoters - detractors - n * difference
    if variance <= 0:
        return 0.0 if distance == 0 else distance * float("inf")
    return distance / sqrt(variance)


def _detractors_given(promoters: int, detractors: int, n: int, difference: float) -> float:
    """The likeliest share of detractors when p − d is ``difference`` (Tango 1998, eq. 5)."""
    a = 2 * n
    b = -promoters - detractors + (2 * n - promoters + detractors) * difference
    c = -detractors * difference * (1 - difference)
    return max((sqrt(max(b * b - 4 * a * c, 0.0)) - b) / (2 * a), 0.0, -difference)


def _edge(still_below: Callable[[float], bool], low: float, high: float) -> float:
    """Where a test that holds below a point stops to hold."""
    if still_below(high):
        return high
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if still_below(middle) else (low, middle)
    return (low + high) / 2
