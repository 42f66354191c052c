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
LOWER, UPPER = 0.25, 0.75  # a 50 % interval
LEVELS = (LOW, LOWER, MID, UPPER, HIGH)
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
class Band:
    """The figure at a month's end: the 80 % interval, the 50 % interval within it, the median."""

    low: float
    lower: float
    mid: float
    upper: float
    high: float


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

    def quantiles(self, levels: Sequence[float]) -> list[int]:
        """For each level, rising, the smallest number not exceeded with that probability."""
        if self.mean > MANY:
            spread = sqrt(self.variance)
            return [round(self.mean + NORMAL.inv_cdf(level) * spread) for level in levels]
        reached, count = exp(self._log_mass(0)) if self.mean > 0 else 1.0, 0
        found = []
        for level in levels:
            while reached < level and count < 10 * (self.mean + sqrt(self.variance)) + 100:
                count += 1
                reached += exp(self._log_mass(count))
            found.append(count)
        return found

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
    parts = [float(part) for part in elapsed]
    remaining = _remaining(so_far, years, parts, scatter_of(years))
    if remaining is None:
        return None
    low, mid, high = (float(so_far + more) for more in remaining.quantiles((LOW, MID, HIGH)))
    return Forecast(low, mid, high, _chance(remaining, so_far, op, target))


def fan(
    so_far: int, years: Sequence[Sequence[int]], elapsed: Sequence[Fraction]
) -> dict[int, Band]:
    """A count at the end of each month that is not over, by its place; empty where ``count`` is.

    A month's end is forecast as the year's is, from the months up to it. The last one is the
    year's end: its ``low``, ``mid`` and ``high`` are those of ``count``.
    """
    if count(so_far, years, elapsed) is None:
        return {}
    found = {}
    for month, part in enumerate(elapsed):
        upto = [year[: month + 1] for year in years]
        if part == 1 or not all(sum(year) for year in upto):
            continue
        passed = [float(one) for one in elapsed[: month + 1]]
        remaining = _remaining(so_far, upto, passed, scatter_of(years))
        if remaining is not None:
            found[month] = Band(*(float(so_far + n) for n in remaining.quantiles(LEVELS)))
    return found


def share(
    months: Sequence[tuple[int, int]], elapsed: float, op: str | None, target: Fraction | None
) -> Forecast | None:
    """The forecast of a share of 1; ``months`` are the numerator and denominator of each month.

    ``elapsed`` is the part of the period that has passed, by which what is to come is judged.
    """
    curve = _curve(months, elapsed, 1.0)
    if curve is None:
        return None
    low, mid, high = _within(curve, (LOW, MID, HIGH))
    below = curve.cdf(float(target)) if target is not None else None
    upward = op is not None and op.startswith(">")
    return Forecast(low, mid, high, 1 - below if below is not None and upward else below)


def share_band(months: Sequence[tuple[int, int]], elapsed: float, until: float) -> Band | None:
    """The share when the part ``until`` of the period has passed; None where ``share`` is."""
    curve = _curve(months, elapsed, until)
    return None if curve is None else Band(*_within(curve, LEVELS))


def _within(curve: NormalDist, levels: Sequence[float]) -> list[float]:
    """Quantiles of a share, which is never below 0 or above 1."""
    return [min(1.0, max(0.0, curve.inv_cdf(level))) for level in levels]


def _curve(months: Sequence[tuple[int, int]], elapsed: float, until: float) -> NormalDist | None:
    """The share at a later time, as a normal distribution."""
    known = [(k, n) for k, n in months if n]
    k, n = sum(k for k, _ in known), sum(n for _, n in known)
    if len(known) < SHARE_MONTHS or n < SHARE_RECORDS or not ELAPSED <= elapsed < until:
        return None
    p = (k + 0.5) / (n + 1)
    chi = sum((ki - ni * p) ** 2 / (ni * p * (1 - p)) for ki, ni in known)
    scatter = max(1.0, chi / (len(known) - 1))
    more = n * (until - elapsed) / elapsed
    middle = (k + more * p) / (n + more)
    error = sqrt(p * (1 - p) * scatter * (1 / more + 1 / n)) * more / (n + more)
    return NormalDist(middle, error)


def _remaining(
    so_far: int, years: Sequence[Sequence[int]], elapsed: Sequence[float], scatter: float
) -> Remaining | None:
    """Mean and variance of what is to come: level, scatter and season each add their part."""
    pooled = [sum(month) for month in zip(*years, strict=True)]
    total = sum(pooled)
    passed = _passed(pooled, elapsed)
    if not ELAPSED <= passed < 1:
        return None
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


def scatter_of(years: Sequence[Sequence[int]]) -> float:
    """How much more the months scatter than chance alone: Pearson's chi-square per freedom, ≥ 1."""
    pooled = [sum(month) for month in zip(*years, strict=True)]
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
