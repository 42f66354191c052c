"""Asked again: a snapshot that was asked before answers each new question for what it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pejl.contract.goal import SizeBand, Territory
from pejl.indicators.evaluate import evaluate
from pejl.snapshot.store import Snapshot
from tests.spec.figures import drawn

GUIDANCE = """
    held_on    | client | employees | municipality | segment
    2023-05-01 | C1     | 5         | 101          | growth
    2024-01-10 | C1     | 5         | 101          | growth
    2024-01-11 | C2     | 4         | 147          | operating
    2024-02-10 | C1     | 9         | 265          | growth
    2024-02-11 | C3     |           |              |
"""
BY = ["month", "municipality", "segment", "size"]
LATER, EARLIER = date(2024, 2, 29), date(2024, 1, 31)
CONTRACT = drawn.contract(
    drawn.goal({"kind": "count", "of": "guidance"}, id="count", by=BY),
    drawn.goal({"kind": "distinct", "of": "guidance", "key": "client"}, id="distinct", by=BY),
    drawn.goal({"kind": "newcomers", "of": "guidance", "key": "client"}, id="new", by=BY),
    drawn.goal({"kind": "reported"}, id="reported"),
)
WIDER = replace(CONTRACT, territory=Territory({date(2019, 1, 1): ("101", "147", "265")}))
COARSER = replace(CONTRACT, size_bands=(SizeBand("0-8", 0, 8, {}), SizeBand("9+", 9, None, {})))
NARROWER = replace(
    CONTRACT,
    goals={
        **CONTRACT.goals,
        "count": drawn.goal(
            {"kind": "count", "of": "guidance", "where": {"segment": "growth"}}, id="count", by=BY
        ),
    },
)


@pytest.mark.parametrize("other", [WIDER, COARSER, NARROWER], ids=["wider", "coarser", "narrower"])
def test_other_dates_places_and_contracts_get_their_own_answers(
    tmp_path: Path, other: drawn.Contract
) -> None:
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)
    questions = [
        (contract, day, municipality)
        for contract in (CONTRACT, other)
        for day in (LATER, EARLIER)
        for municipality in (None, "101", "outside")
    ]

    # Twice, so that what was kept of the first round is used in the second.
    for contract, day, municipality in questions * 2:
        fast, slow = (
            evaluate(contract, snapshot, day, municipality=municipality, engine=engine)
            for engine in ("columnar", "reference")
        )
        assert fast == slow


def test_the_questions_asked_have_different_answers(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)

    def counted(contract: drawn.Contract, day: date, municipality: str | None) -> object:
        return evaluate(contract, snapshot, day, municipality=municipality).goals["count"]

    base = counted(CONTRACT, LATER, None)
    assert base.figure.value == 1 + 1 + 1 + 1
    assert counted(CONTRACT, EARLIER, None) != base
    assert counted(CONTRACT, LATER, "101") != base
    assert all(counted(other, LATER, None) != base for other in (WIDER, COARSER, NARROWER))


OTHER_YEAR = """
    held_on    | client | employees | municipality | segment
    2024-01-10 | C7     | 5         | 101          | growth
    2024-02-10 | C8     | 9         | 147          | growth
"""


def of_before(snapshot: Snapshot, column: str) -> Snapshot:
    """The snapshot as it was written before the column came to be."""
    for file in snapshot.files("guidance"):
        pq.write_table(pq.read_table(file).drop_columns([column]), file)
    return snapshot


@pytest.mark.parametrize("first", ["today", "before"])
def test_each_snapshot_gets_its_own_answers_to_what_another_was_asked(
    tmp_path: Path, first: str
) -> None:
    today = drawn.snapshot(tmp_path / "today", guidance=GUIDANCE)
    before = of_before(drawn.snapshot(tmp_path / "before", guidance=OTHER_YEAR), "employees")
    snapshots = {"today": (today, 1 + 1 + 1 + 1), "before": (before, 1 + 1)}

    for name in (first, *snapshots):
        snapshot, expected = snapshots[name]
        fast, slow = (
            evaluate(CONTRACT, snapshot, LATER, engine=engine)
            for engine in ("columnar", "reference")
        )
        assert fast == slow
        assert fast.goals["count"].figure.value == expected


def test_another_thread_gets_the_same_answers(tmp_path: Path) -> None:
    snapshot = drawn.snapshot(tmp_path, guidance=GUIDANCE)
    here = evaluate(CONTRACT, snapshot, LATER)

    with ThreadPoolExecutor(1) as pool:
        there = pool.submit(evaluate, CONTRACT, snapshot, LATER).result()

    assert there == here
