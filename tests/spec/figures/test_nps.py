"""NPS: promoters minus detractors among pooled answers."""

from fractions import Fraction
from math import sqrt

import pytest

from pejl.indicators.kinds.uncertainty import nps_standard_error

GROWTH = {"kind": "nps", "of": "answer", "where": {"segment": "growth"}, "score": "nps"}
ANSWERS = """
    answered_on | segment   | nps | employees
    2024-01-10  | growth    | 10  | 1
    2024-01-11  | growth    | 9   | 1
    2024-01-12  | growth    | 8   | 1
    2024-02-13  | growth    | 7   | 1
    2024-02-14  | growth    | 6   | 12
    2024-02-15  | growth    | 0   | 12
    2024-02-16  | growth    | 10  | 12
    2024-02-17  | growth    |     | 12
    2024-02-18  | operating | 0   | 1
    2023-12-31  | growth    | 0   | 1
                | growth    | 0   | 1
"""


def test_nine_and_ten_promote_nought_to_six_detract_and_an_answer_without_a_score_is_none(
    measured,
) -> None:
    figure = measured(GROWTH, answer=ANSWERS).figure

    promoters, detractors, n = 1 + 1 + 1, 1 + 1, 7
    assert figure.value == Fraction(100 * (promoters - detractors), n)
    assert figure.n == n
    assert figure.detail == {"promoters": promoters, "detractors": detractors}


def test_its_standard_error_and_interval_are_those_of_the_answers(measured) -> None:
    figure = measured(GROWTH, answer=ANSWERS).figure

    p, d = 3 / 7, 2 / 7
    error = 100 * sqrt((p + d - (p - d) ** 2) / 7)
    assert figure.standard_error == pytest.approx(error, abs=1e-12)
    assert figure.interval is not None
    assert figure.interval.low == pytest.approx(100 / 7 - 1.96 * error, abs=0.01)
    assert figure.interval.high == pytest.approx(100 / 7 + 1.96 * error, abs=0.01)


def test_the_example_of_the_method_is_72_plus_minus_10() -> None:
    # n = 120, p = .78, d = .06 (DOMAIN § 6), to the nearest answer: 94 and 7 of 120.
    assert 1.96 * nps_standard_error(94, 7, 120) == pytest.approx(10, abs=0.1)


def test_without_an_answer_it_is_not_measured(measured) -> None:
    figure = measured(GROWTH).figure

    assert (figure.value, figure.n, figure.standard_error, figure.interval) == (None, 0, None, None)


def test_a_cell_is_pooled_from_its_own_answers(measured) -> None:
    cells = measured(GROWTH, by=["size"], answer=ANSWERS).breakdowns["size"].cells

    assert cells["1-4"].value == Fraction(100 * (2 - 0), 4)
    assert cells["10+"].value == Fraction(100 * (1 - 2), 3)
    assert cells["unknown"].value is None
