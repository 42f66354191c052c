"""A million firms over ten years, everybody in one run: python benchmarks/scale.py

Every contestant is a process of its own, timed whole (start, imports, reading, estimating) with its
peak memory, and stopped when it passes the time or memory limit. Writes docs/benchmarks.md and
docs/benchmarks.json. Needs the extra ``bench``.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pejl_effects.simulate.panel import Recipe, simulate

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
TITLES = {
    "scan": "plain DuckDB scan of all columns",
    "pejl": "**pejl-effects**, one pass, no strata",
    "pejl_strata": "**pejl-effects**, one pass, 32 strata",
    "diff_diff": "diff-diff",
    "pyfixest": "pyfixest (saturated event study)",
    "differences": "differences",
    "csdid": "csdid",
    "moderndid": "moderndid",
    "match": "**pejl-effects**, 1:3 nearest neighbours, 20,000 among 1,000,000",
}
PACKAGES = ("pejl-effects", "duckdb", "diff-diff", "pyfixest", "differences", "csdid", "moderndid")


@dataclass(frozen=True)
class Outcome:
    """One process. ended : "done", or why it was stopped. work : seconds inside Python."""

    name: str
    ended: str
    seconds: float
    work: float | None
    gigabytes: float
    value: float | None


def write_panel(folder: Path, firms: int) -> Path:
    """The panel of the group-time contest: 8 % guided in five cohorts, 32 strata."""
    made = simulate(Recipe(firms=firms, guided_share=0.08, seed=7)).firms
    n, periods = made.outcome.shape
    columns = {
        "firm": np.repeat(np.arange(n), periods),
        "period": np.tile(made.periods, n),
        "cohort": np.repeat(made.cohort, periods),
        "stratum": np.repeat(made.stratum, periods),
        "y": made.outcome.ravel(),
    }
    path = folder / "panel.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def write_matching(folder: Path, firms: int, guided: int) -> Path:
    """A panel where exactly ``guided`` firms were guided in one year, with two covariates."""
    random = np.random.default_rng(8)
    x, z = random.standard_normal(firms), random.standard_normal(firms)
    stratum = random.integers(100, size=firms)
    lean = np.exp(0.6 * x + 0.3 * z)
    chosen = random.choice(firms, guided, replace=False, p=lean / lean.sum())
    member = np.zeros(firms, dtype=np.int64)
    member[chosen] = 1
    years = np.arange(2015, 2025)
    after = (years[None, :] > 2018) & (member[:, None] == 1)
    y = 8 + x[:, None] + 0.01 * x[:, None] * (years - 2015) + 0.1 * after
    y = y + 0.3 * random.standard_normal((firms, years.size))
    columns = {
        "firm": np.repeat(np.arange(firms), years.size),
        "period": np.tile(years, firms),
        "guided": np.repeat(member, years.size),
        "stratum": np.repeat(stratum, years.size),
        "x": np.repeat(x, years.size),
        "z": np.repeat(z, years.size),
        "y": y.ravel(),
    }
    path = folder / "matching.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def _resident(pid: int) -> float:
    """Gigabytes resident in a process and its children, now."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            text = Path(f"/proc/{one}/status").read_text()
            children = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        total += next(
            (int(row.split()[1]) / 1e6 for row in text.splitlines() if row.startswith("VmRSS")), 0.0
        )
        waiting += [int(c) for c in children.split()]
    return total


def _free() -> float:
    """Gigabytes the machine can still give."""
    rows = Path("/proc/meminfo").read_text().splitlines()
    return next(int(r.split()[1]) / 1e6 for r in rows if r.startswith("MemAvailable"))


def run(name: str, panel: Path, seconds: float, gigabytes: float) -> Outcome:
    """Run one contestant within its limits, looking at its memory twenty times a second."""
    command = [sys.executable, str(HERE / "contestants.py"), name, str(panel)]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    peak, ended = 0.0, "done"
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        if time.perf_counter() - begun > seconds:
            ended = f"stopped after {seconds:.0f} s"
        elif peak > gigabytes:
            ended = f"stopped at {gigabytes:.0f} GB"
        elif _free() < 1.5:
            ended = f"stopped at {peak:.1f} GB: the machine had no more"
        if ended != "done":
            os.killpg(process.pid, signal.SIGKILL)
            break
        time.sleep(0.05)
    out, error = process.communicate()
    took = time.perf_counter() - begun
    if ended == "done" and process.returncode != 0:
        ended = "failed: " + (error.strip().splitlines() or ["no message"])[-1][:120]
    found = json.loads(out.strip().splitlines()[-1]) if ended == "done" else {}
    return Outcome(name, ended, took, found.get("seconds"), peak, found.get("value"))


