"""NPS weighted to a population that the answers should have looked like (post-stratification).

Within a stratum everybody counts alike; a stratum counts by its size in the population, not among
the answers. Holt, D. and Smith, T. M. F. (1979), "Post stratification", Journal of the Royal
Statistical Society A 142(1), 33–46. It mends what the strata can see, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from pejl.indicators.kinds.uncertainty import normal_interval
from pejl.indicators.result import Interval
from pejl.surveys.groups import Scores


@dataclass(frozen=True)
class Stratum:
    """Some groups taken together: how many in the population, and the answers among them."""

    keys: tuple[str, ...]
    population: int
    scores: Scores


@dataclass(frozen=True)
class Weighted:
    """The weighted NPS, its 95 % interval given the strata, and the strata as they were used.

    ``uncovered`` is the part of the population in groups that no stratum with answers could take
    in: it is left out of the weights. ``value`` is None when nothing could be weighted.
    """

    value: Fraction | None
    interval: Interval | None
    strata: Sequence[Stratum]
    uncovered: int = 0


def weighted_nps(
    population: Mapping[str, int], answers: Mapping[str, Scores], smallest: int
) -> Weighted:
    """Weight the strata's scores by the population.

    ``smallest`` is the least number of answers that a stratum may stand on: smaller ones are
    joined with the next smallest until none is left, or all are one.
    """
    strata = _joined(_strata(population, answers), max(smallest, 2))
    usable = [one for one in strata if one.scores.n and one.population]
    total = sum(one.population for one in usable)
    left_out = sum(population.values()) - total
    if not total:
        return Weighted(None, None, strata, left_out)
    value = sum(
        (Fraction(one.population, total) * (one.scores.value or 0) for one in usable), Fraction(0)
    )
    return Weighted(value, _interval(value, usable, total), strata, left_out)


def _strata(population: Mapping[str, int], answers: Mapping[str, Scores]) -> list[Stratum]:
    """One a group. Answers from a group that the population does not have weigh nothing."""
    none = Scores(0, 0, 0)
    return [
        Stratum((key,), size, answers.get(key, none)) for key, size in population.items() if size
    ]


def _joined(strata: list[Stratum], smallest: int) -> list[Stratum]:
    """Join the stratum with the fewest answers to the next, until each has enough."""
    found = sorted(strata, key=lambda one: one.scores.n)
    while len(found) > 1 and found[0].scores.n < smallest:
        first, second, *rest = found
        found = sorted([_both(first, second), *rest], key=lambda one: one.scores.n)
    return found


def _both(one: Stratum, other: Stratum) -> Stratum:
    a, b = one.scores, other.scores
    together = Scores(a.n + b.n, a.promoters + b.promoters, a.detractors + b.detractors)
    return Stratum(one.keys + other.keys, one.population + other.population, together)


def _interval(value: Fraction, strata: Sequence[Stratum], total: int) -> Interval | None:
    """Value ± 1.96 √Σ W² s²/n; None where a stratum has one answer, and so no variance."""
    if any(one.scores.n < 2 for one in strata):
        return None
    variance = sum((one.population / total) ** 2 * _variance(one.scores) for one in strata)
    return normal_interval(float(value), sqrt(variance))


def _variance(scores: Scores) -> float:
    """The variance of a stratum's NPS: the sample variance of ±100 and 0, over n."""
    p, d = scores.promoters / scores.n, scores.detractors / scores.n
    return 100**2 * (p + d - (p - d) ** 2) / (scores.n - 1)
