"""Has the target been reached? Both readings, and never a rounded figure."""

from decimal import Decimal
from fractions import Fraction

from pejl.indicators.result import Interval
from pejl.surveys.verdicts import Verdict, verdict

SEVENTY = Decimal(70)


def test_a_point_at_the_target_reaches_it_and_a_hair_below_does_not():
    sure = Interval(70.0, 80.0)
    assert verdict(Fraction(70), sure, ">=", SEVENTY).by_point
    assert not verdict(Fraction(70) - Fraction(1, 10**9), sure, ">=", SEVENTY).by_point


def test_the_two_readings_can_differ():
    found = verdict(Fraction(72), Interval(62.0, 82.0), ">=", SEVENTY)
    assert found == Verdict(by_point=True, by_sure_end=False)


def test_a_target_to_stay_below_is_held_against_the_upper_end():
    found = verdict(Fraction(3), Interval(1.0, 6.0), "<=", Decimal(5))
    assert found == Verdict(by_point=True, by_sure_end=False)


def test_without_a_figure_or_a_target_nothing_is_said():
    assert verdict(None, None, ">=", SEVENTY) == Verdict(None, None)
    assert verdict(Fraction(72), Interval(62.0, 82.0), ">=", None) == Verdict(None, None)
    assert verdict(Fraction(72), None, ">=", SEVENTY) == Verdict(True, None)
