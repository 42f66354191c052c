"""How many companies of a place, size or industry were reached, beside how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pejl.demand.change import FEWEST
from pejl.indicators.kinds.uncertainty import wilson_interval
from pejl.indicators.result import Interval


class Standing(StrEnum):
    """How a share of those reached compares with the share of the population. Not a judgement."""

    BELOW = "below"
    ABOVE = "above"
    NO_CLEAR = "no_clear"
    TOO_FEW = "too_few"
    NOT_KNOWN = "not_known"  # no population is published for it


@dataclass(frozen=True)
class Reach:
    """One cell. Shares are of one; ``per_thousand`` is reached per 1,000 of the population."""

    reached: int
    population: int | None
    per_thousand: float | None
    per_thousand_interval: Interval | None
    share_reached: float | None
    share_interval: Interval | None
    share_population: float | None
    standing: Standing


def reaches(reached: Mapping[str, int], population: Mapping[str, int]) -> dict[str, Reach]:
    """Each cell of either, with its share of all that are reached and of all that there are.

    Both intervals are Wilson's (1927). The shares are of those whose cell is known and has a
    population: who cannot be placed is in neither.
    """
    cells = list(dict.fromkeys([*population, *reached]))
    all_reached = sum(count for cell, count in reached.items() if population.get(cell))
    everybody = sum(population.values())
    return {
        cell: _reach(reached.get(cell, 0), population.get(cell), all_reached, everybody)
        for cell in cells
    }


def _reach(reached: int, population: int | None, of: int, everybody: int) -> Reach:
    if not population or not of:
        return Reach(reached, population, None, None, None, None, None, Standing.NOT_KNOWN)
    share, expected = wilson_interval(reached, of), population / everybody
    # Workplaces are not companies: a cell could have more companies reached than workplaces.
    fits = reached <= population
    rate = wilson_interval(reached, population) if fits else None
    return Reach(
        reached=reached,
        population=population,
        per_thousand=1000 * reached / population,
        per_thousand_interval=Interval(1000 * rate.low, 1000 * rate.high) if rate else None,
        share_reached=reached / of,
        share_interval=share,
        share_population=expected,
        standing=_standing(share, expected, of),
    )


def _standing(share: Interval, expected: float, of: int) -> Standing:
    """Too few when not even ten would be expected here, however those reached were spread."""
    if share.high < expected and of * expected >= FEWEST:
        return Standing.BELOW
    if share.low > expected and of * share.high >= FEWEST:
        return Standing.ABOVE
    return Standing.TOO_FEW if of * expected < FEWEST else Standing.NO_CLEAR
