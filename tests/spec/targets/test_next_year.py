"""Next year's figure from the years on record: the distribution, the promise, and the change."""

from math import exp, log

import pytest
from benchmarks.calibration import HELD_OUT, real
from benchmarks.targets import Hub, back_test, simulate, simulate_shares

from pejl.base.errors import UserError
from pejl.targets import student
from pejl.targets.capacity import Change, changed
from pejl.targets.counts import CountYear, count_ahead, rounded_down
from pejl.targets.level import Drift, Seen, ahead
from pejl.targets.offer import offer
from pejl.targets.shares import ShareYear, share_ahead

EVEN = [CountYear(1000), CountYear(1000), CountYear(1000)]
ADVISERS = [100] * 10


@pytest.mark.parametrize(
    ("freedom", "at_95", "at_975"),
    [(1, 6.3138, 12.7062), (4, 2.1318, 2.7764), (5, 2.0150, 2.5706), (30, 1.6973, 2.0423)],
)
def test_student_s_t_is_that_of_the_tables(freedom, at_95, at_975):
    assert student.quantile(0.95, freedom) == pytest.approx(at_95, abs=1e-4)
    assert student.quantile(0.975, freedom) == pytest.approx(at_975, abs=1e-4)
    assert student.quantile(0.05, freedom) == pytest.approx(-at_95, abs=1e-4)


def test_two_years_without_noise_give_the_last_and_the_usual_drift_pooled_with_their_move():
    made = ahead([Seen(0.0, 0.0), Seen(0.3, 0.0)], drift=Drift(0.1, 4))
    assert made.middle == pytest.approx(0.3)
    # four moves of .1 and one of .3, of five
    assert made.scale**2 == pytest.approx((4 * 0.1**2 + 0.3**2) / 5)
    assert made.freedom == 4 + 1


def test_a_noisy_last_year_is_pulled_towards_those_before_it():
    calm = ahead([Seen(0.0, 0.001), Seen(0.0, 0.001), Seen(0.3, 0.001)])
    noisy = ahead([Seen(0.0, 0.1), Seen(0.0, 0.1), Seen(0.3, 0.1)])
    assert 0 < noisy.middle < calm.middle < 0.3


def test_the_middle_of_even_years_is_the_year_and_the_interval_holds_it():
    made = offer(count_ahead(EVEN, scatter=1))
    assert made.mid == pytest.approx(1000, abs=2)
    assert made.low < made.promised < made.mid < made.high


def test_what_is_promised_is_met_with_the_certainty_and_one_more_is_not():
    made = count_ahead(EVEN, scatter=2)
    promised = made.promised(">=", 0.8)
    assert made.chance(">=", promised) >= 0.8 > made.chance(">=", promised + 1)
    at_most = made.promised("<=", 0.8)
    assert made.chance("<=", at_most) >= 0.8 > made.chance("<=", at_most - 1)


@pytest.mark.parametrize(("op", "other"), [(">=", "<"), (">", "<=")])
def test_a_target_is_met_or_its_opposite_is(op, other):
    made = count_ahead(EVEN, scatter=2)
    assert made.chance(op, 980) + made.chance(other, 980) == pytest.approx(1)


def test_more_certainty_promises_less_and_more_scatter_does_too():
    made = count_ahead(EVEN, scatter=1)
    promises = [made.promised(">=", certainty) for certainty in (0.5, 0.8, 0.9, 0.95)]
    assert promises == sorted(promises, reverse=True)
    assert count_ahead(EVEN, scatter=20).promised(">=", 0.8) < promises[1]


def test_two_years_ahead_is_less_sure_than_one():
    one, two = (count_ahead(EVEN, 1, steps).promised(">=", 0.8) for steps in (1, 2))
    assert two < one


def test_a_running_year_weighs_less_the_less_is_known_of_it():
    whole = count_ahead([*EVEN, CountYear(1200)], 1)
    running = count_ahead([*EVEN, CountYear(1200, variance=150**2)], 1)
    assert running.quantile(0.5) < whole.quantile(0.5)


def test_no_more_municipalities_are_reached_than_there_are():
    made = count_ahead([CountYear(28), CountYear(29)], 1, most=29)
    assert made.quantile(0.99) == 29
    assert made.chance(">=", 30) == 0


