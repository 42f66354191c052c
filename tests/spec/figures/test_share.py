"""Share: of all records, those that have something."""

from datetime import date
from fractions import Fraction
from math import sqrt

import pytest

from pejl.indicators.result import Figure

FIVE_PLUS = {
    "kind": "share",
    "of": "guidance",
    "where": {"state": "held"},
    "having": {"employees": {"op": ">=", "value": 5}},
}
GUIDANCE = """
    held_on    | state   | employees | municipality
    2024-01-10 | held    | 5         | 101
    2024-01-11 | held    | 4         | 101
    2024-02-10 | held    |           | 101
    2024-02-11 | held    | 50        | 147
    2024-02-12 | planned | 50        | 147
"""
REFERRAL_USE = {
    "kind": "share",
    "of": "answer",
    "where": {"referral_used": {"op": "known"}},
    "having": {"referral_used": True},
}
ANSWERS = """
    answered_on | referral_used
    2024-01-10  | yes
    2024-01-11  | yes
    2024-01-12  | yes
    2024-01-13  | no
    2024-01-14  |
                | yes
"""


def test_a_share_is_numerator_and_denominator_and_unknown_stays_in_the_denominator(
    measured,
) -> None:
    figure = measured(FIVE_PLUS, guidance=GUIDANCE).figure

    assert figure == Figure(Fraction(1 + 1, 1 + 1 + 1 + 1), numerator=2, denominator=4, n=4)


def test_a_cell_is_a_share_of_its_own_and_only_the_parts_add_up(measured) -> None:
    cells = measured(FIVE_PLUS, by=["municipality"], guidance=GUIDANCE).breakdowns["municipality"]

    assert (cells.cells["101"].numerator, cells.cells["101"].denominator) == (1, 3)
    assert (cells.cells["147"].numerator, cells.cells["147"].denominator) == (1, 1)
    assert cells.adds_up


def test_a_share_of_none_is_not_measured_which_differs_from_none_of_some(measured) -> None:
    cells = measured(FIVE_PLUS, by=["municipality"], guidance=GUIDANCE).breakdowns["municipality"]
    none_of_some = measured(FIVE_PLUS, date(2024, 1, 9), guidance=GUIDANCE).figure

    assert cells.cells["outside"] == Figure(None, numerator=0, denominator=0, n=0)
    assert none_of_some.value is None
    small = "held_on | state | employees\n2024-01-01 | held | 1"
    assert measured(FIVE_PLUS, guidance=small).figure.value == 0


def test_over_the_months_the_parts_accumulate_and_the_shares_are_not_averaged(measured) -> None:
    cumulative = measured(FIVE_PLUS, date(2024, 2, 29), guidance=GUIDANCE).cumulative

    assert cumulative["2024-01"].value == Fraction(1, 2)
    assert cumulative["2024-02"].value == Fraction(1 + 1, 2 + 2)


def test_a_share_of_answers_is_a_sample_and_has_an_interval(measured) -> None:
    figure = measured(REFERRAL_USE, answer=ANSWERS).figure

    assert (figure.value, figure.n) == (Fraction(3, 4), 4)
    assert figure.standard_error == pytest.approx(sqrt(0.75 * 0.25 / 4))
    assert figure.interval is not None
    # Wilson's ends are where the share found would lie just 1.96 standard errors away.
    for end in (figure.interval.low, figure.interval.high):
        assert (0.75 - end) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) / 4, rel=1e-5)


@pytest.mark.parametrize(("used", "low", "high"), [("yes", 0.2065, 1.0), ("no", 0.0, 0.7935)])
def test_of_one_answer_the_interval_is_wide_and_stays_within_all_and_none(
    measured, used: str, low: float, high: float
) -> None:
    one = f"answered_on | referral_used\n2024-01-10 | {used}"
    interval = measured(REFERRAL_USE, answer=one).figure.interval

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_a_share_of_all_records_is_certain_and_has_none(measured) -> None:
    figure = measured(FIVE_PLUS, guidance=GUIDANCE).figure

    assert (figure.standard_error, figure.interval) == (None, None)
