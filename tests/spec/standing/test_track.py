"""A goal leaves its track and regains it once each, and does not waver in between."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.standing.result import Light
from pejl.standing.track import PLAIN, SETTLES, SIDES, Turn, step

START = date(2024, 5, 1)
WORD = {
    "on": Light.ON_TRACK,
    "risk": Light.AT_RISK,
    "off": Light.OFF_TRACK,
    "reached": Light.REACHED,
    "not": Light.NOT_REACHED,
    "pending": Light.PENDING,
    "none": Light.NO_TARGET,
}


def turns(drawn):
    """Day → turn, of counts drawn as ``day:light``."""
    track, found = None, {}
    for one in drawn.split():
        day, light = one.split(":")
        made = step(track, WORD[light], START + timedelta(days=int(day)))
        track = made.track
        if made.turn:
            found[int(day)] = made.turn.value
    return found


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ("0:off 1:off", {}),  # the first count turns nothing
        ("0:on 1:off 2:off", {1: "left"}),
        ("0:on 1:risk 7:risk", {}),  # six days of doubt
        ("0:on 1:risk 8:risk 9:risk", {8: "left"}),
        ("0:on 1:risk 4:on 5:risk 11:risk", {}),  # the doubt begins anew
        ("0:off 1:on 7:on", {}),
        ("0:off 1:on 8:on", {8: "regained"}),
        ("0:off 1:reached", {1: "regained"}),
        ("0:risk 1:off 2:risk", {}),  # off track all the while
        ("0:on 30:not", {30: "left"}),
        ("0:on 1:off 2:on 3:off 4:on 5:off", {1: "left"}),
        ("0:on 1:off 2:on 9:on 10:off", {1: "left", 9: "regained", 10: "left"}),
        ("0:on 5:off 5:on 4:on", {5: "left"}),  # the same day again, and an earlier one
        ("0:pending 1:off", {}),
        ("0:on 1:pending 2:off", {}),  # what was pending begins anew
        ("0:none 9:none", {}),
    ],
)
def test_the_turns_are_those_drawn(counts, expected):
    assert turns(counts) == expected


DAILY = st.lists(st.sampled_from(sorted(Light)), max_size=60)


@given(DAILY)
def test_turns_alternate_and_a_goal_without_track_gives_none(lights):
    track, last = None, None
    for number, light in enumerate(lights):
        made = step(track, light, START + timedelta(days=number))
        if light not in SIDES:
            assert made.track is None
        if made.turn:
            assert made.turn is not last
            assert SIDES[light] is made.track.side
        track = made.track
        last = made.turn or (last if track else None)


@given(st.lists(st.sampled_from([Light.ON_TRACK, Light.AT_RISK]), min_size=2, max_size=60))
def test_between_at_risk_and_on_track_there_is_at_most_one_turn_a_week(lights):
    track, days = None, []
    for number, light in enumerate(lights):
        day = START + timedelta(days=number)
        made = step(track, light, day)
        track = made.track
        days += [day] if made.turn else []
    assert all(b - a >= SETTLES for a, b in pairwise(days))


@given(DAILY)
def test_counted_again_on_the_same_day_nothing_turns(lights):
    track = None
    for number, light in enumerate(lights):
        day = START + timedelta(days=number)
        track = step(track, light, day).track
        again = step(track, light, day)
        assert again.turn is None
        assert again.track == track


def test_what_is_plain_turns_at_once_and_the_two_turns_have_their_words():
    assert set(SIDES) >= PLAIN
    assert {turn.value for turn in Turn} == {"left", "regained"}
