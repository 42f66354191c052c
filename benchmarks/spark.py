"""Times the whole contract on DuckDB and on Spark, over the same snapshot, and compares it.

``python -m benchmarks.spark --rows 1000000`` needs the extra ``spark`` and Java. It compares every
figure, prints a table and writes benchmarks/results/spark.md.
"""

import argparse
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.synthesis import synthesise
from benchmarks.timing import clock, machine, table, timed
from pejl.contract.load import load
from pejl.indicators.engines import ENGINES
from pejl.indicators.evaluate import evaluate

CONTRACT = Path(__file__).parents[1] / "contracts" / "hovedstaden" / "2024.yaml"
RESULTS = Path(__file__).parent / "results" / "spark.md"
HEADS = ("records", "DuckDB", "Spark, first time", "Spark, again")


def main() -> None:
    """Run all of it."""
    asked = _arguments()
    session = _session(asked.cores)
    contract, lines = load(CONTRACT), []
    with tempfile.TemporaryDirectory(prefix="pejl-spark-", dir=asked.folder) as name:
        for rows in asked.rows:
            snapshot = synthesise(Path(name), contract, rows)
            opened = ENGINES["spark"](snapshot)
            ENGINES["opened"] = lambda _, engine=opened: engine  # type: ignore[misc]
            found: list[Any] = []

            def measure(engine: str, found: list[Any] = found, of: Any = snapshot) -> None:
                found.append(evaluate(contract, of, of.as_of, engine=engine).goals)

            here = timed(lambda: measure("columnar"), asked.runs)
            first = timed(lambda: measure("opened"), 1, warm_up=False)
            again = timed(lambda: measure("opened"), asked.runs, warm_up=False)
            if any(goals != found[0] for goals in found):
                raise SystemExit("Spark counts otherwise.")
            lines.append([f"{rows:,}", *(clock(one.median) for one in (here, first, again))])
            RESULTS.write_text(_report(lines, asked), encoding="utf-8")
    session.stop()
    print(_report(lines, asked))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where there is room; else the temporary one")
    return parser.parse_args()


def _session(cores: int) -> Any:
    from pyspark.sql import SparkSession

    said = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(cores),
        "spark.driver.memory": "4g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    builder = SparkSession.builder.master(f"local[{cores}]")
    for name, value in said.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _report(lines: Sequence[Sequence[str]], asked: argparse.Namespace) -> str:
    packages = ("duckdb", "ibis-framework", "pyspark")
    return f"""# Spark and DuckDB: the whole contract, on one machine

{date.today().isoformat()}; {machine(*packages)}. Medians of {asked.runs} runs, Spark on
{asked.cores} local cores; made by `python -m benchmarks.spark`.

{table(HEADS, lines)}

- Every goal, breakdown and month was equal.
- **Spark, first time** is the first question put to a session that has been started: the virtual
  machine warms up and the queries are compiled.
- On one machine Spark is no match for DuckDB and is not meant to be; the table says from where on a
  cluster must make up for it.
"""


if __name__ == "__main__":
    main()
