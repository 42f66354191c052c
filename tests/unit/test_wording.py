"""Numbers and days as people write them."""

import doctest
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pejl.base import wording


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(wording).failed == 0


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1633, 0, "1.633", "1,633"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (Fraction(1, 3), 2, "0,33", "0.33"),
        (Fraction(5, 2), 0, "3", "3"),
        (Decimal("-4.26"), 1, "−4,3", "−4.3"),
        (Decimal("-0.01"), 1, "0,0", "0.0"),
        (72.0, 1, "72,0", "72.0"),
    ],
)
def test_a_number_has_the_marks_of_its_language(value, decimals, danish, english):
    assert wording.number(value, decimals) == danish
    assert wording.number(value, decimals, "en") == english


def test_a_share_that_misses_the_target_by_little_is_not_written_as_the_target():
    value = Fraction(2999, 10000)
    assert wording.share(value) == "30,0\xa0pct."
    assert wording.share(value, wording.apart(value * 100, 30, 1)) == "29,99\xa0pct."


def test_days_are_written_in_words_in_both_languages():
    assert wording.day(date(2024, 3, 1)) == "1.\xa0marts\xa02024"
    assert wording.day(date(2024, 3, 1), "en") == "1\xa0March\xa02024"
