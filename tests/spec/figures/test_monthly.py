"""Monthly mean and months met: the two readings of a number to be reached monthly."""

from datetime import date
from fractions import Fraction

import pytest

from tests.spec.figures.drawn import values

MEAN = {"kind": "monthly_mean", "of": "channel_view", "add": "views"}
MET = {"kind": "months_met", "of": "channel_view", "add": "views"}
VIEWS = """
    month      | channel  | views
    2023-12-01 | LinkedIn | 900
    2024-01-01 | LinkedIn | 60
    2024-01-01 | Facebook | 40
    2024-02-01 | LinkedIn | 99
    2024-04-01 | LinkedIn | 110
    2024-05-01 | LinkedIn | 500
"""
MID_MAY = date(2024, 5, 15)


def test_the_mean_is_over_the_whole_months_elapsed(measured) -> None:
    figure = measured(MEAN, date(2024, 2, 29), target=100, channel_view=VIEWS).figure

    assert figure.value == Fraction((60 + 40) + 99, 2)


def test_a_month_without_records_does_not_shrink_the_divisor_and_the_running_month_waits(
    measured,
) -> None:
    figure = measured(MEAN, MID_MAY, target=100, channel_view=VIEWS).figure

    assert figure.value == Fraction(100 + 99 + 0 + 110, 4)
    assert figure.detail == {"months": 4, "months_met": 1 + 1, "months_without_records": 1}


def test_the_other_reading_is_the_share_of_months_that_reached_the_target(measured) -> None:
    figure = measured(MET, MID_MAY, target=100, channel_view=VIEWS).figure

    assert (figure.value, figure.numerator, figure.denominator) == (Fraction(2, 4), 2, 4)


@pytest.mark.parametrize(("op", "met"), [(">=", 2), (">", 1), ("<=", 2), ("<", 1)])
def test_a_month_reaches_the_target_by_the_targets_own_comparison(
    measured, op: str, met: int
) -> None:
    figure = measured(MET, MID_MAY, target=100, op=op, channel_view=VIEWS).figure

    assert figure.numerator == met


@pytest.mark.parametrize("measure", [MEAN, MET], ids=["mean", "met"])
def test_before_the_first_month_has_ended_it_is_not_measured(measured, measure) -> None:
    assert measured(measure, date(2024, 1, 30), target=100, channel_view=VIEWS).figure.value is None
    assert measured(measure, date(2024, 1, 31), target=100, channel_view=VIEWS).figure.value == (
        100 if measure is MEAN else 1
    )


def test_without_records_it_is_not_measured(measured) -> None:
    assert measured(MEAN, target=100).figure.value is None


def test_without_a_target_no_month_is_met_or_missed(measured) -> None:
    assert measured(MEAN, MID_MAY, channel_view=VIEWS).figure.detail["months_met"] is None
    assert measured(MET, MID_MAY, channel_view=VIEWS).figure.value is None


def test_by_month_each_has_its_own_amount_and_the_course_is_the_mean_so_far(measured) -> None:
    views = measured(MEAN, MID_MAY, by=["month"], target=100, channel_view=VIEWS)

    assert values(views.breakdowns["month"].cells) == {
        "2024-01": 60 + 40,
        "2024-02": 99,
        "2024-03": None,
        "2024-04": 110,
        "2024-05": 500,
    }
    assert not views.breakdowns["month"].adds_up
    assert views.cumulative["2024-02"].value == Fraction(100 + 99, 2)
    assert views.cumulative["2024-05"] == views.figure
