"""The other reading of a sample's figure: the lower end of its 95 % interval."""

from fractions import Fraction

import pytest

from pejl.indicators.kinds.score import nps_score_interval
from pejl.indicators.kinds.uncertainty import wilson_interval

NPS = {"kind": "nps", "of": "answer", "score": "nps"}
USE = {
    "kind": "share",
    "of": "answer",
    "where": {"referral_used": {"op": "known"}},
    "having": {"referral_used": True},
}
LOWER = {"read": "lower_end"}
ANSWERS = """
    answered_on | nps | referral_used
    2024-01-10  | 10  | yes
    2024-01-11  | 9   | yes
    2024-01-12  | 9   | yes
    2024-01-13  | 7   | no
    2024-01-14  | 3   |
"""


def test_of_an_nps_it_is_the_score_intervals_lower_end(measured) -> None:
    point, lower = (measured(NPS | more, answer=ANSWERS).figure for more in ({}, LOWER))

    assert point.value == Fraction(100 * (3 - 1), 5)
    assert float(lower.value) == pytest.approx(nps_score_interval(3, 1, 5).low)
    assert lower.value < point.value
    assert (lower.n, lower.detail) == (point.n, point.detail)


def test_of_a_share_it_is_wilsons_lower_end(measured) -> None:
    point, lower = (measured(USE | more, answer=ANSWERS).figure for more in ({}, LOWER))

    assert point.value == Fraction(3, 4)
    assert float(lower.value) == pytest.approx(wilson_interval(3, 4).low)
    assert (lower.numerator, lower.denominator) == (3, 4)


def test_without_answers_neither_reading_is_measured(measured) -> None:
    assert measured(NPS | LOWER).figure.value is None
    assert measured(USE | LOWER).figure.value is None
