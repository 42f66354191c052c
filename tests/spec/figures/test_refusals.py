"""What cannot be measured is refused, with what was needed and what to do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pejl.base.errors import UserError
from pejl.indicators.evaluate import evaluate, rows
from tests.spec.figures import drawn

COUNT = {"kind": "count", "of": "guidance", "where": {"state": "held"}}


def test_the_measure_that_the_refused_ones_differ_from_is_accepted(tmp_path: Path) -> None:
    assert _evaluate(tmp_path, COUNT, by=["segment"]) == 0


@pytest.mark.parametrize(
    ("measure", "by", "reason"),
    [
        ({**COUNT, "kind": "guess"}, [], "the kind 'guess' for the goal goal"),
        ({**COUNT, "of": "lunches"}, [], "a measure of 'lunches'"),
        ({**COUNT, "where": {"mood": "good"}}, [], "the column mood of guidance"),
        ({**COUNT, "dated_by": "paid_on"}, [], "the column paid_on of guidance"),
        ({**COUNT, "where": {"state": {"op": "like", "value": "h"}}}, [], "on state"),
        ({"kind": "count", "of": "press"}, ["segment"], "the breakdown of goal by segment"),
        ({"kind": "reported"}, ["municipality"], "the breakdown of goal by municipality"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_measure_that_the_language_does_not_know_is_refused(
    tmp_path: Path, measure: dict[str, Any], by: list[str], reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        _evaluate(tmp_path, measure, by=by)


def test_a_date_before_the_period_or_after_the_snapshot_is_refused(tmp_path: Path) -> None:
    contract = drawn.contract(drawn.goal(COUNT))
    snapshot = drawn.snapshot(tmp_path, date(2024, 6, 30))

    evaluate(contract, snapshot, date(2024, 1, 1))
    evaluate(contract, snapshot, date(2024, 6, 30))
    with pytest.raises(UserError, match="the date 2023-12-31"):
        evaluate(contract, snapshot, date(2023, 12, 31))
    with pytest.raises(UserError, match="the snapshot reaches, up to 2024-06-30"):
        evaluate(contract, snapshot, date(2024, 7, 1))


@pytest.mark.parametrize(
    ("dimension", "cell", "other"),
    [
        ("month", "2024-06", "2024-07"),
        ("municipality", "101", "265"),
        ("segment", "growth", "dreamer"),
        ("size", "5-9", "5-8"),
    ],
)
def test_records_of_a_cell_that_does_not_exist_are_refused(
    tmp_path: Path, dimension: str, cell: str, other: str
) -> None:
    contract = drawn.contract(drawn.goal(COUNT))
    snapshot = drawn.snapshot(tmp_path)

    def ask(name: str) -> int:
        return rows(contract, snapshot, "goal", date(2024, 6, 30), **{dimension: name}).total

    assert ask(cell) == 0
    with pytest.raises(UserError, match=f"the {dimension} {other}"):
        ask(other)


def _evaluate(folder: Path, measure: dict[str, Any], by: list[str]) -> object:
    contract = drawn.contract(drawn.goal(measure, by=by))
    snapshot = drawn.snapshot(folder)
    return evaluate(contract, snapshot, drawn.YEAR.end).goals["goal"].figure.value
