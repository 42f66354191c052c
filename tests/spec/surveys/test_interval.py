"""The interval of an NPS, which also holds for few answers."""

import pytest

from pejl.indicators.kinds.score import nps_score_interval
from pejl.surveys.simulate import SIZES, TRUTHS, coverage, outcomes, share_coverage

TWO_POINTS = 0.02
# 20,000 draws: the standard error of a coverage of 95 % is 0.15 points; three of them are allowed.
DRAWN_FROM_EXACT = 0.005


def test_the_interval_of_the_example_holds_the_point_and_lies_near_72_plus_minus_10():
    interval = nps_score_interval(94, 7, 120)
    assert interval.low < 100 * (94 - 7) / 120 < interval.high
    assert (round(interval.low), round(interval.high)) == (61, 81)


@pytest.mark.parametrize(("promoters", "detractors"), [(3, 1), (10, 0), (0, 10), (5, 5), (1, 0)])
def test_swapping_promoters_and_detractors_mirrors_the_interval(promoters, detractors):
    one = nps_score_interval(promoters, detractors, 12)
    other = nps_score_interval(detractors, promoters, 12)
    assert one.low == pytest.approx(-other.high, abs=1e-6)
    assert one.high == pytest.approx(-other.low, abs=1e-6)


def test_it_has_a_width_even_where_all_answers_are_alike():
    all_promoters = nps_score_interval(8, 0, 8)
    assert all_promoters.high == 100
    assert 30 < all_promoters.low < 100
    all_passive = nps_score_interval(0, 0, 8)
    assert -100 < all_passive.low < 0 < all_passive.high < 100


def test_more_answers_make_it_shorter():
    widths = [
        (found := nps_score_interval(6 * k, k, 10 * k)).high - found.low for k in (1, 3, 10, 30)
    ]
    assert widths == sorted(widths, reverse=True)


def test_the_outcomes_of_a_sample_are_all_of_them():
    assert len(outcomes(4, 0.5, 0.2)) == 5 + 4 + 3 + 2 + 1
    assert sum(one.likelihood for one in outcomes(4, 0.5, 0.2)) == pytest.approx(1)


@pytest.mark.parametrize("n", SIZES)
def test_it_covers_the_truth_within_two_points_of_95_per_cent(n):
    for truth in TRUTHS:
        found = coverage("score", n, truth)
        assert abs(found.simulated - 0.95) <= TWO_POINTS, (truth, found)
        assert abs(found.exact - 0.95) <= TWO_POINTS, (truth, found)
        assert abs(found.simulated - found.exact) <= DRAWN_FROM_EXACT, (truth, found)


def test_the_normal_interval_does_not_at_thirty_answers():
    assert coverage("normal", 30, (0.95, 0.01)).exact < 0.80


@pytest.mark.parametrize("n", SIZES)
def test_wilsons_interval_covers_a_share_of_half_within_two_points(n):
    assert abs(share_coverage(n, 0.5).exact - 0.95) <= TWO_POINTS
