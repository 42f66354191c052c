"""A change is said only where its interval leaves no doubt, and never of a few."""

from math import sqrt

import pytest

from pejl.demand.change import Direction, change
from pejl.demand.reach import Standing, reaches

# The ratio of Poisson rates 30 : 15 by the odds of Wilson's interval of 30/45, written out.
Z = 1.959963984540054


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        (30, 15, Direction.MORE),
        (15, 30, Direction.FEWER),
        (30, 25, Direction.NO_CLEAR),
        (5, 4, Direction.TOO_FEW),
        (9, 0, Direction.TOO_FEW),
        (10, 0, Direction.MORE),
        (0, 10, Direction.FEWER),
        (0, 0, Direction.TOO_FEW),
    ],
)
def test_a_direction_is_said_when_the_interval_is_on_one_side(now, before, direction):
    assert change(now, before).direction is direction


def test_the_interval_is_wilsons_as_odds():
    n, p = 45, 30 / 45
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    one = change(30, 15)
    assert one.ratio == 2.0
    assert one.low == pytest.approx((middle - reach) / (1 - middle + reach), rel=1e-12)
    assert one.high == pytest.approx((middle + reach) / (1 - middle - reach), rel=1e-12)


def test_from_nothing_there_is_no_ratio_and_no_upper_end():
    one = change(12, 0)
    assert (one.ratio, one.high) == (None, None)


def test_without_last_years_records_nothing_is_compared():
    one = change(30, 0, known=False)
    assert (one.direction, one.ratio, one.low) == (Direction.NOT_KNOWN, None, None)


# 100 reached: A 60 of half the population, B 25 of a quarter, C 15 of a quarter, D of none known.
REACHED = {"A": 60, "B": 25, "C": 15, "D": 7}
THERE = {"A": 5000, "B": 2500, "C": 2500}


def test_a_share_is_compared_with_the_share_of_the_population():
    found = reaches(REACHED, THERE)
    assert {cell: one.standing for cell, one in found.items()} == {
        "A": Standing.ABOVE,
        "B": Standing.NO_CLEAR,
        "C": Standing.BELOW,
        "D": Standing.NOT_KNOWN,
    }
    assert found["C"].share_reached == 15 / (60 + 25 + 15)
    assert found["C"].share_population == 2500 / (5000 + 2500 + 2500)
    assert found["C"].per_thousand == 1000 * 15 / 2500


def test_a_cell_where_few_could_be_expected_is_not_read():
    assert reaches({"A": 80, "B": 0}, {"A": 950, "B": 50})["B"].standing is Standing.TOO_FEW


def test_a_cell_with_more_companies_than_workplaces_has_no_interval_per_thousand():
    one = reaches({"A": 30, "B": 70}, {"A": 20, "B": 80})["A"]
    assert one.per_thousand == 1500
    assert one.per_thousand_interval is None


def test_when_nobody_is_reached_nothing_is_said():
    one = reaches({}, {"A": 20})["A"]
    assert (one.reached, one.standing) == (0, Standing.NOT_KNOWN)
