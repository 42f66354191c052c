"""Every record of a figure's tables is behind the figure or left out, with one reason."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pejl.base.errors import UserError
from pejl.indicators.account import Cell, account, left_out
from pejl.indicators.result import Account, Why
from tests.spec.figures import drawn

HELD = {"of": "guidance", "where": {"state": "held", "segment": ["growth", "operating"]}}
FIVE_PLUS = {"having": {"employees": {"op": ">=", "value": 5}}}
HERE = {"of": "guidance", "where": {"state": "held", "municipality": {"op": "in_territory"}}}
KINDS = {
    "count": {"kind": "count", **HELD},
    "orientation": {"kind": "count", "of": "guidance", "where": {"type": "orienting"}},
    "both": {"kind": "sum", "goals": ["count", "orientation"]},
    "share": {"kind": "share", **HELD, **FIVE_PLUS},
    "distinct": {"kind": "distinct", **HELD, "key": "client"},
    "newcomers": {"kind": "newcomers", **HELD, "key": "client"},
    "here": {"kind": "count", **HERE},
    "growth": {"kind": "level_growth", "of": "newsletter", "level": "subscribers"},
}
GUIDANCE = """
    id | client | held_on    | type        | state   | employees | municipality | segment
    11 | C1     | 2023-05-05 | specialised | held    | 9         | 101          | growth
    12 | C1     | 2024-01-10 | specialised | held    | 4         | 101          | growth
    13 | C1     | 2024-01-11 | specialised | held    |           | 147          | growth
    14 | C2     | 2024-02-10 | specialised | held    | 7         | 101          | operating
    15 |        | 2024-02-12 | specialised | held    | 8         |              | operating
    16 | C3     | 2024-02-13 | specialised | planned | 9         | 101          | growth
    17 | P1     | 2024-02-14 | specialised | held    | 0         | 265          | pre_starter
    18 | P1     | 2024-02-15 | orienting   | held    | 0         | 147          | pre_starter
    19 | C4     | 2024-04-01 | specialised | held    | 9         | 101          | growth
    20 | C4     |            | specialised | held    | 9         | 101          | growth
"""
LEVELS = """
    measured_on | subscribers
    2023-12-30  | 1000
    2024-01-31  | 1100
    2024-02-10  |
    2024-02-20  | 1300
    2024-06-01  | 1900
"""
AS_OF = date(2024, 2, 29)


@pytest.fixture
def told(tmp_path: Path, engine: str) -> Callable[..., Account]:
    contract = drawn.contract(*(drawn.goal(measure, id=kind) for kind, measure in KINDS.items()))
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE, newsletter=LEVELS)

    def tell(kind: str, **cell: str) -> Account:
        return account(contract, snapshot, kind, AS_OF, Cell(**cell), engine=engine)

    return tell


def records(told: Account) -> dict[str, int]:
    return {group.why.key: group.records for group in told.placed}


PASSED_OVER = {
    "after": 1,
    "before": 1,
    "no_date": 1,
    "where.segment.pre_starter": 2,
    "where.state.planned": 1,
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("count", {"counted": 4, **PASSED_OVER}),
        (
            "share",
            {"counted": 2, "having.employees.other": 1, "having.employees": 1, **PASSED_OVER},
        ),
        ("distinct", {"counted": 2, "again": 1, "nobody": 1, **PASSED_OVER}),
        ("newcomers", {"counted": 1, "known_before": 2, "nobody": 1, **PASSED_OVER}),
        (
            "here",
            {
                "counted": 4,
                "after": 1,
                "before": 1,
                "no_date": 1,
                "where.state.planned": 1,
                "where.municipality.other": 1,
                "where.municipality": 1,
            },
        ),
    ],
)
def test_each_record_stands_in_one_place_for_one_reason(
    told: Callable[..., Account], kind: str, expected: dict[str, int]
) -> None:
    found = told(kind)
    assert records(found) == expected
    assert found.candidates == 10
    assert found.behind + sum(group.records for group in found.left_out) == 10


def test_a_record_of_a_sum_is_left_out_by_the_part_that_it_came_furthest_into(
    told: Callable[..., Account],
) -> None:
    found = records(told("both"))
    assert found["counted"] == 5
    assert found["where.segment.pre_starter"] == 1  # not "another type" of guidance
    assert sum(found.values()) == 10


def test_those_left_out_say_which_other_goal_counts_them(told: Callable[..., Account]) -> None:
    groups = {group.why.key: group for group in told("count").left_out}
    # Both were held; of the two the orienting one is counted as such.
    assert groups["where.segment.pre_starter"].elsewhere == {"orientation": 1, "here": 1}
    assert groups["where.state.planned"].elsewhere == {}


def test_the_candidates_of_a_cell_are_the_records_of_the_cell(told: Callable[..., Account]) -> None:
    assert records(told("count", municipality="147")) == {
        "counted": 1,
        "where.segment.pre_starter": 1,
    }
    assert records(told("count", month="2024-02")) == {
        "counted": 2,
        "where.segment.pre_starter": 2,
        "where.state.planned": 1,
    }


def test_of_a_level_the_two_ends_count_and_the_others_are_told_apart(
    told: Callable[..., Account],
) -> None:
    assert records(told("growth")) == {
        "counted": 2,
        "unused": 1,
        "where.subscribers": 1,
        "after": 1,
    }


def test_a_cell_that_does_not_exist_is_refused(told: Callable[..., Account]) -> None:
    with pytest.raises(UserError):
        told("count", municipality="999")


def test_the_rows_left_out_are_listed_with_their_reason(tmp_path: Path, engine: str) -> None:
    contract = drawn.contract(*(drawn.goal(measure, id=kind) for kind, measure in KINDS.items()))
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)

    def listed(why: Why | None = None, **page: int) -> list[tuple[object, object]]:
        found = left_out(contract, snapshot, "count", AS_OF, why=why, engine=engine, **page)
        assert found.total == (6 if why is None else 2)
        return [(row[0], row[-1]) for row in found.rows]

    everything = [
        (11, "before"),
        (16, "where.state.planned"),
        (17, "where.segment.pre_starter"),
        (18, "where.segment.pre_starter"),
        (19, "after"),
        (20, "no_date"),
    ]
    assert listed() == everything
    assert listed(offset=1, limit=2) == everything[1:3]
    assert listed(Why("where", "segment", "pre_starter")) == everything[2:4]
