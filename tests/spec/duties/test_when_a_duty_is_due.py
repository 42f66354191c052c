"""A duty's cadence and the hub's rule give dated occasions, in working days of Denmark."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.base.errors import UserError
from pejl.base.periods import Period, is_working_day
from pejl.contract.goal import Duty
from pejl.duties.occasions import Rule, after, occasions

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def duty(cadence):
    return Duty("duty", "M1.3", {"da": "Pligt", "en": "Duty"}, cadence, "hub")


def due(cadence, rule, period=YEAR):
    return {one.part: one.due_on.isoformat() for one in occasions(duty(cadence), period, rule)}


def test_a_monthly_duty_is_due_so_many_working_days_after_each_month():
    found = due("monthly", Rule(3))
    assert len(found) == 12
    assert found["2024-01"] == "2024-02-05"  # Thu 1, Fri 2, Mon 5
    # Easter 2024: Maundy Thursday 28 March to Easter Monday 1 April
    assert found["2024-03"] == "2024-04-04"  # Tue 2, Wed 3, Thu 4
    assert found["2024-12"] == "2025-01-06"  # Thu 2, Fri 3, Mon 6


@pytest.mark.parametrize(
    ("cadence", "rule", "parts"),
    [
        ("quarterly", Rule(1), ["2024-01..2024-03", "2024-04..2024-06"]),
        ("yearly", Rule(1), ["2024-01..2024-12"]),
        ("running", Rule(1, months=6), ["2024-01..2024-06", "2024-07..2024-12"]),
        ("running", Rule(1, months=5), ["2024-01..2024-05", "2024-06..2024-10"]),
    ],
)
def test_the_parts_follow_the_cadence(cadence, rule, parts):
    assert list(due(cadence, rule))[:2] == parts


def test_a_yearly_duty_covers_the_year_and_is_due_after_it():
    assert due("yearly", Rule(2)) == {"2024-01..2024-12": "2025-01-03"}


def test_what_is_done_once_is_due_after_the_period_begins():
    assert due("once", Rule(2)) == {"once": "2024-01-03"}  # 1 January is a holiday


@pytest.mark.parametrize("cadence", ["on_request", "on_event"])
def test_what_nobody_can_foresee_has_no_day(cadence):
    assert due(cadence, Rule(2)) == {}


def test_a_running_duty_needs_a_rhythm():
    with pytest.raises(UserError, match="how many months"):
        occasions(duty("running"), YEAR, Rule(2))


@pytest.mark.parametrize(("days", "months"), [(-1, None), (1, 0), (1, 13)])
def test_a_rule_that_cannot_be_kept_is_refused(days, months):
    with pytest.raises(UserError, match="Change the numbers"):
        Rule(days, months)


def test_a_period_that_begins_within_a_month_is_cut_at_its_own_days():
    short = Period(date(2024, 2, 15), date(2024, 3, 20))
    first, last = occasions(duty("monthly"), short, Rule(0))
    assert (first.covers.start, first.covers.end) == (date(2024, 2, 15), date(2024, 2, 29))
    assert (last.covers.end, last.due_on) == (date(2024, 3, 20), date(2024, 3, 20))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 80))
def test_the_due_day_is_a_working_day_and_exactly_so_many_lie_between(day, number):
    found = after(day, number)
    between = (one for one in Period(day, found).days() if one > day)
    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == number


@given(st.integers(0, 60), st.integers(1, 12))
def test_the_parts_cover_every_day_of_the_period_once(days, months):
    parts = [one.covers for one in occasions(duty("running"), YEAR, Rule(days, months))]
    assert [day for part in parts for day in part.days()] == list(YEAR.days())
