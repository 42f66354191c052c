"""Reported: figures that others measure and report."""

from datetime import date
from fractions import Fraction

import pytest

from pejl.indicators.result import Figure, Interval
from tests.spec.figures.drawn import values

MEASURE = {"kind": "reported"}
REPORTS = """
    goal  | measured_on | value | n    | interval_low | interval_high | source | file_sha256
    goal  | 2023-11-01  | 44.0  | 900  | 41           | 47            | Survey | aa
    goal  | 2024-03-01  | 47.1  | 1000 | 44           | 50.2          | Survey | bb
    goal  | 2024-09-01  | 51.5  |      |              |               | Survey | cc
    other | 2024-04-01  | 99.0  | 1    | 0            | 100           | Survey | dd
"""


def test_the_latest_report_up_to_the_date_is_the_figure(measured) -> None:
    figure = measured(MEASURE, date(2024, 8, 31), unit="nps", reported=REPORTS).figure

    assert figure == Figure(
        Fraction("47.1"),
        n=1000,
        interval=Interval(44.0, 50.2),
        detail={"measured_on": "2024-03-01", "source": "Survey", "file_sha256": "bb"},
    )


def test_percent_are_reported_as_written_and_kept_as_a_fraction_of_one(measured) -> None:
    figure = measured(MEASURE, date(2024, 8, 31), unit="percent", reported=REPORTS).figure

    assert figure.value == Fraction("0.471")
    assert figure.interval == Interval(0.44, 0.502)


def test_percentage_points_are_not_percent(measured) -> None:
    reported = measured(MEASURE, date(2024, 8, 31), unit="percentage_point", reported=REPORTS)

    assert reported.figure.value == Fraction("47.1")


def test_an_interval_that_was_not_given_is_missing(measured) -> None:
    figure = measured(MEASURE, date(2024, 9, 1), unit="nps", reported=REPORTS).figure

    assert (figure.value, figure.n, figure.interval) == (Fraction("51.5"), None, None)


@pytest.mark.parametrize("as_of", [date(2024, 1, 1), date(2024, 2, 29)])
def test_a_report_from_before_the_period_is_about_another_contract(measured, as_of: date) -> None:
    assert measured(MEASURE, as_of, reported=REPORTS).figure == Figure()


def test_results_come_late_and_are_read_after_the_period_as_well(measured) -> None:
    late = "goal | measured_on | value\ngoal | 2026-09-01 | 12.0"

    assert measured(MEASURE, date(2026, 10, 1), reported=late).figure.value == 12
    assert measured(MEASURE, date(2026, 8, 31), reported=late).figure == Figure()


def test_over_the_months_it_holds_until_the_next_report(measured) -> None:
    cumulative = measured(MEASURE, date(2024, 9, 30), unit="nps", reported=REPORTS).cumulative

    assert values(cumulative) == {
        "2024-01": None,
        "2024-02": None,
        **dict.fromkeys([f"2024-0{month}" for month in range(3, 9)], Fraction("47.1")),
        "2024-09": Fraction("51.5"),
    }
