"""The query that is shown can be run over the snapshot's files, and gives the figure."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pejl.contract.load import load
from pejl.indicators.account import Cell
from pejl.indicators.evaluate import evaluate, rows
from pejl.indicators.query import sql
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES
from tests.spec.figures import drawn

CONTRACT = load(Path("contracts/hovedstaden/2024.yaml"))
AS_OF = date(2024, 6, 30)
GUIDANCE = """
    client | client_kind | held_on  | type        | state   | employees | municipality | segment
    C1     | company | 2023-05-05 | specialised | held    | 9         | 101          | growth
    C1     | company | 2024-01-10 | specialised | held    | 4         | 101          | growth
    C1     | company | 2024-01-11 | specialised | held    |           | 147          | growth
    C2     | company | 2024-02-10 | specialised | held    | 7         | 101          | operating
    C3     | company | 2024-02-13 | specialised | planned | 9         | 101          | growth
    P1     | person  | 2024-02-15 | orienting   | held    | 0         | 101          | pre_starter
    C2     | company | 2024-02-16 | orienting   | held    | 7         | 101          | operating
"""
ATTENDANCE = """
    client | held_on    | state    | national_programme | municipality | segment
    C2     | 2024-03-01 | attended | no                 | 101          | operating
    C9     | 2024-03-01 | attended | yes                |              | growth
    C8     | 2024-03-01 | no_show  | no                 | 101          | growth
    C7     | 2024-03-02 | attended | yes                | 101          | growth
"""
ANSWERS = """
    answered_on | segment | nps | municipality
    2024-02-01  | growth  | 10  | 101
    2024-02-02  | growth  | 7   | 101
    2024-02-03  | growth  | 3   | 101
    2024-02-03  | growth  | 9   | 101
"""
VIEWS = """
    month      | views
    2024-01-01 | 90000
    2024-02-01 | 150000
"""


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return drawn.snapshot(
        tmp_path, guidance=GUIDANCE, attendance=ATTENDANCE, answer=ANSWERS, channel_view=VIEWS
    )


def answered(snapshot: Snapshot, text: str) -> Mapping[str, int]:
    """The query run by DuckDB itself over the files."""
    with duckdb.connect() as connection:
        for name in TABLES:
            connection.read_parquet([str(f) for f in snapshot.files(name)]).create_view(name)
        found = connection.sql(text)
        return dict(found.to_arrow_table().to_pylist()[0])


@pytest.mark.parametrize(
    "goal",
    [
        "guidance",
        "guidance_5plus",
        "orientation",
        "event_participants",
        "programme_participants",
        "gross_participations",
        "net_unique",
        "new_guided_share",
    ],
)
@pytest.mark.parametrize("cell", [Cell(), Cell(municipality="101")])
def test_it_gives_the_rows_and_those_counted(snapshot: Snapshot, goal: str, cell: Cell) -> None:
    text = sql(CONTRACT, snapshot, goal, AS_OF, cell)
    assert text is not None
    found = answered(snapshot, text)
    listed = rows(CONTRACT, snapshot, goal, AS_OF, municipality=cell.municipality)
    assert found["rows"] == listed.total
    assert (found["counted"] or 0) == sum(1 for row in listed.rows if row[-1])
    assert listed.total > 0


def test_it_gives_the_parts_of_a_score_and_the_sum_of_a_mean(snapshot: Snapshot) -> None:
    goals = evaluate(CONTRACT, snapshot, AS_OF).goals
    nps = answered(snapshot, sql(CONTRACT, snapshot, "nps_growth", AS_OF) or "")
    assert (nps["promoters"], nps["detractors"], nps["rows"]) == (2, 1, 4)
    assert goals["nps_growth"].figure.value == 100 * (2 - 1) / 4
    views = answered(snapshot, sql(CONTRACT, snapshot, "monthly_views", AS_OF) or "")
    assert views["views"] == 240_000
    assert goals["monthly_views"].figure.value == 240_000 / 6


def test_a_figure_read_off_a_list_has_none(snapshot: Snapshot) -> None:
    assert sql(CONTRACT, snapshot, "newsletter_growth", AS_OF) is None
    assert sql(CONTRACT, snapshot, "monthly_views", AS_OF, Cell(municipality="101")) is None