@pytest.mark.parametrize(
    ("promised", "written"), [(43, 43), (147, 145), (999, 990), (1487, 1450), (33_333, 33_000)]
)
def test_a_promise_is_rounded_down_never_up(promised, written):
    assert rounded_down(promised) == written


def test_two_of_ten_equal_advisers_who_leave_take_a_fifth():
    made = count_ahead(EVEN, 1)
    fewer = changed(made, ADVISERS, Change(2))
    assert exp(fewer.level.middle) == pytest.approx(exp(made.level.middle) * 8 / 10)
    assert fewer.level.scale == pytest.approx(made.level.scale)  # they are all alike


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (Change(2, of_year=0.5), 1 - 0.2 / 2),
        (Change(2, uptake=0.25), 1 - 0.2 * 3 / 4),
        (Change(0.5), 1 - 0.05),
        (Change(-1), 1 + 0.1),
        (Change(-1, uptake=0.9), 1 + 0.1),  # nobody takes up what is added
        (Change(0), 1),
    ],
)
def test_the_change_lasts_so_long_and_colleagues_take_up_so_much(change, left):
    made = count_ahead(EVEN, 1)
    moved = changed(made, ADVISERS, change).level.middle - made.level.middle
    assert moved == pytest.approx(log(left))


def test_unlike_advisers_make_it_less_sure_what_is_lost():
    made = count_ahead(EVEN, 1)
    unlike = [10, 30, 60, 100, 100, 100, 100, 150, 150, 200]
    assert changed(made, unlike, Change(2)).level.scale > made.level.scale


@pytest.mark.parametrize(("advisers", "fewer"), [([], 1), ([100], 1), ([50, 50], 2), ([50, 50], 3)])
def test_more_than_there_are_cannot_leave(advisers, fewer):
    with pytest.raises(UserError, match="fewer who leave than there are"):
        changed(count_ahead(EVEN, 1), advisers, Change(fewer))


@pytest.mark.parametrize("parts", [{"of_year": 1.1}, {"uptake": -0.1}])
def test_a_part_is_from_0_to_1(parts):
    with pytest.raises(UserError, match="two parts from 0 to 1"):
        Change(1, **parts)


def test_a_share_lies_about_that_of_the_years_and_never_outside_0_and_1():
    made = share_ahead([ShareYear(400, 1000), ShareYear(400, 1000)], 1, 1000)
    assert made.quantile(0.5) == pytest.approx(0.4, abs=0.002)
    assert made.chance(">=", 0.3) > 0.95
    assert made.chance(">=", 0.3) + made.chance("<=", 0.3) == pytest.approx(1)
    rare = share_ahead([ShareYear(0, 30), ShareYear(1, 30)], 1, 30)
    assert 0 <= rare.quantile(0.01) <= rare.quantile(0.99) <= 1


def test_a_share_s_promise_is_written_in_whole_percent_on_the_easy_side():
    made = offer(share_ahead([ShareYear(400, 1000), ShareYear(400, 1000)], 1, 1000), ">=", 0.8, 0.3)
    assert made.rounded <= made.promised < made.rounded + 0.01
    assert made.chance is not None


@pytest.mark.parametrize(
    "hub",
    [Hub(1500, 0.10, 2.0), Hub(300, 0.10, 2.0), Hub(45, 0.10, 1.3)],
    ids=lambda hub: f"{hub.level} a year",
)
def test_the_interval_covers_and_the_promise_is_kept_for_made_up_hubs(hub):
    found = simulate(hub, 300, seed=8)
    # 300 hubs tell a coverage of 80 % to within some 5 points, and the truth lies at 82 to 84
    assert 0.75 <= found.covered <= 0.90
    assert 0.75 <= found.kept <= 0.90


def test_the_same_holds_of_shares():
    found = simulate_shares(Hub(800, 0.10, 1.5), 0.4, 300, seed=8)
    assert 0.75 <= found.covered <= 0.90
    assert 0.75 <= found.kept <= 0.90


def test_published_counts_that_were_held_out_are_foreseen():
    found = back_test(real(HELD_OUT))
    assert found.years > 60
    assert found.covered >= 0.75
    assert found.kept >= 0.75
