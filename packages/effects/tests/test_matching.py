"""Control groups: who is matched with whom, and how alike the groups became."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pejl_effects.errors import EffectError
from pejl_effects.estimators import ESTIMATORS, comparison
from pejl_effects.groups.nuisance import fit_logit
from pejl_effects.groups.rule import MatchRule
from pejl_effects.matching.balance import balance
from pejl_effects.matching.nearest import nearest
from pejl_effects.matching.overlap import overlap
from pejl_effects.matching.strata import Bands, cells, coarsen, control_weights, cross
from pejl_effects.simulate.panel import Recipe, simulate
from pejl_effects.simulate.trial import two_years

SCORE = np.array([0.0, 1.0, 0.1, 0.9, 1.2, 5.0])
TREATED = np.array([1, 1, 0, 0, 0, 0], dtype=bool)
ONE = np.zeros(6, dtype=np.int64)


def _pairs(rule: MatchRule, stratum: np.ndarray = ONE) -> list[tuple[int, int]]:
    found = nearest(SCORE, TREATED, stratum, rule)
    return sorted(zip(found.guided.tolist(), found.control.tolist(), strict=True))


def test_each_guided_firm_gets_its_nearest_controls() -> None:
    assert _pairs(MatchRule(k=1, caliper=None)) == [(0, 2), (1, 3)]
    assert _pairs(MatchRule(k=2, caliper=None)) == [(0, 2), (0, 3), (1, 3), (1, 4)]


def test_without_replacement_a_control_serves_once() -> None:
    found = _pairs(MatchRule(k=2, caliper=None, replacement=False))
    controls = [c for _, c in found]
    assert len(controls) == len(set(controls)) == 4


def test_a_caliper_leaves_out_who_has_nobody_near() -> None:
    rule = MatchRule(k=1, caliper=0.05)
    found = nearest(SCORE, TREATED, ONE, rule)
    assert found.guided.size == 0
    assert found.unmatched.tolist() == [0, 1]


def test_neighbours_are_sought_inside_the_stratum_only() -> None:
    stratum = np.array([0, 0, 1, 0, 0, 0])
    assert _pairs(MatchRule(k=1, caliper=None), stratum) == [(0, 3), (1, 3)]


def test_no_controls_at_all_is_refused() -> None:
    with pytest.raises(EffectError, match="1 or more controls"):
        nearest(SCORE, TREATED, ONE, MatchRule(k=0))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_greedy_matching_never_skips_a_nearer_free_control(seed: int, k: int) -> None:
    """The quick search against a plain one that looks at every free control."""
    random = np.random.default_rng(seed)
    score = random.integers(0, 30, 40) / 10
    treated = np.arange(40) < 9
    rule = MatchRule(k=k, caliper=1.5, replacement=False)
    quick = nearest(score, treated, np.zeros(40, dtype=np.int64), rule)
    free, distances = set(range(9, 40)), []
    for _ in range(k):
        for row in sorted(range(9), key=lambda r: -score[r]):
            best = min(free, key=lambda c: abs(score[c] - score[row]), default=None)
            if best is not None and abs(score[best] - score[row]) <= 1.5:
                free.discard(best)
                distances.append(abs(score[best] - score[row]))
    assert np.unique(quick.control).size == quick.control.size
    # ties may fall to another control of the same score below or above, so sizes may differ
    # by what such a tie costs later; the first choice of every round may not
    assert quick.distance[0] == pytest.approx(distances[0])
    assert quick.distance.max() <= 1.5


def test_matching_equals_a_mean_over_its_pairs() -> None:
    growth = np.array([5.0, 7.0, 1.0, 2.0, 4.0, 9.0])
    data = comparison(
        TREATED, growth, SCORE[:, None], rule=MatchRule("mahalanobis", k=2, caliper=None)
    )
    found = ESTIMATORS["matched"](data)
    assert found.estimate == pytest.approx(((5 - (1 + 2) / 2) + (7 - (2 + 4) / 2)) / 2)


def test_bands_start_at_their_cuts_and_missing_is_a_band() -> None:
    values = np.array([4.9, 5.0, 9.9, 10.0, np.nan])
    assert coarsen(values, Bands(cuts=(5, 10))).tolist() == [0, 1, 1, 2, -1]
    assert coarsen(np.arange(8.0), Bands(quantiles=4)).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    with pytest.raises(EffectError, match="either cuts or a number of quantiles"):
        Bands()


def test_weights_give_each_stratum_its_guided_number_of_controls() -> None:
    treated = np.array([1, 0, 0, 1, 0], dtype=bool)
    stratum = np.array([0, 0, 0, 1, 2])
    assert control_weights(treated, stratum).tolist() == [1.0, 0.5, 0.5, 0.0, 0.0]
    assert [c.guided for c in cells(treated, stratum)] == [1, 1, 0]


def test_balance_is_the_difference_in_standard_deviations_of_the_guided() -> None:
    x = np.array([1.0, 3.0, 0.0, 4.0])
    treated = np.array([1, 1, 0, 0], dtype=bool)
    weights = np.array([1.0, 1.0, 0.0, 1.0])
    table = balance(["x"], x[:, None], treated, weights)[0]
    assert table.before == pytest.approx((2 - 2) / np.sqrt(2))
    assert table.after == pytest.approx((2 - 4) / np.sqrt(2))
    assert table.variance_ratio_before == pytest.approx(2 / 8)
    assert not table.balanced


def test_strata_improve_the_balance_of_what_they_are_made_of() -> None:
    data = two_years(simulate(Recipe(firms=6_000, slope=0.02, seed=3)))
    columns = np.column_stack([data.stratum, data.covariates]).astype(float)
    weights = control_weights(data.treated, data.stratum)
    table = balance(["stratum", "x"], columns, data.treated, weights)
    assert abs(table[0].before) > 0.2
    assert abs(table[0].after) < 1e-9


def test_overlap_counts_guided_firms_by_tenth_of_the_controls() -> None:
    controls = np.arange(1.0, 101.0)
    score = np.r_[5.0, 95.0, 500.0, controls]
    treated = np.arange(103) < 3
    found = overlap(score, treated)
    assert found.guided.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert found.outside == 1
    assert found.share_outside == pytest.approx(1 / 3)


def test_a_covariate_that_gives_guidance_away_is_refused() -> None:
    treated = np.arange(20) < 10
    clear, mixed = np.where(treated, 1.0, -1.0) * 5, np.tile([0.0, 1.0], 10)
    assert fit_logit(np.column_stack([np.ones(20), mixed]), treated).kept.all()
    with pytest.raises(EffectError):
        fit_logit(np.column_stack([np.ones(20), clear]), treated)


def test_crossing_two_columns_numbers_their_combinations() -> None:
    codes = cross([np.array(["a", "a", "b"]), np.array([1, 2, 1])])
    assert np.unique(codes).size == 3
