"""Pace: how much is expected by a day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from pejl.base.periods import Period
from pejl.indicators.kinds import KINDS
from pejl.standing import pace, seasons

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
# Danish working days of 2024: 261 weekdays less New Year's Day, Maundy Thursday, Good Friday,
# Easter Monday, Ascension Day, Whit Monday and the two days of Christmas.
DAYS_2024 = 261 + 1 - 8
JANUARY, FEBRUARY, MARCH = 23 - 1, 21, 21 - 2


def test_without_history_the_target_is_spread_over_the_working_days() -> None:
    shape = pace.working_days(YEAR)

    assert shape.on(date(2024, 1, 31)) == Fraction(JANUARY, DAYS_2024)
    assert shape.on(date(2024, 3, 31)) == Fraction(JANUARY + FEBRUARY + MARCH, DAYS_2024)


@pytest.mark.parametrize(
    ("day", "passed"),
    [
        (date(2024, 1, 1), 0),  # a holiday
        (date(2024, 1, 2), 1),
        (date(2024, 1, 5), 4),  # a Friday
        (date(2024, 1, 7), 4),  # the Sunday after it
        (date(2024, 1, 8), 5),
    ],
)
def test_weekends_and_holidays_ask_for_nothing(day: date, passed: int) -> None:
    assert pace.working_days(YEAR).on(day) == Fraction(passed, DAYS_2024)


def test_easter_stands_still() -> None:
    shape = pace.working_days(YEAR)

    assert shape.on(date(2024, 3, 27)) == shape.on(date(2024, 4, 1))
    assert shape.on(date(2024, 4, 2)) == shape.on(date(2024, 4, 1)) + Fraction(1, DAYS_2024)


def test_a_leap_day_is_a_day_like_any_other() -> None:
    shape = pace.working_days(YEAR)

    assert shape.on(date(2024, 2, 28)) == Fraction(JANUARY + FEBRUARY - 1, DAYS_2024)
    assert shape.on(date(2024, 2, 29)) == Fraction(JANUARY + FEBRUARY, DAYS_2024)


def test_an_earlier_year_gives_its_months_shares() -> None:
    counts = [10, 30] + [6] * 10  # 100 in all

    shape = pace.seasonal(YEAR, [counts])

    assert shape.on(date(2024, 1, 31)) == Fraction(10, 100)
    assert shape.on(date(2024, 2, 29)) == Fraction(10 + 30, 100)
    assert shape.on(date(2024, 12, 31)) == 1


def test_a_month_in_progress_has_its_working_days_share_of_the_month() -> None:
    shape = pace.seasonal(YEAR, [[10, 30] + [6] * 10])

    # On 14 February 10 of the month's 21 working days have passed.
    assert shape.on(date(2024, 2, 14)) == Fraction(10, 100) + Fraction(30, 100) * Fraction(10, 21)


def test_years_are_pooled_and_not_averaged() -> None:
    few, many = [50] + [0] * 10 + [50], [100] + [0] * 10 + [300]

    shape = pace.seasonal(YEAR, [few, many])

    assert shape.on(date(2024, 1, 31)) == Fraction(50 + 100, 100 + 400)


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2024, 6, 30), date(2024, 12, 31)])
def test_shares_and_means_are_held_against_the_whole_target_every_day(day: date) -> None:
    assert pace.constant(YEAR).on(day) == 1


@pytest.mark.parametrize(
    "shape", [pace.working_days(YEAR), pace.seasonal(YEAR, [[5, 0, 9, 1, 0, 0, 2, 3, 4, 5, 6, 7]])]
)
def test_the_path_never_falls_and_ends_at_the_whole_target(shape: pace.Shape) -> None:
    shares = [shape.on(day) for day in YEAR.days()]

    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert shape.on(YEAR.end + timedelta(days=100)) == 1
    assert list(shape.shares.values())[-1] == 1


def test_a_period_may_begin_and_end_within_a_month() -> None:
    period = Period(date(2024, 1, 15), date(2024, 2, 14))

    shape = pace.working_days(period)

    assert shape.on(date(2024, 1, 15)) == Fraction(1, 13 + 10)
    assert shape.on(date(2024, 1, 31)) == Fraction(13, 13 + 10)


@pytest.mark.parametrize(
    ("counts", "enough"),
    [
        ([4] * 11 + [6], True),  # 50
        ([4] * 11 + [5], False),  # 49
        ([0] + [9] * 11, False),  # the year was not on record from its beginning
        ([9] * 11 + [0], False),  # nor to its end
        ([25] + [0] * 10 + [25], True),  # months between may be quiet
        ([], False),
    ],
)
def test_a_year_counts_when_it_is_whole_and_has_enough(counts: list[int], enough: bool) -> None:
    assert seasons.says_enough(counts) is enough


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (YEAR, Period(date(2023, 1, 1), date(2023, 12, 31))),
        (
            Period(date(2024, 3, 1), date(2025, 2, 28)),
            Period(date(2023, 3, 1), date(2024, 2, 29)),
        ),
        (
            Period(date(2024, 1, 15), date(2025, 1, 14)),
            Period(date(2023, 1, 15), date(2024, 1, 14)),
        ),
    ],
)
def test_the_year_before_has_the_same_months(period: Period, earlier: Period) -> None:
    assert seasons.back(period, 1) == earlier
    assert len(earlier.months()) == len(period.months())


def test_the_kinds_that_only_rise_are_those_with_a_daily_series() -> None:
    assert {name for name, kind in KINDS.items() if kind.daily is not None} == pace.RISING
    assert set(KINDS) >= pace.LEVEL
