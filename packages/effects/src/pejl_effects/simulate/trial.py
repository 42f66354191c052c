"""Repeated made-up panels: how often the interval holds the truth, and how far off on average."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from pejl_effects.arrays import NEVER, Floats
from pejl_effects.cube.effects import cube_effects
from pejl_effects.cube.moments import cube_of
from pejl_effects.estimators import ESTIMATORS
from pejl_effects.estimators.aggregate import simple
from pejl_effects.groups.comparison import Comparison, comparison
from pejl_effects.groups.rule import MatchRule
from pejl_effects.inference.intervals import t_interval
from pejl_effects.simulate.panel import Recipe, Simulated, simulate


@dataclass(frozen=True)
class Draw:
    """One estimate, its standard error, and whether its interval holds the truth."""

    estimate: float
    error: float
    covers: bool


@dataclass(frozen=True)
class Summary:
    """Draws summed up.

    bias : mean estimate minus truth; bias_error : its Monte Carlo standard error.
    coverage : share of intervals that hold the truth; coverage_error : its standard error.
    spread : standard deviation of the estimates; error : mean standard error claimed.
    """

    draws: int
    truth: float
    bias: float
    bias_error: float
    coverage: float
    coverage_error: float
    spread: float
    error: float


Trial = Callable[[Recipe], Draw]


def one_pass_trial(recipe: Recipe) -> Draw:
    """All cohorts, one-pass estimator, effect averaged over guided firms and years."""
    made = simulate(recipe)
    firms = made.firms
    if not recipe.slope:
        firms = replace(firms, covariates=firms.covariates[:, :, :0])
    found = simple(cube_effects(cube_of(firms))).overall
    interval = found.interval()
    value, error = float(found.values[0]), float(found.standard_errors[0])
    return Draw(value, error, interval.contains(made.truth))


def unadjusted_trial(recipe: Recipe) -> Draw:
    """The same without strata: what a naive comparison gives."""
    made = simulate(recipe)
    firms = replace(
        made.firms,
        covariates=made.firms.covariates[:, :, :0],
        stratum=np.zeros(made.firms.n, dtype=np.int64),
    )
    found = simple(cube_effects(cube_of(firms))).overall
    value, error = float(found.values[0]), float(found.standard_errors[0])
    return Draw(value, error, found.interval().contains(made.truth))


def two_years(made: Simulated) -> Comparison:
    """One comparison: last year before the middle cohort's guidance to one year after it."""
    firms = made.firms
    cohort = int(np.median(firms.cohort[firms.cohort != NEVER]))
    before = int(np.flatnonzero(firms.periods == cohort - 1)[0])
    kept = (firms.cohort == cohort) | (firms.cohort == NEVER)
    growth = (firms.outcome[:, before + 2] - firms.outcome[:, before])[kept]
    return comparison(
        firms.cohort[kept] == cohort,
        growth,
        firms.covariates[kept, before],
        firms.stratum[kept],
        rule=MatchRule(k=3),
    )


def estimator_trial(name: str) -> Trial:
    """One cohort, one window, any estimator of the table."""

    def trial(recipe: Recipe) -> Draw:
        made = simulate(recipe)
        found = ESTIMATORS[name](two_years(made))
        interval = t_interval(found.estimate, found.standard_error, np.inf)
        return Draw(found.estimate, found.standard_error, interval.contains(made.truth))

    return trial


def repeat(trial: Trial, recipe: Recipe, draws: int, first_seed: int = 1) -> list[Draw]:
    """Draws with seeds first_seed, first_seed + 1, …"""
    return [trial(replace(recipe, seed=first_seed + i)) for i in range(draws)]


def summarise(found: list[Draw], truth: float) -> Summary:
    """Bias, coverage and the errors of both."""
    estimates: Floats = np.array([d.estimate for d in found])
    n = len(found)
    coverage = float(np.mean([d.covers for d in found]))
    spread = float(np.std(estimates, ddof=1))
    return Summary(
        n,
        truth,
        float(estimates.mean()) - truth,
        spread / n**0.5,
        coverage,
        float(np.sqrt(coverage * (1 - coverage) / n)),
        spread,
        float(np.mean([d.error for d in found])),
    )


def mirrored_means(trial: Trial, recipe: Recipe, pairs: int, first_seed: int = 1) -> Floats:
    """Mean estimate of each panel and its mirror, (pairs,): sampling error cancels, bias stays."""
    out = []
    for seed in range(first_seed, first_seed + pairs):
        plain = trial(replace(recipe, seed=seed)).estimate
        other = trial(replace(recipe, seed=seed, mirrored=True)).estimate
        out.append((plain + other) / 2)
    return np.array(out)
