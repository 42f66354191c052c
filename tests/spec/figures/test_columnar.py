"""The columnar engine keeps its connection between questions, and never mixes snapshots."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pejl.indicators.engines import ENGINES
from pejl.indicators.evaluate import evaluate
from pejl.snapshot.store import Snapshot
from tests.spec.figures import drawn

CONTRACT = drawn.contract(
    drawn.goal({"kind": "count", "of": "press"}),
    drawn.goal({"kind": "distinct", "of": "guidance", "key": "client"}, id="clients"),
)
ONE = "published_on\n2024-01-05"
TWO = "published_on\n2024-01-05\n2024-01-06"


def test_the_same_snapshot_is_opened_once_and_another_anew(tmp_path: Path) -> None:
    one, two = drawn.snapshot(tmp_path, press=ONE), drawn.snapshot(tmp_path, press=TWO)

    engine = ENGINES["columnar"](one)
    assert ENGINES["columnar"](one) is engine
    assert ENGINES["columnar"](two) is not engine


def test_questions_to_two_snapshots_in_turn_are_answered_by_each(tmp_path: Path) -> None:
    one, two = drawn.snapshot(tmp_path, press=ONE), drawn.snapshot(tmp_path, press=TWO)

    assert [count(snapshot) for snapshot in (one, two, one, two)] == [1, 2, 1, 2]


def test_threads_have_a_connection_each(tmp_path: Path) -> None:
    one, two = drawn.snapshot(tmp_path, press=ONE), drawn.snapshot(tmp_path, press=TWO)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, [one, two] * 6)) == [1, 2] * 6


def count(snapshot: Snapshot) -> int:
    return int(evaluate(CONTRACT, snapshot, drawn.YEAR.end).goals["goal"].figure.value or 0)
