"""Next year's count: negative binomial about a level that is itself uncertain."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, sqrt
from statistics import NormalDist, fmean

from pejl.standing.forecast import Remaining
from pejl.targets.level import USUAL, Drift, Level, Seen, ahead

# The level's distribution is cut into so many equally likely parts.
PARTS = 49
# From this mean on a negative binomial is its normal approximation to within two hundredths.
NORMAL_FROM = 30


@dataclass(frozen=True)
class CountYear:
    """What a year had; ``variance`` is that of a forecast, 0 where the year is whole."""

    count: float
    variance: float = 0.0


@dataclass(frozen=True)
class CountAhead:
    """Next year's count: ``scatter`` times its mean is the variance within a year."""

    level: Level  # of the logarithm of the mean
    scatter: float
    most: int | None = None  # where there are no more, such as a hub's municipalities

    def at_most(self, count: int) -> float:
        """The probability of at most ``count``."""
        if self.most is not None and count >= self.most:
            return 1.0
        return fmean(_at_most(count, mean, self.scatter) for mean in self._means)

    def quantile(self, share: float) -> int:
        """The smallest count not exceeded with that probability."""
        low, high = -1, 1
        while self.at_most(high) < share:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.at_most(middle) >= share else (middle, high)
        return high

    def chance(self, op: str, target: int) -> float:
        """The probability that the target is met."""
        match op:
            case ">=":
                return 1 - self.at_most(target - 1)
            case ">":
                return 1 - self.at_most(target)
            case "<=":
                return self.at_most(target)
            case _:
                return self.at_most(target - 1)

    def promised(self, op: str, certainty: float) -> int:
        """The hardest target that is met with at least that probability."""
        if not op.startswith(">"):
            found = self.quantile(certainty)
            return found if op == "<=" else found + 1
        low, high = 0, max(1, self.quantile(0.5))
        while self.chance(op, high) >= certainty:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            met = self.chance(op, middle) >= certainty
            low, high = (middle, high) if met else (low, middle)
        return low

    @cached_property
    def _means(self) -> tuple[float, ...]:
        shares = ((part + 0.5) / PARTS for part in range(PARTS))
        return tuple(exp(self.level.quantile(share)) for share in shares)


def count_ahead(
    years: Sequence[CountYear],
    scatter: float,
    steps: int = 1,
    drift: Drift = USUAL,
    most: int | None = None,
) -> CountAhead:
    """The count so many years after the last of ``years``, oldest first; at least two, all > 0.

    ``scatter`` is how much more than chance months scatter, at least 1
    (``pejl.standing.forecast.scatter_of``).

    Examples
    --------
    >>> made = count_ahead([CountYear(980), CountYear(1010), CountYear(1000)], scatter=2)
    >>> 850 < made.promised(">=", 0.8) < made.quantile(0.5) < 1020
    True
    """
    seen = [
        Seen(log(year.count), scatter / year.count + year.variance / year.count**2)
        for year in years
    ]
    return CountAhead(ahead(seen, steps, drift), max(1.0, scatter), most)


def rounded_down(target: int) -> int:
    """A target as people would write it: never harder, and less than a twentieth easier.

    Examples
    --------
    >>> [rounded_down(n) for n in (43, 147, 1487, 12345)]
    [43, 145, 1450, 12000]
    """
    steps = ((50, 1), (200, 5), (1000, 10), (5000, 50), (20_000, 500))
    step = next((step for below, step in steps if target < below), 1000)
    return target // step * step


def _at_most(count: int, mean: float, scatter: float) -> float:
    if mean < NORMAL_FROM:
        return Remaining(mean, scatter * mean).cdf(count)
    return NormalDist(mean, sqrt(scatter * mean)).cdf(count + 0.5)
