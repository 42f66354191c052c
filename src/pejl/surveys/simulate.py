"""How often an interval holds the truth: the coverage of each candidate, by simulation.

``python -m pejl.surveys.simulate`` prints the table that docs/explanation/nps.md publishes.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, lgamma, log, sqrt
from random import Random

from pejl.indicators.kinds.score import nps_score_interval
from pejl.indicators.kinds.uncertainty import (
    Z95,
    normal_interval,
    nps_standard_error,
    wilson_interval,
)
from pejl.indicators.result import Interval

SIZES = (30, 100, 300)
# Shares of promoters and detractors around what hubs report (NPS 10 to 94), and even answers.
TRUTHS = (
    (0.78, 0.06),
    (0.85, 0.02),
    (0.75, 0.05),
    (0.70, 0.15),
    (0.60, 0.10),
    (0.50, 0.20),
    (0.40, 0.10),
    (0.30, 0.30),
    (0.90, 0.02),
    (0.95, 0.01),
)
SHARES = (0.30, 0.50, 0.70, 0.90)
DRAWS = 20_000
SEED = 2024

Method = Callable[[int, int, int], Interval]


@dataclass(frozen=True)
class Outcome:
    """What a sample of n answers may be, and how likely that is."""

    promoters: int
    detractors: int
    likelihood: float


@dataclass(frozen=True)
class Coverage:
    """How often a method's interval held the truth: in the draws, and in all outcomes exactly."""

    method: str
    n: int
    truth: tuple[float, float]
    simulated: float
    exact: float


def normal(promoters: int, detractors: int, n: int) -> Interval:
    """The NPS ± 1.96 standard errors."""
    value = 100 * (promoters - detractors) / n
    return normal_interval(value, nps_standard_error(promoters, detractors, n))


def adjusted_wald(promoters: int, detractors: int, n: int) -> Interval:
    """The normal interval after adding 3/4 to promoters and detractors, and 3 to n.

    Rocks, B. (2016), "Interval estimation for the Net Promoter Score", The American Statistician
    70(4), 365–372; after Agresti, A. and Min, Y. (2005), Statistics in Medicine 24, 729–740.
    """
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    reach = Z95 * sqrt((p + d - (p - d) ** 2) / (n + 3))
    return Interval(100 * (p - d - reach), 100 * (p - d + reach))


METHODS: dict[str, Method] = {
    "normal": normal,
    "adjusted Wald": adjusted_wald,
    "score": nps_score_interval,
}


def outcomes(n: int, promoters: float, detractors: float) -> list[Outcome]:
    """Every outcome of n answers, with its probability (the trinomial distribution)."""
    logs = (log(promoters), log(detractors), log(1 - promoters - detractors))
    return [
        Outcome(p, d, exp(_ways(n, p, d) + p * logs[0] + d * logs[1] + (n - p - d) * logs[2]))
        for p in range(n + 1)
        for d in range(n + 1 - p)
    ]


def coverage(
    method: str, n: int, truth: tuple[float, float], draws: int = DRAWS, seed: int = SEED
) -> Coverage:
    """Draw samples from a truth and count the intervals that hold it; and sum them exactly."""
    possible = [one for one in outcomes(n, *truth) if one.likelihood > 1e-12]
    seen = Counter(_drawn([one.likelihood for one in possible], draws, seed))
    nps = 100 * (truth[0] - truth[1])
    held = [_holds(METHODS[method](one.promoters, one.detractors, n), nps) for one in possible]
    return Coverage(
        method,
        n,
        truth,
        sum(count for which, count in seen.items() if held[which]) / draws,
        sum(one.likelihood for one, holds in zip(possible, held, strict=True) if holds),
    )


def share_coverage(n: int, share: float, draws: int = DRAWS, seed: int = SEED) -> Coverage:
    """The same for Wilson's interval of a share, as for the use of referrals."""
    logs = (log(share), log(1 - share))
    chances = [
        exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * logs[0] + (n - k) * logs[1])
        for k in range(n + 1)
    ]
    held = [_holds(wilson_interval(k, n), share) for k in range(n + 1)]
    seen = Counter(_drawn(chances, draws, seed))
    simulated = sum(count for k, count in seen.items() if held[k]) / draws
    exact = sum(chance for chance, holds in zip(chances, held, strict=True) if holds)
    return Coverage("Wilson", n, (share, 1 - share), simulated, exact)


def table(draws: int = DRAWS) -> str:
    """The published table, in Markdown: coverage in per cent, simulated."""
    head = [f"{name}, n = {n}" for n in SIZES for name in METHODS]
    lines = [_row(["promoters", "detractors", *head]), _row(["---:"] * (len(head) + 2))]
    for truth in TRUTHS:
        found = [coverage(name, n, truth, draws).simulated for n in SIZES for name in METHODS]
        lines.append(_row([*(f"{100 * s:.0f} %" for s in truth), *map(_percent, found)]))
    shares = [_row(["used", *(f"Wilson, n = {n}" for n in SIZES)]), _row(["---:"] * 4)]
    for share in SHARES:
        found = [share_coverage(n, share, draws).simulated for n in SIZES]
        shares.append(_row([f"{100 * share:.0f} %", *map(_percent, found)]))
    return "\n".join([*lines, "", *shares])


def _ways(n: int, p: int, d: int) -> float:
    return lgamma(n + 1) - lgamma(p + 1) - lgamma(d + 1) - lgamma(n - p - d + 1)


def _drawn(weights: Sequence[float], draws: int, seed: int) -> list[int]:
    """Positions drawn with the weights, repeatably."""
    random, upto = Random(seed), list(accumulate(weights))  # noqa: S311 - not for secrets
    last = len(upto) - 1
    return [min(bisect(upto, random.random() * upto[-1]), last) for _ in range(draws)]


def _holds(interval: Interval, truth: float) -> bool:
    # The truth 100 (0.78 − 0.06) is a hair from 72 in binary, and an end may lie on it exactly.
    return interval.low - 1e-9 <= truth <= interval.high + 1e-9


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(table())  # noqa: T201 - the command's whole output
