"""Two backends, one answer: what DuckDB counts, Spark counts to the last row.

The same expressions are put to both, over the export with known answers and over records that
nobody thought of. Needs the extra ``spark`` and Java.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pejl.base.errors import UserError
from pejl.base.periods import Period
from pejl.contract.load import load
from pejl.indicators.engines import ENGINES, spark
from pejl.indicators.evaluate import daily, evaluate, rows
from pejl.indicators.expression import Engine
from pejl.snapshot.store import Snapshot, latest
from tests.command import ROOT, Hub
from tests.generative.records import record_sets
from tests.spec.figures.drawn import written

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and there is no `java` on the PATH", allow_module_level=True)

# Spark's own Python, and Ibis' use of it, warn of their own affairs.
pytestmark = pytest.mark.filterwarnings("ignore")

CONTRACT = load(ROOT / "contracts" / "hovedstaden" / "2024.yaml")
JUNE, DECEMBER = date(2024, 6, 30), date(2024, 12, 31)
# One core and few rows: Spark is quickest when it neither compiles nor spreads its work.
SMALL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
# Spark takes seconds over each example: few of them, no clock, and no search for a smaller one.
few = settings(max_examples=3, deadline=None, phases=[Phase.explicit, Phase.generate])


@pytest.fixture(scope="module", autouse=True)
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One small Spark for all of it; the engine finds it by itself."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("pejl-tests")
    folder = tmp_path_factory.mktemp("spark")
    for name, value in (SMALL | {"spark.sql.warehouse.dir": str(folder)}).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def known(known_hub: Hub) -> Snapshot:
    """The snapshot of the export with known answers, opened once on Spark."""
    known_hub.json("snapshot", "--as-of", DECEMBER)
    snapshot = latest(known_hub.data / "snapshots")
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module", autouse=True)
def opened_once() -> Iterator[None]:
    """Spark lists and reads the files of a snapshot anew each time that it is opened."""
    open_ = ENGINES["spark"]
    engines: dict[Path, Engine] = {}

    def kept(snapshot: Snapshot) -> Engine:
        if snapshot.path not in engines:
            engines.clear()
            engines[snapshot.path] = open_(snapshot)
        return engines[snapshot.path]

    ENGINES["spark"] = kept
    yield
    ENGINES["spark"] = open_


def test_every_goal_and_every_cell_of_the_known_export_is_equal(known: Snapshot) -> None:
    for day in (JUNE, DECEMBER):
        assert_goals_equal(known, day)
    assert_goals_equal(known, DECEMBER, municipality="101")


def test_every_row_behind_every_goal_of_the_known_export_is_equal(known: Snapshot) -> None:
    assert_rows_equal(known, DECEMBER)


def test_what_was_counted_each_day_of_the_known_export_is_equal(known: Snapshot) -> None:
    year = Period(CONTRACT.period.start, DECEMBER)
    days = {goal: on_both(daily, known, goal, year) for goal in CONTRACT.goals}
    assert sum(both[0] is not None for both in days.values()) > 8
    for here, there in days.values():
        assert here == there


@few
@given(record_sets(), st.sampled_from([JUNE, date(2024, 2, 29), DECEMBER]))
def test_records_that_nobody_thought_of_are_counted_alike(records: Any, day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        snapshot = written(Path(folder), records)
        assert_goals_equal(snapshot, day)
        assert_rows_equal(snapshot, day)


def test_without_pyspark_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UserError, match=r"pejl\[spark\]"):
        spark._session()


def assert_goals_equal(snapshot: Snapshot, day: date, **only: str) -> None:
    here, there = on_both(evaluate, snapshot, day, **only)
    assert list(there.goals) == list(CONTRACT.goals)
    for goal in CONTRACT.goals:
        assert here.goals[goal] == there.goals[goal]


def assert_rows_equal(snapshot: Snapshot, day: date) -> None:
    for goal in CONTRACT.goals:
        here, there = on_both(rows, snapshot, goal, day)
        assert here == there


def on_both(ask: Any, snapshot: Snapshot, *of: Any, **options: Any) -> tuple[Any, Any]:
    """The answer of DuckDB and of Spark."""
    here, there = (
        ask(CONTRACT, snapshot, *of, **options, engine=engine) for engine in ("columnar", "spark")
    )
    return here, there
