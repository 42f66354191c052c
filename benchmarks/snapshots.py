"""Times a snapshot of everything, and of what has changed, from SQLite and from PostgreSQL.

``python -m benchmarks.snapshots --rows 1000000 10000000`` fills a database of each kind and size
with made records, takes a snapshot of all of it, writes a little, takes the next one, compares it
with one that reads everything, and writes benchmarks/results/snapshots.md. ``--one`` measures a
single database, named by ``DATABASE_URL`` and ``PEJL_DATA``, and prints it as JSON.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.postgres import cluster
from benchmarks.synthesis import synthesise
from benchmarks.timing import clock, machine, table
from pejl.contract.load import load
from pejl.snapshot.store import Snapshot

CONTRACT = Path(__file__).parents[1] / "contracts" / "hovedstaden" / "2024.yaml"
RESULTS = Path(__file__).parent / "results" / "snapshots.md"
PACKAGES = ("duckdb", "pyarrow", "adbc-driver-sqlite", "adbc-driver-postgresql", "django")
ENGINES = ("SQLite", "PostgreSQL")
HEADS = (
    *("records", "database", "everything", "MiB", "files", "plain scan"),
    *("nothing changed", "one guidance", "a month of guidances", "100 companies renamed"),
)
END, MONTH = date(2024, 12, 31), (date(2024, 10, 1), date(2024, 10, 31))
BASES = (
    *("guidance_guidance", "events_attendance", "programmes_participation"),
    *("outreach_approach", "surveys_answer", "companies_company", "companies_person"),
)


def main() -> None:
    """Run all of it, or one part."""
    asked = _arguments()
    if asked.one:
        print(json.dumps(_measured(asked.one)))
        return
    with tempfile.TemporaryDirectory(prefix="pejl-snapshots-", dir=asked.folder) as name:
        lines: list[list[str]] = []
        for rows in asked.rows:
            made = synthesise(Path(name) / "made", load(CONTRACT), rows)
            for engine in asked.databases:
                print(f"{rows:,} records, {engine} …", file=sys.stderr)
                told = _in_new_process(engine, made, Path(name))
                lines.append(_cells(rows, engine, told))
                # After each, for the next one may take ten times as long.
                RESULTS.write_text(_report(lines), encoding="utf-8")
    print(_report(lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.snapshots", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--databases", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--folder", type=Path, help="where there is room; else the temporary one")
    parser.add_argument("--one", type=Path, metavar="MADE", help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_new_process(engine: str, made: Snapshot, folder: Path) -> dict[str, Any]:
    with _database(engine, folder) as environment:
        command = [sys.executable, "-m", "benchmarks.snapshots", "--one", str(made.path)]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, env=os.environ | environment
        )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@contextlib.contextmanager
def _database(engine: str, folder: Path) -> Iterator[dict[str, str]]:
    """An empty database, gone afterwards; gives the environment that names it."""
    with tempfile.TemporaryDirectory(dir=folder) as data:
        said = {"PEJL_DATA": data, "DJANGO_SETTINGS_MODULE": "pejl_hub.config.settings"}
        if engine == "SQLite":
            yield said | {"DATABASE_URL": f"sqlite:///{data}/pejl.sqlite3"}
        else:
            with cluster() as url:
                yield said | {"DATABASE_URL": url}


def _measured(made: Path) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection

    from benchmarks.loading import load as fill
    from pejl.snapshot.store import open_snapshot
    from pejl_hub.snapshots import actions

    fill(open_snapshot(made))
    # Once to warm up: both the snapshot and the scan then find the same pages in memory.
    scan = _seconds(_scan)
    scan = _seconds(_scan)
    everything = _seconds(lambda: actions.take_snapshot(END))
    whole = actions.latest(actions.folder())
    told = {"everything": everything, "scan": scan, "files": 0, "bytes": 0}
    assert whole is not None
    for name in whole.manifest()["tables"]:
        told["files"] += len(whole.parts(name))
        told["bytes"] += sum(part["bytes"] for part in whole.parts(name))
    for name, write in CHANGES.items():
        write()
        told[name] = _seconds(lambda: actions.take_snapshot(END))
    _compare(actions)
    connection.close()
    return told


def _scan() -> None:
    """Every value of the tables that hold the records, read through the same driver and dropped."""
    from pejl_hub.snapshots.actions import folder
    from pejl_hub.snapshots.connection import open_connection

    with open_connection(folder()) as connection:
        for name in BASES:
            with connection.cursor(batch=65_536) as cursor:
                cursor.execute(f"SELECT * FROM {name}")
                for _ in cursor.fetch_record_batch():
                    pass


def _one_guidance() -> None:
    from pejl_hub.guidance.models import Guidance

    one = Guidance.objects.filter(held_on=MONTH[0]).order_by("id").first()
    Guidance.objects.filter(pk=one.pk).update(minutes=1)  # type: ignore[union-attr]


def _a_month() -> None:
    from pejl_hub.guidance.models import Guidance

    Guidance.objects.filter(held_on__range=MONTH).update(minutes=2)


def _companies() -> None:
    from pejl_hub.companies.models import Company

    ids = list(Company.objects.order_by("id").values_list("id", flat=True)[:100])
    Company.objects.filter(pk__in=ids).update(name="Et andet navn")


CHANGES: dict[str, Callable[[], None]] = {
    "nothing": lambda: None,
    "guidance": _one_guidance,
    "month": _a_month,
    "companies": _companies,
}


def _compare(actions: Any) -> None:
    """The last snapshot is the one that reads everything, to the byte."""
    last = actions.latest(actions.folder())
    actions._base = lambda: None
    if actions.take_snapshot(END).sha256 != last.sha256:
        raise SystemExit("The snapshot of what changed is not that of everything.")


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _cells(rows: int, engine: str, told: dict[str, Any]) -> list[str]:
    return [
        *(f"{rows:,}", engine, clock(told["everything"]), f"{told['bytes'] / 2**20:.1f}"),
        *(str(told["files"]), clock(told["scan"])),
        *(clock(told[name]) for name in CHANGES),
    ]


def _report(lines: Sequence[Sequence[str]]) -> str:
    return f"""# Snapshots: everything, and what has changed

{date.today().isoformat()}; {machine(*PACKAGES)}. One run of each, the database's pages in memory;
made by `python -m benchmarks.snapshots`.

{table(HEADS, lines)}

- **records**: of guidance, sign-ups, participations, approaches and answers together, over three
  years, half of them in the last; a sixth as many clients.
- **everything**: no earlier snapshot: every record read with its client, cast, written as zstd
  Parquet and hashed. **MiB** and **files** are what lies on disk then.
- **plain scan**: the tables that hold the records and clients read to the end through the same
  driver, one after the other: nothing joined, sorted, cast or written. On SQLite both
  take a copy of the database first.
- **nothing changed … 100 companies renamed**: the next snapshot after so much was written. Renamed
  companies have records in nearly every month, so nearly every month is read.
- The last one was compared with one that reads everything: the same SHA-256.
"""


if __name__ == "__main__":
    main()
