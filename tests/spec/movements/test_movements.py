"""A movement is told record by record, under the cause that the two snapshots show."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pejl.base.errors import UserError
from pejl.contract.goal import Amendment, Contract
from pejl.movements import Cause, Moment, Movement, movements
from tests.spec.figures.drawn import contract, goal, snapshot

MAY, JUNE = date(2024, 5, 31), date(2024, 6, 30)
HELD = {"kind": "count", "of": "guidance", "where": {"state": "held"}, "dated_by": "held_on"}
HEAD = "id | client | held_on | state | segment | municipality | employees | priority_area"
THEN = f"""{HEAD}
1 | C1 | 2024-05-02 | held    | growth | 101 | 7 | Export
2 | C2 | 2024-05-03 | held    | growth | 101 | 7 | Export
3 | C3 | 2024-05-04 | planned | growth | 101 | 7 | Export"""


def told(
    folder: Path, now: str, measure: dict[str, object] = HELD, then: str = THEN
) -> tuple[Movement, dict[str, list[int]]]:
    """The movement of the one goal, and the records' numbers by cause."""
    agreed = contract(goal(measure))
    first = Moment(agreed, snapshot(folder / "then", guidance=then), MAY)
    second = Moment(agreed, snapshot(folder / "now", guidance=now), JUNE)
    (movement,) = movements(first, second)
    return movement, {p.cause.value: [s.id for s in p.steps] for p in movement.causes}


def test_nothing_changed_is_nothing_to_tell(tmp_path):
    movement, by_cause = told(tmp_path, THEN)
    assert by_cause == {}
    assert not movement.moved


def test_a_record_of_the_new_month_is_new_and_one_of_the_old_month_is_late(tmp_path):
    movement, by_cause = told(
        tmp_path,
        f"""{THEN}
4 | C4 | 2024-06-01 | held | growth | 101 | 7 | Export
5 | C5 | 2024-05-31 | held | growth | 101 | 7 | Export""",
    )
    assert by_cause == {"new": [4], "late": [5]}
    assert (movement.then_parts, movement.now_parts) == ({"value": 2}, {"value": 4})


CHANGES = {
    "withdrawn": (THEN.replace("2 | C2 | 2024-05-03 | held", "9 | C2 | 2024-05-03 | planned"), -1),
    "corrected": (THEN.replace("C3 | 2024-05-04 | planned", "C3 | 2024-05-04 | held"), 1),
}


@pytest.mark.parametrize("cause", CHANGES)
def test_a_record_gone_is_withdrawn_and_one_held_after_all_is_corrected(tmp_path, cause):
    now, moved = CHANGES[cause]
    movement, by_cause = told(tmp_path, now)
    assert list(by_cause) == [cause]
    assert movement.causes[0].moved == {"value": moved}


def test_a_record_with_another_segment_is_reclassified_and_says_from_what_to_what(tmp_path):
    growing = HELD | {"where": {"state": "held", "segment": "growth"}}
    now = THEN.replace(
        "1 | C1 | 2024-05-02 | held    | growth", "1 | C1 | 2024-05-02 | held | operating"
    )
    movement, by_cause = told(tmp_path, now, growing)
    assert by_cause == {"reclassified": [1]}
    (step,) = movement.causes[0].steps
    assert (step.before, step.after) == ({"segment": "growth"}, {"segment": "operating"})
    assert step.moved == {"value": -1}


def test_a_fact_that_the_goal_does_not_ask_for_moves_nothing(tmp_path):
    _, by_cause = told(tmp_path, THEN.replace("101", "147"))
    assert by_cause == {}


def test_a_merge_takes_one_from_a_distinct_count_where_the_two_were_one(tmp_path):
    distinct = HELD | {"kind": "distinct", "key": "client"}
    movement, by_cause = told(tmp_path, THEN.replace("2 | C2", "2 | C1"), distinct)
    assert by_cause == {"merged": [2]}
    assert (movement.then_parts, movement.now_parts) == ({"value": 2}, {"value": 1})


def test_when_a_clients_first_record_goes_its_next_one_is_counted_and_follows(tmp_path):
    distinct = HELD | {"kind": "distinct", "key": "client"}
    then = THEN.replace("2 | C2", "2 | C1")
    gone = then.replace("1 | C1 | 2024-05-02 | held", "1 | C1 | 2024-05-02 | cancelled")
    movement, by_cause = told(tmp_path, gone, distinct, then)
    assert by_cause == {"corrected": [1], "follows": [2]}
    assert (movement.then_parts, movement.now_parts) == ({"value": 1}, {"value": 1})


def test_a_share_moves_in_its_parts(tmp_path):
    share = HELD | {"kind": "share", "having": {"employees": {"op": ">=", "value": 5}}}
    movement, by_cause = told(
        tmp_path, THEN.replace("1 | C1 | 2024-05-02 | held    | growth | 101 | 7",
                               "1 | C1 | 2024-05-02 | held | growth | 101 | 4")
        + "\n4 | C4 | 2024-06-02 | held | growth | 101 | | Export", share
    )  # fmt: skip
    assert by_cause == {"new": [4], "reclassified": [1]}
    assert [p.moved for p in movement.causes] == [{"denominator": 1}, {"numerator": -1}]
    assert (movement.then.value, movement.now.value) == (Fraction(1), Fraction(1, 3))


def amended(first: Contract) -> Contract:
    """From 1 June also the planned ones are counted."""
    path = "goals.goal.measure"
    change = {"path": path, "from": dict(HELD), "to": HELD | {"where": {}}}
    amendment = Amendment(
        id="A1",
        decided_on=date(2024, 5, 20),
        decided_by="KKR",
        effective_from=date(2024, 6, 1),
        document="minutes",
        changes=(change,),
    )
    return Contract(**{**first.__dict__, "amendments": (amendment,)})


def test_an_amendment_that_counts_otherwise_is_told_apart_from_the_data(tmp_path):
    agreed = amended(contract(goal(HELD)))
    first = Moment(agreed, snapshot(tmp_path / "then", guidance=THEN), MAY)
    late = f"{THEN}\n4 | C4 | 2024-05-09 | planned | growth | 101 | 7 | Export"
    second = Moment(agreed, snapshot(tmp_path / "now", guidance=late), JUNE)
    (movement,) = movements(first, second)
    assert {p.cause: [s.id for s in p.steps] for p in movement.causes} == {
        Cause.DEFINITION: [3],
        Cause.LATE: [4],
    }
    assert (movement.then_parts, movement.now_parts) == ({"value": 2}, {"value": 4})


@pytest.mark.parametrize(
    ("then", "now"), [(date(2023, 12, 31), JUNE), (JUNE, MAY)], ids=["another year", "backwards"]
)
def test_dates_of_another_period_or_the_wrong_way_round_are_refused(tmp_path, then, now):
    taken, agreed = snapshot(tmp_path, guidance=THEN), contract(goal(HELD))
    with pytest.raises(UserError):
        movements(Moment(agreed, taken, then), Moment(agreed, taken, now))


def test_a_record_that_is_counted_because_another_one_was_merged_away_says_merged(tmp_path):
    distinct = HELD | {"kind": "distinct", "key": "client"}
    then = THEN.replace("2 | C2", "2 | C1")
    movement, by_cause = told(tmp_path, then.replace("1 | C1", "1 | C9"), distinct, then)
    assert by_cause == {"merged": [2]}
    assert movement.causes[0].moved == {"value": 1}
