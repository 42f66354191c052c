"""Errors, clusters, the bootstrap and bands, against arithmetic and each other."""

import numpy as np
import pytest

from pejl_effects.arrays import NEVER
from pejl_effects.cube.effects import cube_effects
from pejl_effects.cube.moments import cube_of
from pejl_effects.diagnostics.power import chance, detectable, expected_error, firms_needed
from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS, comparison
from pejl_effects.estimators.aggregate import by_event_time
from pejl_effects.estimators.group_time import group_time
from pejl_effects.inference.bootstrap import multiplier_draws, sup_t
from pejl_effects.inference.influence import FirmInfluence, satterthwaite
from pejl_effects.inference.intervals import critical
from pejl_effects.simulate.panel import Simulated

BOOTSTRAP = 0.06
"""Standard deviations from 4,000 draws are within 3.7 % (3.29 / sqrt(8000)); firm-by-firm
weights add a little."""


def test_two_groups_give_the_textbook_difference_and_error() -> None:
    growth = np.array([3.0, 5.0, 1.0, 2.0, 3.0])
    found = ESTIMATORS["stratified"](comparison(np.array([1, 1, 0, 0, 0], dtype=bool), growth))
    assert found.estimate == (3 + 5) / 2 - (1 + 2 + 3) / 3
    # guided: squares around the mean 1 + 1, over 2^2; controls: 1 + 0 + 1, times 3/2, over 3^2
    assert found.standard_error**2 == pytest.approx(2 / 4 + 2 * (3 / 2) / 9)


def test_strata_are_weighted_by_their_guided_firms() -> None:
    treated = np.array([1, 1, 0, 0, 1, 0, 0], dtype=bool)
    growth = np.array([4.0, 6.0, 1.0, 3.0, 9.0, 5.0, 7.0])
    stratum = np.array([0, 0, 0, 0, 1, 1, 1])
    found = ESTIMATORS["stratified"](comparison(treated, growth, stratum=stratum))
    assert found.estimate == pytest.approx((2 * (5 - 2) + 1 * (9 - 6)) / 3)


def test_a_firm_in_a_stratum_without_two_controls_is_left_out_and_marked() -> None:
    treated = np.array([1, 0, 0, 1, 0], dtype=bool)
    growth = np.array([4.0, 1.0, 3.0, 100.0, 0.0])
    found = ESTIMATORS["stratified"](comparison(treated, growth, stratum=np.array([0, 0, 0, 1, 1])))
    assert found.estimate == 4 - 2
    assert found.left_out.tolist() == [False, False, False, True, True]


def test_nobody_to_compare_with_is_refused() -> None:
    treated, growth = np.array([1, 0, 0], dtype=bool), np.array([1.0, 2.0, 3.0])
    assert ESTIMATORS["stratified"](comparison(treated, growth)).estimate == 1 - 2.5
    with pytest.raises(EffectError, match="share no stratum"):
        ESTIMATORS["stratified"](comparison(treated, growth, stratum=np.array([0, 1, 1])))


def test_the_growth_of_the_total_is_not_the_mean_growth() -> None:
    before = np.array([100.0, 10.0, 50.0, 50.0])
    after = np.array([110.0, 20.0, 50.0, 60.0])
    treated = np.array([1, 1, 0, 0], dtype=bool)
    data = comparison(treated, after / before - 1, before=before, after=after)
    found = ESTIMATORS["ratio_of_sums"](data)
    assert found.estimate == pytest.approx((130 / 110 - 1) - (110 / 100 - 1))


def test_clusters_are_summed_before_they_are_squared() -> None:
    values = np.array([[1.0], [2.0], [-3.0], [0.0]])
    plain = FirmInfluence(values, np.zeros(4, dtype=np.int64))
    clustered = FirmInfluence(values, np.zeros(4, dtype=np.int64), np.array([0, 0, 1, 1]))
    assert plain.covariance()[0, 0] == (1 + 4 + 9) / 16
    assert clustered.covariance()[0, 0] == (3**2 + 3**2) * 2 / 16  # G/(G-1) = 2
    assert clustered.freedom().tolist() == [1.0]


def test_satterthwaite_of_two_equal_groups_is_twice_their_freedom() -> None:
    found = satterthwaite(np.array([[1.0], [1.0]]), np.array([11, 11]))
    assert found[0] == pytest.approx(20)


def test_the_t_quantile_goes_to_the_normal_one() -> None:
    assert critical(np.inf, 0.95) == pytest.approx(1.959964, abs=1e-6)
    assert critical(10, 0.95) == pytest.approx(2.228139, abs=1e-6)


def test_the_multiplier_bootstrap_gives_the_analytic_errors(small: Simulated) -> None:
    for effects in (
        group_time(small.firms, ESTIMATORS["stratified"]),
        cube_effects(cube_of(small.firms)),
    ):
        found = by_event_time(effects).each
        drawn = multiplier_draws(found.influence, 4000, seed=3).std(axis=0)
        assert drawn == pytest.approx(found.standard_errors, rel=BOOTSTRAP)


def test_a_band_lies_between_the_single_interval_and_bonferroni(small: Simulated) -> None:
    found = by_event_time(group_time(small.firms, ESTIMATORS["stratified"])).each
    bands = sup_t(found.values, found.influence)
    assert critical(np.inf, 0.95) < bands.critical
    assert bands.critical < critical(np.inf, 1 - 0.05 / found.values.size)
    assert bands == sup_t(found.values, found.influence)


def test_power_is_the_arithmetic_of_the_books() -> None:
    assert detectable(1.0) == pytest.approx(1.959964 + 0.841621, abs=1e-6)
    assert expected_error(0.5, 100, 4) == pytest.approx(0.5 * (1 / 100 + 1 / 400) ** 0.5)
    number = firms_needed(0.10, 0.4525)
    assert chance(0.10, expected_error(0.4525, number)) >= 0.8
    assert chance(0.10, expected_error(0.4525, number - 1)) < 0.8


def test_an_effect_of_nothing_cannot_be_planned_for() -> None:
    with pytest.raises(EffectError, match="an effect to detect"):
        firms_needed(0.0, 0.5)


def test_never_guided_firms_are_the_only_controls_when_asked(small: Simulated) -> None:
    assert (small.firms.cohort == NEVER).sum() > (small.firms.cohort != NEVER).sum()
