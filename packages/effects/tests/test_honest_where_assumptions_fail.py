"""When guided firms would have drifted away anyway, the tool must say so."""

import numpy as np

from pejl_effects.cube.effects import cube_effects
from pejl_effects.cube.moments import cube_of
from pejl_effects.diagnostics.honest import relative_magnitudes, smoothness
from pejl_effects.diagnostics.honest.event_study import event_study
from pejl_effects.diagnostics.pretrend import pretrend_test
from pejl_effects.estimators.aggregate import by_event_time, simple
from pejl_effects.estimators.group_time import GroupTime
from pejl_effects.simulate.panel import Recipe, simulate

DRIFT = 0.03
"""Log points a year by which guided firms pull away with or without guidance."""


def _effects(violation: float) -> GroupTime:
    return cube_effects(cube_of(simulate(Recipe(firms=20_000, violation=violation, seed=5)).firms))


def test_the_plain_interval_misses_the_truth_when_trends_are_not_parallel() -> None:
    assert not simple(_effects(DRIFT)).overall.interval().contains(0.10)
    assert simple(_effects(0.0)).overall.interval().contains(0.10)


def test_the_pre_trend_test_sees_the_drift_and_not_one_that_is_not_there() -> None:
    assert pretrend_test(_effects(DRIFT)).p_value < 0.001
    assert pretrend_test(_effects(0.0)).passed


def test_the_pre_trend_test_says_which_drift_it_could_have_seen() -> None:
    assert 0 < pretrend_test(_effects(0.0)).detectable_slope < DRIFT


def test_allowing_trends_to_break_as_before_brings_the_truth_back_into_the_interval() -> None:
    # a straight drift breaks after guidance as much a year as it did before it: Mbar = 1
    study = event_study(by_event_time(_effects(DRIFT), -4, 3))
    assert not study.plain().contains(0.10)
    assert relative_magnitudes(study, 1.0).contains(0.10)


def test_allowing_a_straight_trend_brings_it_back_too() -> None:
    study = event_study(by_event_time(_effects(DRIFT), -4, 3))
    found = smoothness(study, 0.0)
    assert found.contains(0.10)
    assert found.high - found.low > study.plain().high - study.plain().low


def test_with_parallel_trends_the_sensitivity_interval_still_excludes_no_effect() -> None:
    study = event_study(by_event_time(_effects(0.0), -4, 3))
    assert relative_magnitudes(study, 0.5).low > 0
    assert np.isfinite(relative_magnitudes(study, 2.0).high)
