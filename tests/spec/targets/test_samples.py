"""How many answers, or guided companies, a figure needs; worked by hand from the formulas."""

from math import sqrt

import pytest

from pejl.base.errors import UserError
from pejl.targets.samples import detectable, for_interval, guided_for, to_show

# One answer's deviation in points of NPS with p = .78 and d = .06: 56.7 (DOMAIN § 6)
NPS = 100 * sqrt(0.78 + 0.06 - (0.78 - 0.06) ** 2)


def test_120_answers_give_the_nps_of_the_example_ten_points_either_way():
    assert 1.96 * NPS / sqrt(120) == pytest.approx(10.1, abs=0.1)
    assert for_interval(NPS, 10.145) == pytest.approx(120, abs=1)


@pytest.mark.parametrize(("half", "answers"), [(0.05, 385), (0.1, 97)])
def test_an_even_share_needs_what_every_textbook_says(half, answers):
    assert for_interval(0.5, half) == answers


def test_half_the_width_takes_four_times_the_answers():
    assert for_interval(NPS, 5) == pytest.approx(4 * for_interval(NPS, 10), abs=4)


def test_to_show_a_target_with_power_takes_more_than_an_interval_that_wide():
    assert to_show(NPS, 10) == pytest.approx(((1.96 + 0.8416) * NPS / 10) ** 2, abs=1)
    assert to_show(NPS, 10) > for_interval(NPS, 10)


def test_a_hundred_guided_companies_show_what_was_measured_of_turnover():
    # a spread of 45.3 points: 100 firms detect 12.7, and 10 points take some 162
    assert detectable(45.3, 100) == pytest.approx(12.7, abs=0.05)
    assert guided_for(45.3, 10) == 162


def test_few_companies_to_compare_with_show_less():
    assert detectable(45.3, 100, controls=100) == pytest.approx(sqrt(2) * detectable(45.3, 100))


def test_the_number_needed_shows_the_effect_and_one_less_does_not():
    number = guided_for(36.4, 5)
    assert detectable(36.4, number) <= 5 < detectable(36.4, number - 1)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: for_interval(NPS, 0),
        lambda: to_show(NPS, -1),
        lambda: detectable(45, 0),
        lambda: guided_for(45, 0),
    ],
)
def test_nothing_is_shown_by_nothing(asked):
    with pytest.raises(UserError, match="above 0"):
        asked()
