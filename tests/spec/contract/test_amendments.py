"""An amendment is a dated patch: before its date the contract is as it was adopted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pejl.base.errors import UserError
from pejl.contract.amendments import as_of
from pejl.contract.goal import Amendment, Contract, at
from pejl.contract.load import load
from tests.spec.contract import AMENDED, HOVEDSTADEN

BEFORE, FROM, AFTER = date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31)
DECIDED = date(2024, 6, 20)


def amended(path: str, old: Any, new: Any) -> Contract:
    """The 2024 contract with one amendment, decided 20 June, in force from 1 July."""
    change = {"path": path, "from": old, "to": new}
    patch = Amendment("A1", DECIDED, FROM, "KKR", "source/tillaeg.txt", (change,))
    return replace(load(HOVEDSTADEN), amendments=(patch,))


def target(contract: Contract, goal_id: str, day: date) -> tuple[Decimal | None, Decimal | None]:
    """(value, expected) of the goal on the day, by the contract as it holds that day."""
    promised = as_of(contract, day).goal(goal_id).target
    assert promised is not None
    held = at(promised.values, day)
    assert held is not None
    return held.value, held.expected


def test_a_pending_goal_becomes_agreed_with_another_number() -> None:
    contract = load(AMENDED)
    for day, status, numbers in (
        (BEFORE, "pending", (None, 70)),
        (FROM, "agreed", (65, None)),
        (AFTER, "agreed", (65, None)),
    ):
        assert at(as_of(contract, day).goal("nps_growth").status, day) == status
        assert target(contract, "nps_growth", day) == numbers


def test_the_adopted_contract_is_not_changed() -> None:
    contract = load(AMENDED)
    as_of(contract, AFTER)
    assert contract == load(AMENDED)


def test_asking_twice_is_harmless() -> None:
    once = as_of(load(AMENDED), AFTER)
    assert as_of(once, AFTER) == once
    assert once.applied == ("A1",)


def test_what_was_not_known_yet_does_not_hold() -> None:
    contract = load(AMENDED)
    goal = as_of(contract, AFTER, known=date(2024, 6, 19)).goal("nps_growth")
    assert at(goal.status, AFTER) == "pending"
    goal = as_of(contract, AFTER, known=DECIDED).goal("nps_growth")
    assert at(goal.status, AFTER) == "agreed"


def test_a_number_alone_can_be_changed() -> None:
    contract = amended("goals.guidance.target.values.value", 1500, 1600)
    assert target(contract, "guidance", BEFORE) == (1500, None)
    assert target(contract, "guidance", FROM) == (1600, None)


def test_a_measure_can_be_changed() -> None:
    contract = amended("goals.guidance_5plus.measure.having.employees.op", ">=", ">")
    employees = as_of(contract, FROM).goal("guidance_5plus").measure["having"]["employees"]
    assert employees == {"op": ">", "value": 5}
    assert (
        as_of(contract, BEFORE).goal("guidance_5plus").measure["having"]["employees"]["op"] == ">="
    )


def test_a_target_can_be_added_where_there_was_none() -> None:
    new = {"op": ">=", "values": {"2024-07-01": {"value": 3, "clause": "A1"}}}
    contract = amended("goals.effect_productivity.target", {}, new)
    assert as_of(contract, BEFORE).goal("effect_productivity").target is None
    assert target(contract, "effect_productivity", FROM) == (3, None)


def test_an_interpretation_can_be_decided() -> None:
    contract = amended("interpretations.T1.state", "open", "decided")
    assert {each.id: each.state for each in as_of(contract, FROM).interpretations}[
        "T1"
    ] == "decided"
    assert {each.id: each.state for each in as_of(contract, FROM).interpretations}["T2"] == "open"


def test_the_minimum_of_disclosure_can_be_raised() -> None:
    contract = amended("disclosure.minimum", 3, 5)
    held = {day: at(as_of(contract, day).disclosure, day) for day in (BEFORE, FROM)}
    assert {day: limit.minimum for day, limit in held.items() if limit} == {BEFORE: 3, FROM: 5}


@pytest.mark.parametrize(
    ("path", "old", "needed"),
    [
        ("goals.guidance.target.values.value", 1400, "from: 1500, which is what holds"),
        ("goals.guidance.targets", 1500, "a path that exists; 'targets' does not"),
        ("goals.nowhere.status", "agreed", "a path that exists; 'status' does not"),
        ("goals.guidance.target.op.deeper", ">=", "a path that exists; 'deeper' does not"),
        ("sha256", "a", "a path that begins with goals"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(path: str, old: Any, needed: str) -> None:
    with pytest.raises(UserError, match=needed):
        as_of(amended(path, old, 1600), FROM)


def test_a_decision_that_reaches_back_leaves_what_an_earlier_one_set_from_later() -> None:
    path = "goals.guidance.target.values.value"
    june, july = date(2024, 6, 1), date(2024, 7, 20)
    first = {"path": path, "from": 1500, "to": 1600}
    back = {"path": path, "from": 1500, "to": 1550}
    contract = replace(
        load(HOVEDSTADEN),
        amendments=(
            Amendment("A2", july, date(2024, 5, 1), "KKR", "x.txt", (back,)),
            Amendment("A1", june, date(2024, 8, 1), "KKR", "x.txt", (first,)),
        ),
    )
    assert target(contract, "guidance", BEFORE) == (1550, None)
    assert target(contract, "guidance", AFTER) == (1600, None)
    known_in_june = as_of(contract, BEFORE, june).goal("guidance").target
    assert known_in_june is not None
    assert [value.value for value in known_in_june.values.values()] == [1500]
