"""A measure that an amendment changes is counted anew from the amendment's date."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pejl.contract.goal import Amendment
from pejl.indicators.evaluate import evaluate, rows
from tests.spec.figures import drawn

GUIDANCE = """
    held_on    | type        | state
    2024-03-01 | specialised | held
    2024-04-01 | orienting   | held
    2024-08-01 | specialised | held
"""
CHANGE = {"path": "goals.goal.measure.where.type", "from": "specialised", "to": "orienting"}
PATCH = Amendment("A1", date(2024, 6, 20), date(2024, 7, 1), "KKR", "doc", (CHANGE,))


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2024, 6, 30), 1),  # the specialised one of March
        (date(2024, 7, 1), 1),  # the orienting one of April
        (date(2024, 12, 31), 1),
    ],
)
def test_the_measure_is_that_of_the_day(tmp_path: Path, day: date, counted: int) -> None:
    measure = {"kind": "count", "of": "guidance", "where": {"type": "specialised"}}
    contract = replace(drawn.contract(drawn.goal(measure)), amendments=(PATCH,))
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)
    assert evaluate(contract, snapshot, day).goals["goal"].figure.value == counted
    shown = rows(contract, snapshot, "goal", day)
    types = {row[shown.columns.index("type")] for row in shown.rows}
    assert types == {"specialised" if day < PATCH.effective_from else "orienting"}
