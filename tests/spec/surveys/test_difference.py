"""Why ours and theirs differ: chance, and their mix put on ours."""

from datetime import date
from fractions import Fraction
from math import sqrt

import pytest

from pejl.base.periods import Period
from pejl.indicators.result import Figure, Interval
from pejl.surveys.difference import Ours, Theirs, difference, newest, reported, reweighted
from pejl.surveys.response import Rate
from tests.spec.figures.drawn import snapshot

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
SIZES = {"size": {"1-4": Figure(Fraction(80), n=30), "5-9": Figure(Fraction(40), n=10),
                  "10+": Figure(n=0)}}  # fmt: skip


AROUND_70 = Interval(62.0, 76.0)


def ours(value: float = 70.0, interval: Interval | None = AROUND_70) -> Ours:
    return Ours(value, 40, interval, YEAR, Rate(80, 40))


def theirs(**facts) -> Theirs:
    values = {
        "id": 1, "goal": "nps", "measured_on": YEAR.end, "value": 60.0, "n": 120,
        "interval": Interval(54.0, 66.0), "interval_by": "source", "period": YEAR, "asked": 300,
        "mix": {}, "method": None, "source": "Survey", "file_sha256": None,
    }  # fmt: skip
    return Theirs(**(values | facts))


def test_the_interval_of_the_difference_joins_the_near_ends_of_both() -> None:
    found = difference(ours(), theirs(), {}, 1)
    assert found.points == 10
    assert found.interval.low == pytest.approx(10 - sqrt((70 - 62) ** 2 + (66 - 60) ** 2))
    assert found.interval.high == pytest.approx(10 + sqrt((76 - 70) ** 2 + (60 - 54) ** 2))


def test_chance_explains_what_reaches_nought_and_no_more() -> None:
    assert difference(ours(70.0), theirs(), {}, 1).by_chance  # 10 ± 10 at the lower end
    assert not difference(ours(71.0, Interval(63.0, 77.0)), theirs(), {}, 1).by_chance


def test_without_an_interval_nothing_is_said_of_chance() -> None:
    assert difference(ours(), theirs(interval=None), {}, 1).by_chance is None
    assert difference(ours(interval=None), theirs(), {}, 1).by_chance is None


def test_ours_with_their_mix_is_our_groups_weighted_as_theirs() -> None:
    found = difference(ours(), theirs(mix={"1-4": 30, "5-9": 90}), SIZES, 1)
    assert found.reweighted.value == 80 * 30 / 120 + 40 * 90 / 120 == 50
    assert found.by_mix == 70 - 50
    assert found.rest == 50 - 60
    assert found.by_mix + found.rest == found.points


def test_a_group_where_we_have_no_answer_weighs_nothing_and_is_told() -> None:
    found = reweighted({"1-4": 30, "10+": 90}, SIZES, 1)
    assert (found.value, found.covered) == (80.0, Fraction(1, 4))
    assert reweighted({"10+": 90}, SIZES, 1) is None


def test_a_mix_that_we_do_not_know_or_that_is_not_given_weights_nothing() -> None:
    assert reweighted({"growth": 3}, SIZES, 1) is None
    assert reweighted({}, SIZES, 1) is None


def test_shares_are_weighted_in_per_cent() -> None:
    halves = {
        "segment": {"growth": Figure(Fraction(1, 2), n=4), "operating": Figure(Fraction(1, 4))}
    }
    assert reweighted({"growth": 1, "operating": 1}, halves, 100).value == 37.5


def test_the_days_are_alike_other_or_not_known() -> None:
    other = Period(date(2023, 1, 1), YEAR.end)
    assert difference(ours(), theirs(), {}, 1).same_days
    assert difference(ours(), theirs(period=other), {}, 1).same_days is False
    assert difference(ours(), theirs(period=None), {}, 1).same_days is None


def test_their_newest_figure_since_the_contract_began_is_read_from_the_snapshot(tmp_path) -> None:
    taken = snapshot(
        tmp_path,
        reported="""
        goal  | measured_on | value | n  | interval_low | interval_high | source | mix
        nps   | 2023-03-01  | 50    | 90 |              |               | A      |
        nps   | 2024-03-01  | 60    | 90 | 55           | 65            | A      | 1-4=3;5-9=4
        nps   | 2024-09-01  | 61    | 90 |              |               | B      |
        other | 2024-10-01  | 70    | 90 |              |               | A      |
    """,
    )
    until = reported(taken, date(2024, 8, 31))
    assert [one.value for one in until] == [50, 60]
    found = newest(until, "nps", YEAR.start)
    assert (found.value, found.interval, found.mix) == (
        60, Interval(55, 65), {"1-4": 3, "5-9": 4},
    )  # fmt: skip
    assert newest(until, "nps", date(2024, 6, 1)) is None
    assert newest(reported(taken, YEAR.end), "nps", YEAR.start).source == "B"
