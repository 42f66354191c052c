"""Where a yearly level will be: a random walk seen through the noise of each year's count.

The local level model (Harvey 1989, ch. 2; Durbin & Koopman 2012, ch. 2) on a scale where effects
multiply: the logarithm of a count, the logit of a share. How far a level moves from year to year
can hardly be seen in a few years, so what is seen is pooled with what other series do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pejl.targets import student

YEARS = 2  # fewer show nothing of how a level moves


@dataclass(frozen=True)
class Drift:
    """How far levels usually move in a year (standard deviation), worth so many years' moves."""

    usual: float
    worth: int


# The year-to-year moves of three published series of counts (docs/explanation/targets.md); shares
# move on the logit about as far, and nobody has counted them.
USUAL = Drift(0.10, 4)


@dataclass(frozen=True)
class Seen:
    """One year on the scale: what was seen, and the variance of its chance part."""

    value: float
    variance: float


@dataclass(frozen=True)
class Level:
    """A level to come: Student's t about ``middle``, with this scale and these degrees."""

    middle: float
    scale: float
    freedom: int

    def quantile(self, share: float) -> float:
        """The level not exceeded with that probability."""
        return self.middle + self.scale * student.quantile(share, self.freedom)

    def moved(self, by: float, variance: float) -> "Level":
        """The level moved by something that is itself uncertain."""
        return Level(self.middle + by, (self.scale**2 + variance) ** 0.5, self.freedom)


def ahead(years: Sequence[Seen], steps: int = 1, drift: Drift = USUAL) -> Level:
    """The level so many years after the last of ``years``, oldest first; at least two of them."""
    move = _move(years, drift)
    middle, variance = years[0].value, years[0].variance
    for year in years[1:]:
        variance += move
        gain = variance / (variance + year.variance)
        middle += gain * (year.value - middle)
        variance *= 1 - gain
    return Level(middle, (variance + steps * move) ** 0.5, drift.worth + len(years) - 1)


def _move(years: Sequence[Seen], drift: Drift) -> float:
    """The variance of a year's move: what these years show beyond noise, pooled with the usual."""
    shown = sum((b.value - a.value) ** 2 - a.variance - b.variance for a, b in pairwise(years))
    moves = drift.worth + len(years) - 1
    return (drift.worth * drift.usual**2 + max(0.0, shown)) / moves
