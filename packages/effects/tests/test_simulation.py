"""Made-up panels of 20,000 firms with a known effect: bias and coverage, in a cheap version.

The full table is docs/simulation.md (8,000 draws) and docs/bias.md. Here COVERAGE_DRAWS draws:
the share of intervals that cover is binomial, so a true 95 % lies within 99.9 % limits of
0.95 ± 3.29 * sqrt(0.95 * 0.05 / draws).
"""

import math
from dataclasses import replace

import numpy as np
import pytest

from pejl_effects.simulate.panel import Recipe, simulate
from pejl_effects.simulate.trial import (
    estimator_trial,
    mirrored_means,
    one_pass_trial,
    repeat,
    summarise,
    unadjusted_trial,
)

FIRMS = 20_000
COVERAGE_DRAWS = 300
LIMIT = 3.29 * math.sqrt(0.95 * 0.05 / COVERAGE_DRAWS)
ONE_PER_CENT = 0.01
PLAIN = Recipe(firms=FIRMS)
SLOPED = Recipe(firms=FIRMS, slope=0.02)


@pytest.mark.parametrize("recipe", [PLAIN, SLOPED], ids=["strata", "linear adjustment"])
def test_one_pass_intervals_cover_the_truth_as_often_as_they_say(recipe: Recipe) -> None:
    found = summarise(repeat(one_pass_trial, recipe, COVERAGE_DRAWS), recipe.effect)
    assert found.coverage == pytest.approx(0.95, abs=LIMIT)
    # a standard deviation from 300 draws is within 14 % (3.29 / sqrt(2 * 300))
    assert found.error == pytest.approx(found.spread, rel=0.14)


@pytest.mark.parametrize(
    "name", ["stratified", "regression", "weighting", "doubly_robust", "matched"]
)
def test_the_bias_of_every_estimator_is_below_one_per_cent_of_the_effect(name: str) -> None:
    found = mirrored_means(estimator_trial(name), SLOPED, pairs=4)
    assert abs(found.mean() / SLOPED.effect - 1) < ONE_PER_CENT


@pytest.mark.parametrize("recipe", [PLAIN, SLOPED], ids=["strata", "linear adjustment"])
def test_the_bias_of_the_one_pass_estimator_is_below_one_per_cent(recipe: Recipe) -> None:
    found = mirrored_means(one_pass_trial, recipe, pairs=5)
    assert abs(found.mean() / recipe.effect - 1) < ONE_PER_CENT


def test_without_strata_the_same_firms_give_a_biased_answer() -> None:
    # otherwise the test above would show nothing
    found = mirrored_means(unadjusted_trial, PLAIN, pairs=3)
    assert found.mean() / PLAIN.effect - 1 > 0.15


def test_the_same_seed_gives_the_same_panel_and_another_seed_another() -> None:
    one, same = simulate(replace(PLAIN, firms=100)), simulate(replace(PLAIN, firms=100))
    other = simulate(replace(PLAIN, firms=100, seed=2))
    assert np.array_equal(one.firms.outcome, same.firms.outcome)
    assert not np.array_equal(one.firms.outcome, other.firms.outcome)
