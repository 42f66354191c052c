"""Times the whole contract with all its breakdowns, against a plain scan and the Django ORM.

``python -m benchmarks.figures --rows 10000 1000000 10000000`` makes a snapshot of each size, times
it, loads the same records into a PostgreSQL server of its own, counts them there through the ORM,
compares every figure, prints a table and writes benchmarks/results/figures.md.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from benchmarks.postgres import cluster
from benchmarks.scan import columns_touched, scan
from benchmarks.synthesis import synthesise
from benchmarks.timing import Timing, clock, machine, table, timed
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl.indicators.engines import ENGINES
from pejl.indicators.evaluate import evaluate
from pejl.indicators.result import Evaluation
from pejl.snapshot.store import Snapshot

CONTRACT = Path(__file__).parents[1] / "contracts" / "hovedstaden" / "2024.yaml"
RESULTS = Path(__file__).parent / "results" / "figures.md"
PACKAGES = ("duckdb", "ibis-framework", "pyarrow", "django", "psycopg")
HEADS = (
    *("records", "cold", "new date", "warm", "plain scan", "times the scan"),
    *("ORM on PostgreSQL", "times faster"),
)


@dataclass(frozen=True)
class Line:
    """What was timed at one size; ``orm`` None where it was skipped."""

    records: int
    cold: Timing
    new_date: Timing
    warm: Timing
    scan: Timing
    orm: Timing | None

    def cells(self) -> list[str]:
        """The line of the table."""
        orm = None if self.orm is None else self.orm.median
        return [
            f"{self.records:,}",
            *(clock(timing.median) for timing in (self.cold, self.new_date, self.warm, self.scan)),
            f"{self.warm.median / self.scan.median:.1f}",
            clock(orm),
            "–" if orm is None else f"{orm / self.warm.median:.1f}",
        ]


def main() -> None:
    """Run all of it."""
    asked = _arguments()
    contract = load(CONTRACT)
    with contextlib.ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        orm = None
        if any(rows <= asked.skip_orm_above for rows in asked.rows):
            orm = stack.enter_context(_orm())
        lines: list[Line] = []
        for rows in asked.rows:
            snapshot = synthesise(folder, contract, rows)
            lines.append(_line(contract, snapshot, rows, asked, orm))
            # After each size, for the next one takes ten times as long.
            text = _report(lines, asked)
            RESULTS.write_text(text, encoding="utf-8")
    print(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--runs", type=int, default=5, help="runs of each, besides one to warm up")
    parser.add_argument("--skip-orm-above", type=int, default=1_000_000, metavar="ROWS")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the snapshots for next time")
    return parser.parse_args()


Fill = Callable[[Snapshot], None]


def _line(
    contract: Contract,
    snapshot: Snapshot,
    rows: int,
    asked: argparse.Namespace,
    orm: Fill | None,
) -> Line:
    print(f"{rows:,} records …", file=sys.stderr)
    columns = columns_touched(contract, snapshot.as_of)
    days = (snapshot.as_of - timedelta(days=n) for n in count(1))
    return Line(
        records=rows,
        cold=timed(lambda: _in_new_process(snapshot), asked.runs),
        new_date=timed(lambda: evaluate(contract, snapshot, next(days)), asked.runs),
        warm=timed(lambda: evaluate(contract, snapshot, snapshot.as_of), asked.runs),
        scan=timed(lambda: scan(snapshot, columns), asked.runs),
        orm=None
        if orm is None or rows > asked.skip_orm_above
        else _through_the_orm(contract, snapshot, asked.runs, orm),
    )


def _in_new_process(snapshot: Snapshot) -> None:
    command = [sys.executable, "-m", "benchmarks.cold", str(CONTRACT), str(snapshot.path)]
    subprocess.run(command, check=True)


def _through_the_orm(contract: Contract, snapshot: Snapshot, runs: int, fill: Fill) -> Timing:
    """Timed once the figures are seen to be equal, for all and for one municipality."""
    fill(snapshot)
    for municipality in (None, "101"):
        _compare(contract, snapshot, snapshot.as_of, municipality)
    return timed(lambda: evaluate(contract, snapshot, snapshot.as_of, engine="orm"), runs)


def _compare(contract: Contract, snapshot: Snapshot, as_of: date, municipality: str | None) -> None:
    ours, theirs = (
        evaluate(contract, snapshot, as_of, municipality=municipality, engine=engine)
        for engine in ("columnar", "orm")
    )
    unequal = _unequal(ours, theirs)
    if unequal:
        raise SystemExit(f"The ORM counts otherwise: {', '.join(unequal)}.")


def _unequal(ours: Evaluation, theirs: Evaluation) -> list[str]:
    return [goal for goal in ours.goals if ours.goals[goal] != theirs.goals[goal]]


@contextlib.contextmanager
def _orm() -> Iterator[Fill]:
    """A PostgreSQL server with the hub's tables; gives what fills them with a snapshot."""
    with cluster() as url, tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "DATABASE_URL": url,
            "PEJL_DATA": data,
            "DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings",
        }
        import django

        django.setup()
        from django.db import connection

        from benchmarks import loading
        from benchmarks.orm import OrmEngine

        ENGINES["orm"] = lambda snapshot: OrmEngine()
        try:
            yield loading.load
        finally:
            connection.close()


def _report(lines: Sequence[Line], asked: argparse.Namespace) -> str:
    return f"""# Figures: the whole contract, measured

{date.today().isoformat()}; {machine(*PACKAGES)}. Medians of {asked.runs} runs after one to warm up;
made by `python -m benchmarks.figures`.

{table(HEADS, [line.cells() for line in lines])}

- **records**: of guidance, sign-ups, participations, approaches and answers together; half of them
  in the contract's year, the rest in the two years before, in no order.
- **cold**: a new process, from its start to all figures: Python, the contract and the questions
  included.
- **new date**: in a process that has measured before, on a date that it has not measured.
- **warm**: on a date that it has measured. The SQL is kept; the records are read and counted anew.
- **plain scan**: DuckDB reads every value of the same Parquet files that the contract's questions
  name, folds it into a hash, and neither filters, groups nor joins.
- **ORM on PostgreSQL**: the same questions through the hub's models, a query for each count and
  breakdown, on a server of its own with the hub's indexes, loaded and analysed. Every figure,
  breakdown and month was equal, for the hub and for one municipality.
- Goals at 1,000,000 records: under a second, at most 5 times the scan, at least 20 times faster
  than the ORM. *times the scan* and *times faster* are of the warm run.
"""


if __name__ == "__main__":
    main()
