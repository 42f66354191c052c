"""Times the reports to all municipalities, PDF and Excel, from a year of 40,000 records.

``python -m benchmarks.reports`` makes the snapshot, makes the reports in new processes, prints a
table and writes benchmarks/results/reports.md. Each run is a whole one: from the start of Python
to the last file on disk.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.synthesis import synthesise
from benchmarks.timing import Timing, clock, machine, table, timed
from pejl.contract.load import load
from pejl.disclosure.cells import Cell
from pejl.disclosure.publish import Masks, masks
from pejl.reports.gathering import Counting, outside, own_masks
from pejl.reports.production import Order, produce
from pejl.reports.theme import PLAIN

CONTRACT = Path(__file__).parents[1] / "contracts" / "hovedstaden" / "2024.yaml"
RESULTS = Path(__file__).parent / "results" / "reports.md"
PACKAGES = ("typst", "xlsxwriter", "duckdb", "ibis-framework")
DAY = date(2024, 12, 31)
RECORDS = 80_000  # half of them in the contract's year
FORMATS = ("pdf", "xlsx")
HEADS = ("what", "files", "time", "CPU time")

TEXT = """# Reports to all municipalities

{machine}. The median of {runs} runs,
each a process of its own from the start of Python to the last file on disk;
made by `python -m benchmarks.reports`.

{table}

- A snapshot of {records:,} records, half of them in the contract's year and the rest in the two
  years before. Each of the 29 municipalities gets a report of its own as PDF (PDF/UA-1, with its
  own charts) and as a workbook.
- **from an edition**: what to hide was worked out when the day was published, as it is in the hub.
- **without an edition**: what to hide is worked out here, for which all 31 places and the whole
  hub are counted first.
- Each municipality is counted by the one counting function: the whole hub's breakdowns hold
  neither its segments nor its sizes.
- **CPU time** is of all processes together. The load average says how busy the machine was with
  other work; alone on two cores the time is near the CPU time of one process, or half of it and
  the start of Python for two.
"""


def counted(folder: Path) -> Counting:
    """The snapshot, made once."""
    contract = load(CONTRACT)
    return Counting(contract, synthesise(folder, contract, RECORDS), DAY)


def make(folder: Path, out: Path, workers: int, hidden: Path | None) -> int:
    """Make every report; how many files there are."""
    counting = counted(folder)
    view = own_masks(counting) if hidden is None else _view(counting, hidden)
    order = Order("municipality", outside(counting, view), counting, view, PLAIN, FORMATS, CONTRACT)
    places = sorted(counting.contract.territory.on(DAY))
    files = 0
    for made in produce(order, places, workers=workers):
        for name, data in made.files.items():
            (out / name).write_bytes(data)
            files += 1
    return files


def _view(counting: Counting, hidden: Path) -> Masks:
    kept = json.loads(hidden.read_text())
    cells = frozenset(Cell(*cell) for cell in kept["hidden"])
    return masks(counting.contract, DAY, kept["minimum"], cells)


def _keep(counting: Counting, folder: Path) -> Path:
    """What an edition keeps of what it hides."""
    view, kept = own_masks(counting), folder / "hidden.json"
    kept.write_text(json.dumps({"minimum": view.minimum, "hidden": sorted(view.hidden)}))
    return kept


def _run(folder: Path, workers: int, hidden: Path | None) -> Callable[[], int]:
    def run() -> int:
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        asked = ["--make", str(folder), str(out), str(workers), str(hidden or "")]
        subprocess.run([sys.executable, "-m", "benchmarks.reports", *asked], check=True)
        return len(list(out.iterdir()))

    return run


def _lines(folder: Path, runs: int) -> Iterator[list[str]]:
    hidden = _keep(counted(folder), folder)
    for what, workers, kept in (
        ("from an edition, two processes", 2, hidden),
        ("from an edition, one process", 1, hidden),
        ("without an edition, two processes", 2, None),
    ):
        run = _run(folder, workers, kept)
        before = _cpu()
        timing: Timing = timed(run, runs, warm_up=False)
        files = len(list((folder / "out").iterdir()))
        yield [what, str(files), clock(timing.median), clock((_cpu() - before) / runs)]


def _cpu() -> float:
    """The seconds of computing of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Time, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--make", nargs=4, metavar=("FOLDER", "OUT", "WORKERS", "HIDDEN"))
    asked = parser.parse_args()
    if asked.make:
        folder, out, workers, hidden = asked.make
        make(Path(folder), Path(out), int(workers), Path(hidden) if hidden else None)
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = list(_lines(Path(folder), asked.runs))
    said = table(HEADS, lines)
    told = TEXT.format(machine=machine(*PACKAGES), runs=asked.runs, table=said, records=RECORDS)
    RESULTS.write_text(told, encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
