"""What would bring a goal to its target: counted from where it stands, to the period's end."""

from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest

from pejl.standing.recovery import recovery
from pejl.standing.stand import stand
from tests.spec.figures import drawn
from tests.spec.standing.test_stand import DAYS_2024, FIVE, HELD, TO_END_OF_FEBRUARY, TWO_HELD

END_OF_FEBRUARY = date(2024, 2, 29)


def needs(folder: Path, goal, day: date = END_OF_FEBRUARY, text: str = TWO_HELD):
    contract = drawn.contract(goal)
    standing = stand(contract, drawn.snapshot(folder, guidance=text), day)
    return recovery(standing.goals["goal"], contract.period, day)


def test_a_count_needs_so_many_a_month_of_the_months_left(tmp_path):
    found = needs(tmp_path, drawn.goal(HELD, target=23))
    assert (found.missing, found.months_left) == (23 - 2, 10)
    assert found.per_month == ceil(21 / 10)
    assert found.so_far == Fraction(2, 2)
    assert found.to_pace == 23 * Fraction(TO_END_OF_FEBRUARY, DAYS_2024) - 2


def test_within_the_last_month_all_that_is_missing_is_needed(tmp_path):
    found = needs(tmp_path, drawn.goal(HELD, target=23), date(2024, 12, 20))
    assert 0 < found.months_left < 1
    assert found.per_month == 21


def test_a_share_needs_more_of_what_is_still_to_come(tmp_path):
    found = needs(tmp_path, drawn.goal(FIVE, target=60, unit="percent"))
    passed = Fraction(TO_END_OF_FEBRUARY, DAYS_2024)
    coming = 2 * (1 - passed) / passed
    assert found.missing == Fraction(60, 100) - Fraction(1, 2)
    assert found.of_the_rest * coming + 1 == Fraction(60, 100) * (2 + coming)
    assert found.per_month is None


def test_a_share_out_of_reach_would_need_more_than_all(tmp_path):
    found = needs(tmp_path, drawn.goal(FIVE, target=60, unit="percent"), date(2024, 12, 30))
    assert found.of_the_rest > 1


def test_after_the_period_nothing_more_can_come(tmp_path):
    found = needs(tmp_path, drawn.goal(HELD, target=23), date(2024, 12, 31))
    assert (found.missing, found.months_left, found.per_month) == (21, 0, None)


@pytest.mark.parametrize(
    "goal",
    [
        drawn.goal(HELD, target=2),  # reached
        drawn.goal(HELD),  # without a target
        drawn.goal(HELD, target=1, op="<="),  # less is better
    ],
)
def test_what_needs_nothing_is_given_no_recovery(tmp_path, goal):
    assert needs(tmp_path, goal) is None
