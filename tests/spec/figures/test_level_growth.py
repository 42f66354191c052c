"""Level growth: how much a level has risen since the period began."""

from datetime import date

from pejl.indicators.result import Figure
from tests.spec.figures.drawn import values

GROWTH = {"kind": "level_growth", "of": "newsletter", "level": "subscribers"}
NEWSLETTER = """
    measured_on | subscribers
    2023-11-30  | 900
    2023-12-31  | 1000
    2024-01-07  | 1010
    2024-01-28  | 1050
    2024-02-04  |
    2024-03-03  | 1040
    2024-03-03  | 1070
"""


def test_it_is_the_latest_level_minus_the_latest_before_the_period(measured) -> None:
    figure = measured(GROWTH, date(2024, 2, 29), newsletter=NEWSLETTER).figure

    assert figure.value == 1050 - 1000
    assert figure.detail == {
        "level": 1050,
        "level_on": "2024-01-28",
        "base": 1000,
        "base_on": "2023-12-31",
    }


def test_of_two_levels_on_a_day_the_one_recorded_last_holds(measured) -> None:
    assert measured(GROWTH, newsletter=NEWSLETTER).figure.value == 1070 - 1000


def test_the_other_reading_starts_from_the_first_level_in_the_period(measured) -> None:
    other = {**GROWTH, "base": "first_in_period"}

    assert measured(other, newsletter=NEWSLETTER).figure.value == 1070 - 1010


def test_each_month_grows_from_the_level_known_when_it_began(measured) -> None:
    growth = measured(GROWTH, date(2024, 3, 31), by=["month"], newsletter=NEWSLETTER)

    assert values(growth.breakdowns["month"].cells) == {
        "2024-01": 1050 - 1000,
        "2024-02": None,
        "2024-03": 1070 - 1050,
    }
    assert growth.breakdowns["month"].adds_up
    assert values(growth.cumulative) == {"2024-01": 50, "2024-02": 50, "2024-03": 50 + 20}


def test_without_a_base_or_without_a_level_in_the_period_it_is_not_measured(measured) -> None:
    no_base = "measured_on | subscribers\n2024-01-07 | 1010"
    no_level = "measured_on | subscribers\n2023-12-31 | 1000"

    without_base = measured(GROWTH, by=["month"], newsletter=no_base)
    assert without_base.figure == Figure()
    assert without_base.breakdowns["month"].cells["2024-01"] == Figure()
    assert measured(GROWTH, newsletter=no_level).figure == Figure()
