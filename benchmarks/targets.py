"""Can the target adviser be trusted? Made-up hubs whose truth is known, and published counts.

``python -m benchmarks.targets`` prints, for each group, how often the 80 % interval held the next
year's figure, and how often a target that could be promised with 80 % certainty was met. The usual
drift was chosen while the first real group was looked at; the held-out one came after.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.calibration import HELD_OUT, REAL, Months, _count, real
from pejl.standing.forecast import scatter_of
from pejl.targets.counts import CountYear, count_ahead
from pejl.targets.shares import ShareYear, share_ahead

MOST_YEARS = 5
CERTAINTY = 0.8


@dataclass(frozen=True)
class Score:
    """How many years were foreseen, and how it went."""

    years: int
    covered: float  # by the 80 % interval
    kept: float  # promises made with 80 % certainty


@dataclass(frozen=True)
class Hub:
    """Made-up hubs: a level, how far it moves in a year, months' scatter, years on record."""

    level: float
    drift: float
    scatter: float
    years: int = 3


def simulate(hub: Hub, number: int, seed: int) -> Score:
    """Foresee the year after ``hub.years`` years, for so many hubs of this shape."""
    dice = random.Random(seed)
    return _score(_made_up(hub, dice) for _ in range(number))


def simulate_shares(hub: Hub, share: float, number: int, seed: int) -> Score:
    """The same of shares: the level is how many records a year, the drift is of the logit."""
    dice = random.Random(seed)
    return _share_score((_made_up_shares(hub, share, dice) for _ in range(number)), hub.scatter)


def back_test(series: Sequence[Sequence[Months]]) -> Score:
    """Foresee every year of every published series from the years before it, at least two."""
    return _score(
        list(years[max(0, i - MOST_YEARS) : i + 1])
        for years in series
        for i in range(2, len(years))
        if all(map(sum, years[max(0, i - MOST_YEARS) : i]))
    )


def _score(runs: Iterator[list[Months]]) -> Score:
    covered, kept = [], []
    for *earlier, next_year in runs:
        ahead = count_ahead([CountYear(sum(year)) for year in earlier], scatter_of(earlier[-3:]))
        end = sum(next_year)
        covered.append(ahead.quantile(0.1) <= end <= ahead.quantile(0.9))
        kept.append(end >= ahead.promised(">=", CERTAINTY))
    return Score(len(covered), sum(covered) / len(covered), sum(kept) / len(kept))


def _share_score(runs: Iterator[list[ShareYear]], scatter: float) -> Score:
    covered, kept = [], []
    for *earlier, end in runs:
        ahead = share_ahead(earlier, scatter, end.denominator)
        share = end.numerator / end.denominator
        covered.append(ahead.quantile(0.1) <= share <= ahead.quantile(0.9))
        kept.append(share >= ahead.promised(">=", CERTAINTY))
    return Score(len(covered), sum(covered) / len(covered), sum(kept) / len(kept))


def _made_up(hub: Hub, dice: random.Random) -> list[Months]:
    season = [dice.gammavariate(8, 1) for _ in range(12)]
    level, made = hub.level, list[Months]()
    for _ in range(hub.years + 1):
        level *= math.exp(dice.gauss(0, hub.drift))
        months = (level * weight / sum(season) for weight in season)
        made.append([_count(dice, mean, hub.scatter) for mean in months])
    return made


def _made_up_shares(hub: Hub, share: float, dice: random.Random) -> list[ShareYear]:
    logit, made, total = math.log(share / (1 - share)), list[ShareYear](), round(hub.level)
    for _ in range(hub.years + 1):
        logit += dice.gauss(0, hub.drift)
        p = 1 / (1 + math.exp(-logit))
        # Beta-binomial: the year's own share scatters about its level.
        rho = (hub.scatter - 1) / (total - 1)
        own = dice.betavariate(p * (1 / rho - 1), (1 - p) * (1 / rho - 1)) if rho > 0 else p
        made.append(ShareYear(sum(dice.random() < own for _ in range(total)), total))
    return made


HUBS = (
    ("1,500 a year, drift 10 %", Hub(1500, 0.10, 2.0)),
    ("1,500 a year, drift 5 %", Hub(1500, 0.05, 2.0)),
    ("1,500 a year, drift 15 %", Hub(1500, 0.15, 2.0)),
    ("1,500 a year, drift 25 %", Hub(1500, 0.25, 2.0)),
    ("1,500 a year, two years on record", Hub(1500, 0.10, 2.0, years=2)),
    ("1,500 a year, five years on record", Hub(1500, 0.10, 2.0, years=5)),
    ("1,500 a year, months scatter 6 times", Hub(1500, 0.10, 6.0)),
    ("300 a year", Hub(300, 0.10, 2.0)),
    ("45 a year", Hub(45, 0.10, 1.3)),
)
SHARES = (
    ("a share of 0.4 of 1,500", Hub(1500, 0.10, 1.5), 0.4),
    ("a share of 0.4 of 1,500, drift 0.05", Hub(1500, 0.05, 1.5), 0.4),
    ("a share of 0.4 of 1,500, drift 0.15", Hub(1500, 0.15, 1.5), 0.4),
    ("a share of 0.1 of 300", Hub(300, 0.10, 1.5), 0.1),
)


def main(number: int = 1000) -> None:
    """Print the table of docs/explanation/targets.md."""
    print("| group | years | within 80 % | promises kept |\n|---|---|---|---|")
    _row("real: three published series", back_test(real(REAL)))
    _row("real, held out: seven published series", back_test(real(HELD_OUT)))
    for seed, (name, hub) in enumerate(HUBS):
        _row(name, simulate(hub, number, seed))
    for seed, (name, hub, share) in enumerate(SHARES):
        _row(name, simulate_shares(hub, share, number, seed))


def _row(name: str, score: Score) -> None:
    print(f"| {name} | {score.years:,} | {score.covered:.1%} | {score.kept:.1%} |")


if __name__ == "__main__":
    main()
