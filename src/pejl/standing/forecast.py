"""Forecast: how sure it is that a target is met by the period's end, from pace and season.

What remains of a count is negative binomial: a Poisson count whose level is uncertain, scattered
more than chance alone as earlier years' months were, with the season itself uncertain. A share is
a beta-binomial mean of what is known and what is to come. See docs/explanation/forecast.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

# Fewer say too little: two years to see seasons differ, a twentieth of the year, 20 records.
YEARS, ELAPSED, RECORDS = 2, 0.05, 20
SHARE_RECORDS, SHARE_MONTHS = 30, 3
LOW, MID, HIGH = 0.1, 0.5, 0.9  # an 80 % interval
NORMAL = NormalDist()
# Above this many, a negative binomial is its normal approximation to within a record.
MANY = 20_000


@dataclass(frozen=True)
class Forecast:
    """The figure at the period's end: 80 % interval, median, and the chance to meet the target."""

    low: float
    mid: float
    high: float
    probability: float | None  # None without a target


@dataclass(frozen=True)
class Remaining:
    """What is still to come of a count: its mean and variance (negative binomial)."""

    mean: float
    variance: float

    def cdf(self, count: int) -> float:
        """The probability of at most ``count`` more."""
        if count < 0:
            return 0.0
        if self.mean <= 0:
            return 1.0
        if self.mean > MANY:
            return NORMAL.cdf((count + 0.5 - self.mean) / sqrt(self.variance))
        return min(1.0, sum(exp(self._log_mass(k)) for k in range(count + 1)))

    def quantile(self, level: float) -> int:
        """The smallest number that is not exceeded with probability ``level``."""
        if self.mean > MANY:
            return round(self.mean + NORMAL.inv_cdf(level) * sqrt(self.variance))
        reached, count = exp(self._log_mass(0)) if self.mean > 0 else 1.0, 0
        while reached < level and count < 10 * (self.mean + sqrt(self.variance)) + 100:
            count += 1
            reached += exp(self._log_mass(count))
        return count

    def _log_mass(self, k: int) -> float:
        size = self.mean**2 / max(self.variance - self.mean, 1e-9 * self.mean)
        spread = lgamma(k + size) - lgamma(size) - lgamma(k + 1)
        return spread - size * log1p(self.mean / size) + k * log(self.mean / (self.mean + size))


def count(
    so_far: int,
    years: Sequence[Sequence[int]],
    elapsed: Sequence[Fraction],
    op: str | None = None,
    target: Fraction | None = None,
) -> Forecast | None:
    """The forecast of a count; None where history does not allow one.

    ``years[k][i]`` was counted in month ``i`` of earlier year ``k``; ``elapsed[i]`` is the part of
    month ``i`` that has passed, 0 to 1.
    """
    if len(years) < YEARS or so_far < RECORDS:
        return None
    remaining = _remaining(so_far, years, [float(part) for part in elapsed])
    if remaining is None:
        return None
    low, mid, high = (float(so_far + remaining.quantile(level)) for level in (LOW, MID, HIGH))
    return Forecast(low, mid, high, _chance(remaining, so_far, op, target))


def share(
    months: Sequence[tuple[int, int]], elapsed: float, op: str | None, target: Fraction | None
) -> Forecast | None:
    """The forecast of a share of 1; ``months`` are the numerator and denominator of each month.

    ``elapsed`` is the part of the period that has passed, by which what is to come is judged.
    """
    known = [(k, n) for k, n in months if n]
    k, n = sum(k for k, _ in known), sum(n for _, n in known)
    if len(known) < SHARE_MONTHS or n < SHARE_RECORDS or not ELAPSED <= elapsed < 1:
        return None
    p = (k + 0.5) / (n + 1)
    chi = sum((ki - ni * p) ** 2 / (ni * p * (1 - p)) for ki, ni in known)
    scatter = max(1.0, chi / (len(known) - 1))
    more = n * (1 - elapsed) / elapsed
    middle = (k + more * p) / (n + more)
    error = sqrt(p * (1 - p) * scatter * (1 / more + 1 / n)) * more / (n + more)
    curve = NormalDist(middle, error)
    low, mid, high = (min(1.0, max(0.0, curve.inv_cdf(level))) for level in (LOW, MID, HIGH))
    below = curve.cdf(float(target)) if target is not None else None
    upward = op is not None and op.startswith(">")
    return Forecast(low, mid, high, 1 - below if below is not None and upward else below)


def _remaining(
    so_far: int, years: Sequence[Sequence[int]], elapsed: Sequence[float]
) -> Remaining | None:
    """Mean and variance of what is to come: level, scatter and season each add their part."""
    pooled = [sum(month) for month in zip(*years, strict=True)]
    total = sum(pooled)
    passed = _passed(pooled, elapsed)
    if not ELAPSED <= passed < 1:
        return None
    scatter = _scatter(years, pooled)
    mean = so_far * (1 - passed) / passed
    level = scatter * mean * (1 + mean / so_far)
    # The season is itself an estimate: an error in the share passed moves all that is to come.
    chance = scatter * passed * (1 - passed)
    between = [(_passed(year, elapsed) - passed) ** 2 for year in years]
    # Years that ran ahead or behind as a whole, beyond what months that scatter alone would do.
    drift = max(0.0, sum(between) / (len(years) - 1) - chance * len(years) / total)
    season = chance / total + drift
    return Remaining(mean, level + so_far**2 * season / passed**4)


def _passed(year: Sequence[int], elapsed: Sequence[float]) -> float:
    """The share of a year's count that the elapsed part of its months had."""
    return sum(n * part for n, part in zip(year, elapsed, strict=True)) / sum(year)


def _scatter(years: Sequence[Sequence[int]], pooled: Sequence[int]) -> float:
    """How much more the months scatter than chance alone: Pearson's chi-square per freedom, ≥ 1."""
    total = sum(pooled)
    chi = 0.0
    for year in years:
        for n, month in zip(year, pooled, strict=True):
            fitted = sum(year) * month / total
            chi += (n - fitted) ** 2 / fitted if fitted else 0.0
    return max(1.0, chi / ((len(years) - 1) * (len(pooled) - 1)))


def _chance(
    remaining: Remaining, so_far: int, op: str | None, target: Fraction | None
) -> float | None:
    if op is None or target is None:
        return None
    gap = target - so_far
    most = -((-gap.numerator) // gap.denominator)  # the least whole number not below the gap
    floor = gap.numerator // gap.denominator
    match op:
        case ">=":
            return 1 - remaining.cdf(most - 1)
        case ">":
            return 1 - remaining.cdf(floor)
        case "<=":
            return remaining.cdf(floor)
        case _:
            return remaining.cdf(most - 1)
