"""Count: a number of records."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from pejl.indicators.evaluate import evaluate
from tests.spec.figures import drawn

HELD = {"type": "specialised", "state": "held", "segment": ["entrepreneur", "growth"]}
GUIDANCE = """
    held_on    | type        | state     | segment      | employees | municipality
    2023-12-31 | specialised | held      | growth       | 5         | 101
    2024-01-01 | specialised | held      | growth       | 5         | 101
    2024-01-31 | specialised | held      | entrepreneur | 0         | 147
    2024-02-01 | specialised | held      | growth       |           | 265
    2024-02-02 | specialised | held      | growth       | 12        |
    2024-02-03 | orienting   | held      | growth       | 5         | 101
    2024-02-04 | specialised | cancelled | growth       | 5         | 101
    2024-02-05 | specialised | held      | pre_starter  | 5         | 101
    2024-02-06 | specialised | held      |              | 5         | 101
    2024-02-29 | specialised | held      | growth       | 9         | 101
    2024-03-01 | specialised | held      | growth       | 9         | 101
"""
AS_OF = date(2024, 2, 29)
BY = ("month", "municipality", "segment", "size")


def test_records_that_meet_every_condition_up_to_the_date_are_counted(
    tmp_path: Path, engine: str
) -> None:
    measured = _measured(tmp_path, engine)

    assert measured.figure.value == 1 + 1 + 1 + 1 + 1


@pytest.mark.parametrize(
    ("dimension", "cells"),
    [
        ("month", {"2024-01": 1 + 1, "2024-02": 1 + 1 + 1}),
        ("municipality", {"101": 1 + 1, "147": 1, "outside": 1, "unknown": 1}),
        (
            "segment",
            {"pre_starter": 0, "entrepreneur": 1, "growth": 4, "operating": 0, "unknown": 0},
        ),
        ("size", {"0": 1, "1-4": 0, "5-9": 1 + 1, "10+": 1, "unknown": 1}),
    ],
)
def test_each_breakdown_has_every_cell_and_adds_up(
    tmp_path: Path, engine: str, dimension: str, cells: dict[str, int]
) -> None:
    breakdown = _measured(tmp_path, engine).breakdowns[dimension]

    assert {cell: figure.value for cell, figure in breakdown.cells.items()} == cells
    assert breakdown.adds_up


def test_the_course_over_the_months_is_cumulative(tmp_path: Path, engine: str) -> None:
    cumulative = _measured(tmp_path, engine).cumulative

    assert {month: figure.value for month, figure in cumulative.items()} == {
        "2024-01": 2,
        "2024-02": 2 + 3,
    }


def test_nothing_counted_is_a_measured_zero(tmp_path: Path, engine: str) -> None:
    snapshot = drawn.snapshot(tmp_path)
    contract = drawn.contract(drawn.goal({"kind": "count", "of": "press"}, by=["month"]))

    measured = evaluate(contract, snapshot, AS_OF, engine=engine).goals["goal"]

    assert measured.figure.value == Fraction(0)
    assert measured.breakdowns["month"].cells["2024-01"].value == Fraction(0)


def test_a_goal_may_have_parts_in_several_tables(tmp_path: Path, engine: str) -> None:
    snapshot = drawn.snapshot(
        tmp_path,
        participation="""
            stated_on  | state     | national_programme
            2024-01-05 | committed | yes
            2024-01-06 | applied   | yes
            2024-01-07 | paid      | no
        """,
        attendance="""
            held_on    | state    | national_programme
            2024-02-05 | attended | yes
            2024-02-06 | attended | yes
            2024-02-07 | no_show  | yes
        """,
    )
    national = {"national_programme": True}
    parts = [
        {"of": "participation", "where": {"state": ["committed", "paid"], **national}},
        {"of": "attendance", "where": {"state": "attended", **national}},
    ]
    contract = drawn.contract(drawn.goal({"kind": "count", "parts": parts}))

    measured = evaluate(contract, snapshot, AS_OF, engine=engine).goals["goal"]

    assert measured.figure.value == 1 + 2


def _measured(folder: Path, engine: str):
    snapshot = drawn.snapshot(folder, guidance=GUIDANCE)
    measure = {"kind": "count", "of": "guidance", "where": HELD}
    contract = drawn.contract(drawn.goal(measure, by=BY))
    return evaluate(contract, snapshot, AS_OF, engine=engine).goals["goal"]