def median(outcomes: list[Outcome]) -> Outcome:
    """The run in the middle by time."""
    return sorted(outcomes, key=lambda o: o.seconds)[len(outcomes) // 2]


def row(o: Outcome) -> str:
    """A line of the table."""
    work = "–" if o.work is None else f"{o.work:.2f}"
    value = "–" if o.value is None or o.name == "scan" else f"{o.value:.5f}"
    took = f"{o.seconds:.1f}" if o.ended == "done" else f"> {o.seconds:.0f}"
    return f"| {TITLES[o.name]} | {took} | {work} | {o.gigabytes:.2f} | {value} | {o.ended} |"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


HEAD = """\
# Benchmark: {firms:,} firms over ten years

Made by `python benchmarks/scale.py` (one run). Every line is a whole process: starting Python,
importing, reading the same Parquet file, every group-time effect, the event-study average and
analytic standard errors. Median of {repeats} runs for what takes under a minute, one run otherwise.
Limits: {seconds:.0f} s and {gigabytes:.0f} GB resident (polled); a process past them is stopped.

Machine: {cores} cores, {memory:.0f} GB, {system}, Python {python}.
{shared}Versions: {versions}.

| contestant | whole process, s | work, s | peak GB | event-study average | ended |
|---|---|---|---|---|---|
"""


def page(found: list[Outcome], options: argparse.Namespace) -> str:
    """The page of results, with the claims of the project judged by the numbers."""
    rows = Path("/proc/meminfo").read_text().splitlines()
    memory = next(int(r.split()[1]) / 1e6 for r in rows if r.startswith("MemTotal"))
    head = HEAD.format(
        firms=options.firms, repeats=options.repeats, seconds=options.seconds,
        gigabytes=options.gigabytes, cores=os.cpu_count(), memory=memory,
        system=platform.system(), python=platform.python_version(),
        shared="The machine was shared with other work while this ran.\n" if options.shared else "",
        versions=", ".join(f"{p} {_version(p)}" for p in PACKAGES),
    )  # fmt: skip
    return head + "\n".join(row(o) for o in found) + "\n" + claims(found)


def claims(found: list[Outcome]) -> str:
    """What was promised, and whether it held in this run."""
    named = {o.name: o for o in found}
    out = ["\n## What was promised\n"]
    mine, scan = named.get("pejl"), named.get("scan")
    if mine is not None and mine.work is not None:
        others = [o for o in found if o.name not in ("scan", "pejl", "pejl_strata", "match")]
        slower = all(o.seconds > mine.seconds for o in others)
        larger = all(o.gigabytes > mine.gigabytes for o in others)
        out.append(f"- Faster than each other package: {'yes' if slower else 'no'}.")
        out.append(f"- With less memory than each: {'yes' if larger else 'no'}.")
        strata = named.get("pejl_strata")
        for title, one in (("without strata", mine), ("with 32 strata", strata)):
            if scan is not None and scan.work and one is not None and one.work:
                times = one.work / scan.work
                held = "yes" if times <= 10 else "no"
                out.append(
                    f"- At most 10 times the scan, {title}: {held} ({times:.1f} times by work, "
                    f"{one.seconds / scan.seconds:.1f} times as whole processes)."
                )
    match = named.get("match")
    if match is not None and match.ended == "done":
        held = "yes" if match.seconds < 30 else "no"
        out.append(f"- Matching 20,000 among 1,000,000 under 30 s: {held} ({match.seconds:.1f} s).")
    return "\n".join(out) + "\n"


def main() -> None:
    """Write the panels, run everybody, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=1_000_000)
    parser.add_argument("--guided", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--gigabytes", type=float, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=list(TITLES))
    parser.add_argument("--shared", action="store_true", help="say that the machine was not idle")
    parser.add_argument("--docs", type=Path, default=DOCS)
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as name:
        panel = write_panel(Path(name), options.firms)
        matching = write_matching(Path(name), options.firms, options.guided)
        for contestant in options.only or TITLES:
            source = matching if contestant == "match" else panel
            runs = [run(contestant, source, options.seconds, options.gigabytes)]
            while runs[0].ended == "done" and runs[0].seconds < 60 and len(runs) < options.repeats:
                runs.append(run(contestant, source, options.seconds, options.gigabytes))
            found.append(median(runs))
            print(row(found[-1]), flush=True)
    options.docs.mkdir(parents=True, exist_ok=True)
    (options.docs / "benchmarks.md").write_text(page(found, options), encoding="utf-8")
    record = json.dumps([asdict(o) for o in found], indent=1) + "\n"
    (options.docs / "benchmarks.json").write_text(record, encoding="utf-8")
    print(claims(found))


if __name__ == "__main__":
    main()
