"""Is the forecast honest? A rolling-origin back-test on made-up and on real monthly counts.

``make calibrate`` prints, for each group of series, how often the 80 % and the 50 % interval held
the year's end, and the Brier score of the probability beside that of a straight line. The formula
was tuned while the first groups were looked at; the held-out ones came after, and nothing was
changed for them.
"""

import csv
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pejl.standing import forecast

DATA = Path(__file__).parent / "data"
REAL, HELD_OUT = DATA / "monthly_counts.csv", DATA / "held_out.csv"
YEARS = 3  # earlier years on record, as in pejl.standing.seasons
ORIGINS = range(2, 11)  # forecast after so many months
TARGETS = (0.9, 0.95, 1.0, 1.05, 1.1)  # of what the mean of the earlier years had
Months = Sequence[int]


@dataclass(frozen=True)
class Score:
    """What the back-test found: how many forecasts, and how they did."""

    forecasts: int
    coverage: float  # of the 80 % interval
    coverage_50: float  # of the 50 % interval
    brier: float
    brier_linear: float


def score(series: Sequence[Sequence[Months]]) -> Score:
    """Every origin of every year that has enough earlier years, over all series."""
    covered: list[bool] = []
    within: list[bool] = []
    mine: list[float] = []
    linear: list[float] = []
    for years in series:
        for earlier, year, origin in _origins(years):
            so_far, end = sum(year[:origin]), sum(year)
            for share in TARGETS:
                target = Fraction(round(share * sum(map(sum, earlier)) / len(earlier)))
                made = _forecast(earlier, so_far, origin, target)
                if made is None or made.probability is None:
                    continue
                met = float(end >= target)
                mine.append((made.probability - met) ** 2)
                linear.append((float(so_far * 12 / origin >= target) - met) ** 2)
                if share == 1.0:
                    covered.append(made.low <= end <= made.high)
                    band = forecast.fan(so_far, earlier, _elapsed(origin))[11]
                    within.append(band.lower <= end <= band.upper)
    return Score(len(covered), *map(_mean, (covered, within, mine, linear)))


def real(source: Path = REAL) -> list[list[Months]]:
    """The published series, each as years of twelve counts."""
    found: dict[str, list[int]] = {}
    with source.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["series"], []).append(int(row["count"]))
    return [[months[i : i + 12] for i in range(0, len(months), 12)] for months in found.values()]


def made_up(seed: int, count: int = 30, level: float = 900) -> list[list[Months]]:
    """Series of six years: a season, a moving level, months that scatter more than chance."""
    dice = random.Random(seed)
    return [_made_up(dice, level) for _ in range(count)]


def _made_up(dice: random.Random, level: float) -> list[Months]:
    season = [dice.gammavariate(8, 1) for _ in range(12)]
    scatter = dice.uniform(1.0, 6.0)
    years: list[Months] = []
    for _ in range(6):
        level *= math.exp(dice.gauss(0, 0.15))
        own = [weight * math.exp(dice.gauss(0, 0.05)) for weight in season]
        years.append([_count(dice, level * w / sum(own), scatter) for w in own])
    return years


def _count(dice: random.Random, mean: float, scatter: float) -> int:
    """A negative binomial count whose variance is ``scatter`` times its mean."""
    rate = mean if scatter <= 1.01 else dice.gammavariate(mean / (scatter - 1), scatter - 1)
    return _poisson(dice, rate)


def _poisson(dice: random.Random, rate: float) -> int:
    count, waited = 0, dice.expovariate(1)
    while waited < rate:
        count, waited = count + 1, waited + dice.expovariate(1)
    return count


def _origins(years: Sequence[Months]) -> Iterator[tuple[list[Months], Months, int]]:
    for i in range(forecast.YEARS, len(years)):
        for origin in ORIGINS:
            yield list(years[max(0, i - YEARS) : i]), years[i], origin


def _forecast(
    earlier: list[Months], so_far: int, origin: int, target: Fraction
) -> forecast.Forecast | None:
    return forecast.count(so_far, earlier, _elapsed(origin), ">=", target)


def _elapsed(origin: int) -> list[Fraction]:
    """The first months have passed as a whole, the others not at all."""
    return [Fraction(int(month < origin)) for month in range(12)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def main() -> None:
    """Print the scores."""
    groups = {
        "made up": made_up(2024),
        "made up, small": made_up(7, level=150),
        "real": real(),
        "held out: made up": made_up(99),
        "held out: made up, small": made_up(100, level=150),
        "held out: real": real(HELD_OUT),
    }
    for name, series in groups.items():
        found = score(series)
        print(
            f"{name:25} {found.forecasts:5} forecasts  80 % held {found.coverage:.3f}  "
            f"50 % held {found.coverage_50:.3f}  Brier {found.brier:.4f}  "
            f"straight line {found.brier_linear:.4f}"
        )


if __name__ == "__main__":
    main()
