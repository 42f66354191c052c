"""Stand: every goal of a contract on a date, with its target, its pace and its light."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pejl.base.errors import UserError
from pejl.base.periods import Period
from pejl.contract.goal import Amendment, Contract, Goal, Target, TargetValue
from pejl.standing.result import GoalStanding, Light
from pejl.standing.stand import stand
from tests.spec.figures import drawn

HELD = {"kind": "count", "of": "guidance", "where": {"state": "held"}}
FIVE = {
    "kind": "share",
    "of": "guidance",
    "where": {"state": "held"},
    "having": {"employees": {"op": ">=", "value": 5}},
}
TWO_HELD = """
    held_on    | state     | employees | municipality
    2024-01-10 | held      | 5         | 101
    2024-02-10 | held      | 4         | 147
    2024-02-11 | cancelled | 9         | 101
"""
DAYS_2024 = 261 + 1 - 8  # weekdays, and the leap day, less the holidays on weekdays
TO_END_OF_FEBRUARY = 22 + 21


def test_without_history_the_pace_is_the_years_working_days(tmp_path: Path) -> None:
    standing = _stand(tmp_path, drawn.goal(HELD, target=10), date(2024, 2, 29))

    assert standing.pace_method == "working_days"
    assert standing.expected_by_now == 10 * Fraction(TO_END_OF_FEBRUARY, DAYS_2024)
    assert standing.measured.figure.value == 1 + 1
    assert standing.light is Light.ON_TRACK


def test_with_history_the_pace_is_the_season_of_earlier_years(tmp_path: Path) -> None:
    # 30 in January 2023, 10 in June, 20 in December: 60 in all.
    history = _held({"2023-01-17": 30, "2023-06-01": 10, "2023-12-31": 20})

    standing = _season(tmp_path, history, date(2024, 2, 29))

    assert standing.pace_method == "seasonal"
    assert standing.expected_by_now == 120 * Fraction(30, 60)
    assert standing.path["2024-06"] == 120 * Fraction(30 + 10, 60)
    assert standing.path["2024-12"] == 120


@pytest.mark.parametrize(
    ("history", "method"),
    [
        ({"2023-01-17": 30, "2023-12-31": 20}, "seasonal"),
        ({"2023-01-17": 30, "2023-12-31": 19}, "working_days"),  # 49 are too few
        ({"2023-02-01": 30, "2023-12-31": 30}, "working_days"),  # not on record from January
        ({"2022-01-17": 30, "2022-12-31": 30}, "seasonal"),  # the year before that will do
        ({"2019-01-17": 30, "2019-12-31": 30}, "working_days"),  # too long ago
    ],
)
def test_earlier_years_give_the_pace_only_when_they_say_enough(
    tmp_path: Path, history: Mapping[str, int], method: str
) -> None:
    assert _season(tmp_path, _held(history), date(2024, 2, 29)).pace_method == method


def test_two_earlier_years_are_pooled(tmp_path: Path) -> None:
    history = _held({"2022-01-03": 50, "2022-12-01": 50, "2023-01-03": 40, "2023-12-01": 10})

    standing = _season(tmp_path, history, date(2024, 1, 31))

    assert standing.expected_by_now == 120 * Fraction(50 + 40, 100 + 50)


def test_a_share_has_its_target_every_day_as_a_fraction_of_one(tmp_path: Path) -> None:
    goal = drawn.goal(FIVE, target=30, unit="percent")

    standing = _stand(tmp_path, goal, date(2024, 2, 29))

    assert standing.target is not None
    assert standing.target.value == Decimal("0.3")
    assert standing.pace_method == "constant"
    assert standing.expected_by_now == Fraction(3, 10)
    assert set(standing.path.values()) == {Fraction(3, 10)}
    assert standing.measured.figure.value == Fraction(1, 2)
    assert standing.light is Light.ON_TRACK


def test_percentage_points_are_another_unit_and_are_not_scaled(tmp_path: Path) -> None:
    goal = drawn.goal({"kind": "reported"}, target=10, unit="percentage_point")

    standing = _stand(tmp_path, goal, date(2024, 2, 29))

    assert standing.target is not None
    assert standing.target.value == 10
    assert standing.light is Light.NOT_MEASURED


def test_a_growth_is_spread_over_working_days_whatever_the_history(tmp_path: Path) -> None:
    measure = {"kind": "level_growth", "of": "newsletter", "level": "subscribers"}
    goal = drawn.goal(measure, target=254, unit="subscriber")
    levels = """
        measured_on | subscribers
        2023-12-29  | 1000
        2024-02-28  | 1043
    """

    standing = _stand(tmp_path, goal, date(2024, 2, 29), newsletter=levels)

    assert standing.pace_method == "working_days"
    assert standing.expected_by_now == TO_END_OF_FEBRUARY  # of 254 working days
    assert standing.light is Light.ON_TRACK


def test_the_path_has_every_month_of_the_period_and_ends_at_the_target(tmp_path: Path) -> None:
    standing = _stand(tmp_path, drawn.goal(HELD, target=10), date(2024, 2, 29))

    assert list(standing.path) == drawn.YEAR.months()
    assert standing.path["2024-02"] == standing.expected_by_now
    assert standing.path["2024-12"] == 10


def test_a_pending_goal_is_measured_and_shown_and_never_scored(tmp_path: Path) -> None:
    agreed = drawn.goal(HELD, target=10)
    value = TargetValue(clause="K1", expected=Decimal(10))
    pending = replace(
        agreed,
        status={drawn.YEAR.start: "pending"},
        target=Target(">=", {drawn.YEAR.start: value}),
    )

    standing = _stand(tmp_path, pending, drawn.YEAR.end)

    assert standing.light is Light.PENDING
    assert standing.measured.figure.value == 2
    assert standing.target is not None
    assert (standing.target.value, standing.target.expected) == (None, 10)
    assert (standing.expected_by_now, standing.path) == (None, {})
    assert _stand(tmp_path, agreed, drawn.YEAR.end).light is Light.NOT_REACHED


def test_a_goal_is_scored_from_the_day_it_is_agreed(tmp_path: Path) -> None:
    agreed_on = date(2024, 2, 1)
    goal = drawn.goal(HELD, target=10)
    values = {
        drawn.YEAR.start: TargetValue("K1", expected=Decimal(10)),
        agreed_on: TargetValue("K1", value=Decimal(1)),
    }
    goal = replace(
        goal,
        status={drawn.YEAR.start: "pending", agreed_on: "agreed"},
        target=Target(">=", values),
    )

    assert _stand(tmp_path, goal, date(2024, 1, 31)).light is Light.PENDING
    assert _stand(tmp_path, goal, date(2024, 2, 1)).light is Light.REACHED


@pytest.mark.parametrize("municipality", ["101", "outside", "unknown"])
def test_one_municipality_has_figures_and_neither_target_nor_light(
    tmp_path: Path, municipality: str
) -> None:
    contract = drawn.contract(drawn.goal(HELD, target=1, by=["municipality"]))
    snapshot = drawn.snapshot(tmp_path, guidance=TWO_HELD)

    one = stand(contract, snapshot, drawn.YEAR.end, municipality=municipality).goals["goal"]
    all_of_them = stand(contract, snapshot, drawn.YEAR.end).goals["goal"]

    assert one.measured.figure.value == (1 if municipality == "101" else 0)
    assert (one.light, one.target, one.expected_by_now) == (Light.NO_TARGET, None, None)
    assert all_of_them.light is Light.REACHED


def test_the_light_turns_on_the_periods_last_day(tmp_path: Path) -> None:
    goal = drawn.goal(HELD, target=3)

    assert _stand(tmp_path, goal, date(2024, 12, 30)).light is Light.OFF_TRACK
    assert _stand(tmp_path, goal, date(2024, 12, 31)).light is Light.NOT_REACHED


def test_after_the_period_the_whole_target_is_expected(tmp_path: Path) -> None:
    day = date(2025, 3, 1)
    snapshot = drawn.snapshot(tmp_path, as_of=day, guidance=TWO_HELD)
    contract = drawn.contract(drawn.goal(HELD, target=2))

    standing = stand(contract, snapshot, day).goals["goal"]

    assert (standing.expected_by_now, standing.light) == (2, Light.REACHED)


def test_a_date_that_the_snapshot_does_not_reach_is_refused(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, as_of=date(2024, 2, 29), guidance=TWO_HELD)
    contract = drawn.contract(drawn.goal(HELD, target=2))

    assert stand(contract, snapshot, date(2024, 2, 29)).goals["goal"].light is Light.REACHED
    with pytest.raises(UserError, match="Take a snapshot as of that date"):
        stand(contract, snapshot, date(2024, 3, 1))


def test_an_amendment_holds_from_its_day_and_not_before(tmp_path: Path) -> None:
    change = {"path": "goals.goal.target.values.value", "from": 2, "to": 3}
    amendment = Amendment(
        id="A1",
        decided_on=date(2024, 6, 1),
        effective_from=date(2024, 7, 1),
        decided_by="KKR",
        document="a1.txt",
        changes=(change,),
    )
    contract = replace(drawn.contract(drawn.goal(HELD, target=2)), amendments=(amendment,))
    snapshot = drawn.snapshot(tmp_path, guidance=TWO_HELD)

    assert _target(contract, snapshot, date(2024, 6, 30)) == (2, Light.REACHED)
    assert _target(contract, snapshot, date(2024, 7, 1)) == (3, Light.ON_TRACK)
    assert _target(contract, snapshot, drawn.YEAR.end) == (3, Light.NOT_REACHED)


def test_changing_a_target_in_the_contract_changes_the_light(tmp_path: Path) -> None:
    assert _stand(tmp_path, drawn.goal(HELD, target=2), drawn.YEAR.end).light is Light.REACHED
    assert _stand(tmp_path, drawn.goal(HELD, target=3), drawn.YEAR.end).light is Light.NOT_REACHED


def test_goals_stand_in_the_contracts_order(tmp_path: Path) -> None:
    contract = drawn.contract(*(drawn.goal(HELD, id=name) for name in ("b", "a", "c")))

    assert list(stand(contract, drawn.snapshot(tmp_path), drawn.YEAR.end).goals) == ["b", "a", "c"]


def test_a_contract_of_another_period_has_its_own_seasons(tmp_path: Path) -> None:
    period = Period(date(2024, 3, 1), date(2025, 2, 28))
    history = _held({"2023-03-15": 25, "2024-02-29": 25})  # the leap day is of the year before
    contract = replace(drawn.contract(drawn.goal(HELD, target=100)), period=period)
    snapshot = drawn.written(tmp_path, {"guidance": history}, as_of=date(2024, 3, 31))

    standing = stand(contract, snapshot, date(2024, 3, 31)).goals["goal"]

    assert (standing.pace_method, standing.expected_by_now) == ("seasonal", 50)


def _stand(folder: Path, goal: Goal, day: date, **more: str) -> GoalStanding:
    snapshot = drawn.snapshot(folder, guidance=TWO_HELD, **more)
    return stand(drawn.contract(goal), snapshot, day).goals["goal"]


def _season(folder: Path, history: list[dict[str, Any]], day: date) -> GoalStanding:
    contract = drawn.contract(drawn.goal(HELD, target=120))
    snapshot = drawn.written(folder, {"guidance": history})
    return stand(contract, snapshot, day).goals["goal"]


def _held(days: Mapping[str, int]) -> list[dict[str, Any]]:
    """So many guidances held on each day."""
    dates = [day for day, count in days.items() for _ in range(count)]
    return [
        {"id": number, "held_on": date.fromisoformat(day), "state": "held"}
        for number, day in enumerate(dates, start=1)
    ]


def _target(contract: Contract, snapshot: Any, day: date) -> tuple[Decimal | None, Light]:
    standing = stand(contract, snapshot, day).goals["goal"]
    return (standing.target.value if standing.target else None), standing.light
