"""The records behind a figure: counting them again gives the figure."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pejl.indicators.evaluate import evaluate, rows
from pejl.indicators.result import Rows
from tests.spec.figures import drawn

HELD = {"of": "guidance", "where": {"state": "held"}}
FIVE_PLUS = {"having": {"employees": {"op": ">=", "value": 5}}}
KINDS = {
    "count": {"kind": "count", **HELD},
    "share": {"kind": "share", **HELD, **FIVE_PLUS},
    "distinct": {"kind": "distinct", **HELD, "key": "client"},
    "share_of_distinct": {"kind": "share_of_distinct", **HELD, **FIVE_PLUS, "key": "client"},
    "newcomers": {"kind": "newcomers", **HELD, "key": "client"},
}
GUIDANCE = """
    id | client | held_on    | state   | employees | municipality | segment
    11 | C1     | 2023-05-05 | held    | 9         | 101          | growth
    17 | C1     | 2024-01-10 | held    | 4         | 101          | growth
    13 | C1     | 2024-01-10 | held    |           | 147          | growth
    12 | C1     | 2024-02-10 | held    | 6         | 101          | growth
    15 | C2     | 2024-02-10 | held    | 7         | 101          | operating
    18 | C2     | 2024-02-11 | held    | 7         | 101          | operating
    16 |        | 2024-02-12 | held    | 8         |              | operating
    14 | C3     | 2024-02-13 | planned | 9         | 101          | growth
    19 | C4     | 2024-04-01 | held    | 9         | 101          | growth
