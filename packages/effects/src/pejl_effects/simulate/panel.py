"""Made-up firms over years whose true effect is known, the same for the same seed."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import NEVER, Floats, Ints
from pejl_effects.estimators.group_time import Firms


@dataclass(frozen=True)
class Recipe:
    """What is simulated.

    firms, years : size; the first year is ``first_year``.
    guided_share : share of firms guided, more often in fast-growing strata.
    effect : log points added from the year of guidance on (0.10 = about ten per cent).
    spread : standard deviation of yearly noise; effect_spread : of the effect between firms.
    selection : how much faster per year the most selected stratum grows.
    slope : growth per year that one standard deviation of the covariate brings.
    violation : log points a year by which guided firms would have drifted away anyway: breaks
        the assumption of parallel trends when not 0.
    mirrored : turn the sign of every random part of the outcome but not of who is guided. The
        errors of a panel and its mirror cancel, so that their mean shows a bias plainly.
    """

    firms: int = 20_000
    years: int = 10
    first_year: int = 2015
    guided_share: float = 0.10
    effect: float = 0.10
    spread: float = 0.30
    effect_spread: float = 0.10
    selection: float = 0.03
    slope: float = 0.0
    violation: float = 0.0
    mirrored: bool = False
    industries: int = 8
    sizes: int = 4
    seed: int = 1


@dataclass(frozen=True)
class Simulated:
    """Firms, and the truth: the mean effect on the guided in the population."""

    firms: Firms
    truth: float


def simulate(recipe: Recipe) -> Simulated:
    """Draw one panel.

    Log outcome = firm level + common year effect + stratum trend + slope * x * year + effect +
    noise. Guidance is likelier in strata with a stronger trend and for firms with high x, so
    comparing without strata is biased upwards, and with them it is not.
    """
    random = np.random.default_rng(recipe.seed)
    n = recipe.firms
    stratum = random.integers(recipe.industries * recipe.sizes, size=n)
    pull = np.linspace(-1, 1, recipe.industries * recipe.sizes)[stratum]
    x = random.standard_normal(n)
    cohort = _cohorts(recipe, random, pull, x)
    outcome = _outcome(recipe, random, pull, x, cohort)
    years = np.arange(recipe.first_year, recipe.first_year + recipe.years)
    covariates = np.repeat(x[:, None, None], recipe.years, axis=1)
    firms = Firms(cohort, outcome, years, covariates, stratum)
    return Simulated(firms, recipe.effect)


def _cohorts(recipe: Recipe, random: np.random.Generator, pull: Floats, x: Floats) -> Ints:
    """Year of guidance, in the middle years so that each cohort has two years either side."""
    chance = _logistic_with_mean(0.8 * pull + (0.5 * x if recipe.slope else 0.0), recipe)
    first = recipe.first_year + max(2, recipe.years // 3)
    last = recipe.first_year + recipe.years - 3
    year = random.integers(first, last + 1, size=recipe.firms)
    return np.where(random.random(recipe.firms) < chance, year, NEVER)


def _logistic_with_mean(lean: Floats, recipe: Recipe) -> Floats:
    """Logistic chances (n,) whose mean is the guided share: a constant found by bisection."""
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = float(np.mean(1 / (1 + np.exp(-(lean + middle)))))
        low, high = (middle, high) if mean < recipe.guided_share else (low, middle)
    return np.asarray(1 / (1 + np.exp(-(lean + low))))


def _outcome(
    recipe: Recipe, random: np.random.Generator, pull: Floats, x: Floats, cohort: Ints
) -> Floats:
    year = np.arange(recipe.years)[None, :]
    calendar = recipe.first_year + year
    guided = (cohort != NEVER)[:, None]
    sign = -1.0 if recipe.mirrored else 1.0
    own = recipe.effect + sign * recipe.effect_spread * random.standard_normal(recipe.firms)
    treated = guided & (calendar >= cohort[:, None])
    level = 8 + 1.2 * random.standard_normal(recipe.firms)
    trend = recipe.selection * pull[:, None] * year + recipe.slope * x[:, None] * year
    drift = recipe.violation * guided * year
    common = 0.02 * year + 0.03 * np.sin(year)
    noise = sign * recipe.spread * random.standard_normal((recipe.firms, recipe.years))
    return np.asarray(level[:, None] + common + trend + drift + treated * own[:, None] + noise)
