"""Light: one word for where a goal stands. Each light beside the case that just misses it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from pejl.standing.light import Case, light
from pejl.standing.result import Light

# Of 1500 guidances 600 are expected by now.
BY_NOW = Case(
    status="agreed",
    op=">=",
    target=Fraction(1500),
    value=Fraction(600),
    expected_by_now=Fraction(600),
    ended=False,
    rising=True,
)
AT_END = replace(BY_NOW, expected_by_now=Fraction(1500), ended=True)
SHARE = replace(BY_NOW, target=Fraction(3, 10), expected_by_now=Fraction(3, 10), rising=False)
CAP = replace(BY_NOW, op="<=", target=Fraction(100), expected_by_now=Fraction(40))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1500, Light.REACHED),
        (1499, Light.ON_TRACK),
        (600, Light.ON_TRACK),
        (599, Light.AT_RISK),
        (600 * Fraction(9, 10), Light.AT_RISK),
        (600 * Fraction(9, 10) - 1, Light.OFF_TRACK),
        (0, Light.OFF_TRACK),
    ],
)
def test_before_the_end_a_count_is_reached_or_held_against_its_pace(
    value: Fraction, expected: Light
) -> None:
    assert light(replace(BY_NOW, value=Fraction(value))) is expected


@pytest.mark.parametrize(("value", "expected"), [(1500, Light.REACHED), (1499, Light.NOT_REACHED)])
def test_at_the_end_the_target_is_met_or_it_is_not(value: int, expected: Light) -> None:
    assert light(replace(AT_END, value=Fraction(value))) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(31, 100), Light.ON_TRACK),
        (Fraction(30, 100), Light.ON_TRACK),
        (Fraction(27, 100), Light.AT_RISK),
        (Fraction(26, 100), Light.OFF_TRACK),
    ],
)
def test_a_share_can_fall_back_so_it_is_never_reached_before_the_end(
    value: Fraction, expected: Light
) -> None:
    assert light(replace(SHARE, value=value)) is expected


def test_at_the_end_a_share_is_reached() -> None:
    assert light(replace(SHARE, value=Fraction(31, 100), ended=True)) is Light.REACHED


def test_the_unrounded_value_is_what_counts() -> None:
    just_below = Fraction(30, 100) - Fraction(1, 10**12)

    assert light(replace(SHARE, value=just_below, ended=True)) is Light.NOT_REACHED
    assert light(replace(SHARE, value=Fraction(30, 100), ended=True)) is Light.REACHED


@pytest.mark.parametrize(
    ("op", "at_the_target"),
    [
        (">=", Light.REACHED),
        (">", Light.NOT_REACHED),
        ("<=", Light.REACHED),
        ("<", Light.NOT_REACHED),
    ],
)
def test_a_strict_target_is_not_met_by_the_number_itself(op: str, at_the_target: Light) -> None:
    assert light(replace(AT_END, op=op, value=Fraction(1500))) is at_the_target


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (40, Light.ON_TRACK),
        (41, Light.AT_RISK),
        (44, Light.AT_RISK),
        (45, Light.OFF_TRACK),  # 40 / 45 < 0.9
        (0, Light.ON_TRACK),
    ],
)
def test_where_less_is_better_more_is_behind_and_nothing_is_reached_early(
    value: int, expected: Light
) -> None:
    assert light(replace(CAP, value=Fraction(value))) is expected


@pytest.mark.parametrize(("value", "expected"), [(0, Light.ON_TRACK), (-1, Light.OFF_TRACK)])
def test_when_nothing_is_expected_yet_nothing_is_on_track_and_a_loss_is_not(
    value: int, expected: Light
) -> None:
    first_of_january = replace(BY_NOW, expected_by_now=Fraction(0), rising=False)

    assert light(replace(first_of_january, value=Fraction(value))) is expected


def test_a_missing_figure_is_not_measured_and_a_zero_is_measured() -> None:
    assert light(replace(BY_NOW, value=None)) is Light.NOT_MEASURED
    assert light(replace(BY_NOW, value=Fraction(0))) is Light.OFF_TRACK


def test_a_late_result_is_not_measured_rather_than_not_reached() -> None:
    assert light(replace(AT_END, value=None)) is Light.NOT_MEASURED
    assert light(replace(AT_END, value=Fraction(0))) is Light.NOT_REACHED


def test_without_a_target_there_is_nothing_to_compare_with() -> None:
    assert light(replace(BY_NOW, target=None, op=None)) is Light.NO_TARGET
    assert light(BY_NOW) is Light.ON_TRACK


@pytest.mark.parametrize("value", [None, Fraction(0), Fraction(600), Fraction(9999)])
@pytest.mark.parametrize("ended", [False, True])
def test_a_pending_goal_is_never_scored(value: Fraction | None, ended: bool) -> None:
    pending = replace(BY_NOW, status="pending", value=value, ended=ended)

    assert light(pending) is Light.PENDING
    assert light(replace(pending, status="agreed")) is not Light.PENDING


def test_a_withdrawn_goal_has_no_target_any_more() -> None:
    assert light(replace(BY_NOW, status="withdrawn")) is Light.NO_TARGET


@pytest.mark.parametrize("value", [None, Fraction(0), Fraction(600), Fraction(9999)])
@pytest.mark.parametrize("status", ["agreed", "pending", "withdrawn"])
@pytest.mark.parametrize("ended", [False, True])
def test_a_municipality_is_never_coloured(value: Fraction | None, status: str, ended: bool) -> None:
    case = replace(BY_NOW, status=status, value=value, ended=ended, one_municipality=True)

    assert light(case) is Light.NO_TARGET
