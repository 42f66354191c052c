"""Next year's share: beta-binomial about a level that is itself uncertain."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log, sqrt
from statistics import NormalDist, fmean

from pejl.targets.counts import PARTS
from pejl.targets.level import USUAL, Drift, Level, Seen, ahead

HALVINGS = 40


@dataclass(frozen=True)
class ShareYear:
    """A year's numerator and denominator; the denominator is above 0."""

    numerator: int
    denominator: int


@dataclass(frozen=True)
class ShareAhead:
    """Next year's share of ``denominator`` records, whose variance is ``scatter`` times chance."""

    level: Level  # of the logit
    denominator: int
    scatter: float

    def at_most(self, share: float) -> float:
        """The probability of at most that share of 1."""
        return fmean(curve.cdf(share) for curve in self._curves)

    def quantile(self, probability: float) -> float:
        """The share not exceeded with that probability."""
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.at_most(middle) < probability else (low, middle)
        return (low + high) / 2

    def chance(self, op: str, target: float) -> float:
        """The probability that the target is met."""
        below = self.at_most(target)
        return 1 - below if op.startswith(">") else below

    def promised(self, op: str, certainty: float) -> float:
        """The hardest target that is met with that probability."""
        return self.quantile(1 - certainty if op.startswith(">") else certainty)

    @cached_property
    def _curves(self) -> tuple[NormalDist, ...]:
        middles = (self.level.quantile((part + 0.5) / PARTS) for part in range(PARTS))
        shares = [1 / (1 + exp(-middle)) for middle in middles]
        return tuple(NormalDist(p, self._error(p)) for p in shares)

    def _error(self, share: float) -> float:
        return sqrt(self.scatter * share * (1 - share) / self.denominator)


def share_ahead(
    years: Sequence[ShareYear],
    scatter: float,
    denominator: int,
    steps: int = 1,
    drift: Drift = USUAL,
) -> ShareAhead:
    """The share so many years after the last of ``years``, oldest first; at least two of them.

    ``scatter`` is how much more than chance months scatter, at least 1; ``denominator`` how many
    records next year is thought to have.
    """
    seen = [_seen(year, scatter) for year in years]
    return ShareAhead(ahead(seen, steps, drift), denominator, max(1.0, scatter))


def _seen(year: ShareYear, scatter: float) -> Seen:
    """On the logit, with a half added to each side so that none and all can be written."""
    yes, no = year.numerator + 0.5, year.denominator - year.numerator + 0.5
    return Seen(log(yes / no), scatter * (1 / yes + 1 / no))
