"""Count: a number of records."""

from datetime import date

import pytest

from tests.spec.figures.drawn import values

GUIDANCES = {
    "kind": "count",
    "of": "guidance",
    "where": {"type": "specialised", "state": "held", "segment": ["entrepreneur", "growth"]},
}
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


def test_records_that_meet_every_condition_up_to_the_date_are_counted(measured) -> None:
    assert measured(GUIDANCES, AS_OF, guidance=GUIDANCE).figure.value == 1 + 1 + 1 + 1 + 1


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
    measured, dimension: str, cells: dict[str, int]
) -> None:
    breakdown = measured(GUIDANCES, AS_OF, by=BY, guidance=GUIDANCE).breakdowns[dimension]

    assert values(breakdown.cells) == cells
    assert breakdown.adds_up


def test_a_breakdown_adds_up_only_where_the_contract_says_so(measured) -> None:
    by_month = {**GUIDANCES, "adds_up_over": ["month"]}
    breakdowns = measured(by_month, AS_OF, by=BY, guidance=GUIDANCE).breakdowns

    assert {name: one.adds_up for name, one in breakdowns.items() if name in BY[:2]} == {
        "month": True,
        "municipality": False,
    }


def test_the_course_over_the_months_is_cumulative(measured) -> None:
    cumulative = measured(GUIDANCES, AS_OF, guidance=GUIDANCE).cumulative

    assert values(cumulative) == {"2024-01": 2, "2024-02": 2 + 3}


def test_nothing_counted_is_a_measured_zero(measured) -> None:
    nothing = measured({"kind": "count", "of": "press"}, AS_OF, by=["month"])

    assert nothing.figure.value == 0
    assert values(nothing.breakdowns["month"].cells) == {"2024-01": 0, "2024-02": 0}


def test_after_the_period_all_of_it_is_counted_and_no_more(measured) -> None:
    later = """
        published_on
        2024-12-31
        2025-01-01
    """
    assert (
        measured({"kind": "count", "of": "press"}, date(2025, 3, 1), press=later).figure.value == 1
    )


def test_a_goal_may_have_parts_in_several_tables(measured) -> None:
    national = {"national_programme": True}
    parts = [
        {"of": "participation", "where": {"state": ["committed", "paid"], **national}},
        {"of": "attendance", "where": {"state": "attended", **national}},
    ]

    programmes = measured(
        {"kind": "count", "parts": parts},
        by=["month"],
        participation="""
            stated_on  | state     | national_programme
            2024-01-05 | committed | yes
            2024-01-06 | applied   | yes
            2024-01-07 | paid      | no
        """,
        attendance="""
            held_on    | state    | national_programme
            2024-01-05 | attended | yes
            2024-02-06 | attended | yes
            2024-02-07 | no_show  | yes
        """,
    )

    assert programmes.figure.value == 1 + 2
    assert programmes.breakdowns["month"].cells["2024-01"].value == 1 + 1