"""
AS_OF = date(2024, 2, 29)


@pytest.fixture
def behind(tmp_path: Path, engine: str):
    contract = drawn.contract(*(drawn.goal(measure, id=kind) for kind, measure in KINDS.items()))
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)

    def find(kind: str, **options: Any) -> Rows:
        return rows(contract, snapshot, kind, AS_OF, engine=engine, **options)

    return find


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("count", [13, 17, 12, 15, 18, 16]),
        ("share", [12, 15, 18, 16]),
        ("distinct", [13, 15]),
        ("share_of_distinct", [12, 15]),
        ("newcomers", [15]),
    ],
)
def test_every_record_is_shown_by_date_and_number_and_those_that_count_are_marked(
    behind, kind: str, counted: list[int]
) -> None:
    found = behind(kind)

    assert _column(found, "id") == [13, 17, 12, 15, 18, 16]
    assert _counted(found) == counted
    assert (found.total, found.counted) == (6, len(counted))


def test_the_columns_are_the_tables_and_counted(behind) -> None:
    assert behind("count").columns[:3] == ["id", "source_id", "client"]
    assert behind("count").columns[-1] == "counted"


@pytest.mark.parametrize(
    ("cell", "shown", "counted"),
    [
        ({"municipality": "101"}, [17, 12, 15, 18], [17, 15]),
        ({"municipality": "unknown"}, [16], []),
        ({"month": "2024-02"}, [12, 15, 18, 16], [12, 15]),
        ({"segment": "operating"}, [15, 18, 16], [15]),
        ({"size": "5-9"}, [12, 15, 18, 16], [12, 15]),
        ({"size": "unknown"}, [13], [13]),
        ({"month": "2024-02", "segment": "growth"}, [12], [12]),
    ],
    ids=str,
)
def test_of_one_cell_the_records_count_to_the_cells_figure(
    behind, cell: dict[str, str], shown: list[int], counted: list[int]
) -> None:
    found = behind("distinct", **cell)

    assert (_column(found, "id"), _counted(found)) == (shown, counted)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ({"limit": 2}, [13, 17]),
        ({"offset": 2, "limit": 2}, [12, 15]),
        ({"offset": 5, "limit": 2}, [16]),
        ({"offset": 4}, [18, 16]),
        ({"offset": 9}, []),
    ],
    ids=str,
)
def test_a_page_keeps_the_total_and_the_marks_of_the_whole(
    behind, page: dict[str, int], shown: list[int]
) -> None:
    found = behind("distinct", **page)

    assert _column(found, "id") == shown
    assert found.counted == 2
    assert found.total == 6
    assert set(_counted(found)) == {13, 15} & set(shown)


def test_records_of_several_tables_share_their_columns_and_say_which_table(
    tmp_path: Path, engine: str
) -> None:
    parts = [{"of": "guidance"}, {"of": "attendance", "where": {"state": "attended"}}]
    contract = drawn.contract(
        drawn.goal({"kind": "count", "parts": parts}, id="gross"),
        drawn.goal({"kind": "distinct", "goals": ["gross"], "key": "client"}, id="net"),
    )
    snapshot = drawn.snapshot(
        tmp_path,
        guidance="client | held_on\nC1 | 2024-01-05\nC2 | 2024-01-05",
        attendance="client | held_on | state\nC2 | 2024-01-05 | attended",
    )

    found = rows(contract, snapshot, "net", AS_OF, engine=engine)

    assert found.columns[:3] == ["table", "date", "id"]
    assert "municipality" in found.columns
    assert list(zip(*(_column(found, c) for c in ("table", "client", "counted")), strict=True)) == [
        ("attendance", "C2", True),
        ("guidance", "C1", True),
        ("guidance", "C2", False),
    ]


def test_of_a_level_the_two_that_it_lies_between_count(tmp_path: Path, engine: str) -> None:
    measure = {"kind": "level_growth", "of": "newsletter", "level": "subscribers"}
    snapshot = drawn.snapshot(
        tmp_path,
        newsletter="""
            measured_on | subscribers
            2023-11-30  | 900
            2023-12-31  | 1000
            2024-01-07  | 1010
            2024-02-28  | 1050
            2024-03-07  | 1090
        """,
    )
    contract = drawn.contract(drawn.goal(measure))

    found = rows(contract, snapshot, "goal", AS_OF, engine=engine)
    january = rows(contract, snapshot, "goal", AS_OF, engine=engine, month="2024-01", limit=5)

    assert (_column(found, "id"), _counted(found)) == ([1, 2, 3, 4], [2, 4])
    assert (_column(january, "subscribers"), january.total) == ([1010], 1)


def test_of_a_report_and_of_milestones_only_the_goals_own_are_shown(
    tmp_path: Path, engine: str
) -> None:
    contract = drawn.contract(
        drawn.goal({"kind": "reported"}, id="awareness"),
        drawn.goal({"kind": "narrative"}, id="effort"),
    )
    snapshot = drawn.snapshot(
        tmp_path,
        reported="""
            goal      | measured_on | value
            awareness | 2024-01-15  | 40
            awareness | 2024-02-15  | 45
            other     | 2024-02-16  | 99
        """,
        milestone="""
            goal   | due_on     | done_on    | state
            effort | 2024-01-15 | 2024-01-10 | done
            effort | 2024-11-15 |            | planned
            other  | 2024-01-15 | 2024-01-10 | done
        """,
    )

    reports = rows(contract, snapshot, "awareness", AS_OF, engine=engine)
    milestones = rows(contract, snapshot, "effort", AS_OF, engine=engine)

    assert (_column(reports, "value"), _counted(reports)) == ([40.0, 45.0], [2])
    assert (_column(milestones, "id"), _counted(milestones)) == ([1, 2], [1])


def test_of_months_the_running_one_does_not_count_yet(tmp_path: Path, engine: str) -> None:
    measure = {"kind": "monthly_mean", "of": "channel_view", "add": "views"}
    snapshot = drawn.snapshot(
        tmp_path, channel_view="month | views\n2024-01-01 | 100\n2024-02-01 | 200"
    )
    contract = drawn.contract(drawn.goal(measure))

    in_february = rows(contract, snapshot, "goal", date(2024, 2, 28), engine=engine)
    at_its_end = rows(contract, snapshot, "goal", AS_OF, engine=engine)
    in_january = rows(contract, snapshot, "goal", date(2024, 1, 30), engine=engine)

    assert _counted(in_february) == [1]
    assert _counted(at_its_end) == [1, 2]
    assert (_counted(in_january), in_january.total) == ([], 1)


def test_a_goal_without_a_place_has_no_records_in_a_municipality(
    tmp_path: Path, engine: str
) -> None:
    snapshot = drawn.snapshot(tmp_path, press="published_on\n2024-01-05")
    contract = drawn.contract(drawn.goal({"kind": "count", "of": "press"}))

    everywhere = rows(contract, snapshot, "goal", AS_OF, engine=engine)
    nowhere = rows(contract, snapshot, "goal", AS_OF, engine=engine, municipality="101")
    figure = evaluate(contract, snapshot, AS_OF, municipality="101", engine=engine).goals["goal"]

    assert everywhere.total == 1
    assert (nowhere.total, nowhere.rows, nowhere.columns) == (0, [], everywhere.columns)
    assert figure.figure.value is None


def _column(found: Rows, name: str) -> list[object]:
    place = list(found.columns).index(name)
    return [row[place] for row in found.rows]


def _counted(found: Rows) -> list[object]:
    marks = _column(found, "counted")
    return [number for number, mark in zip(_column(found, "id"), marks, strict=True) if mark]
