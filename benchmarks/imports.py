"""Times ``pejl import`` on SQLite: guidances a second, and the peak memory at two sizes.

``python -m benchmarks.imports --rows 100000 400000`` writes an export of each size in the shape of
the hub's CRM, imports its companies, and then times the command on its guidances, each run on a
database of its own. It prints a table and writes benchmarks/results/imports.md.
"""

import argparse
import csv
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.timing import machine, table

RESULTS = Path(__file__).parent / "results" / "imports.md"
COMPANIES = 20_000
WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
HEADS = ("guidances", "seconds", "guidances a second", "peak memory", "companies alone")
SEGMENTS = ("Før-starter", "Iværksætter", "Vækst", "Drift")
COMPANY = (
    *("SmvId", "CVR", "PNummer", "Navn", "Adresse", "Postnr", "By", "Kommune", "Branchekode"),
    *("Virksomhedsform", "Stiftet", "AntalAnsatte", "Reklamebeskyttet", "Oprettet"),
)
GUIDANCE = (
    *("VejledningId", "Dato", "Klient", "Type", "Kanal", "Status", "Segment"),
    *("AnsatteVedVejledning", "Kommune", "Prioritetsområde", "Vejleder", "VarighedMin"),
    *("SendtTilEvaluering", "Registreret"),
)


@dataclass(frozen=True)
class Run:
    """One import: seconds of the whole command, and its greatest memory in MB."""

    seconds: float
    memory: float


def main() -> None:
    """Run all of it."""
    asked = _arguments()
    lines = []
    for rows in asked.rows:
        print(f"{rows:,} guidances …", file=sys.stderr)
        lines.append(_line(rows, [_imported(rows) for _ in range(asked.runs)]))
    text = _report(lines, asked.runs)
    print(text)
    RESULTS.write_text(text, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 400_000])
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args()


def _imported(rows: int) -> tuple[Run, Run]:
    """The import of the companies, and that of the guidances, on a new database."""
    with tempfile.TemporaryDirectory(prefix="pejl-imports-") as name:
        folder = Path(name)
        companies, guidances = folder / "companies", folder / "guidances"
        _write(companies / "virksomheder.csv", COMPANY, _companies())
        _write(guidances / "vejledninger.csv", GUIDANCE, _guidances(rows))
        return _command(companies, folder / "var"), _command(guidances, folder / "var")


def _command(export: Path, data: Path) -> Run:
    """The command in a process of its own, whose memory is its alone."""
    program = str(Path(sys.executable).with_name("pejl"))
    arguments = [program, "import", str(export), "--source", "escrm", "--format", "json"]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    answer = export.with_suffix(".json")
    output = [(os.POSIX_SPAWN_OPEN, 1, str(answer), os.O_WRONLY | os.O_CREAT, 0o600)]
    environment = kept | {"PEJL_DATA": str(data)}
    start = time.perf_counter()
    child = os.posix_spawn(program, arguments, environment, file_actions=output)
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) or _rejected(answer):
        raise SystemExit(f"The import was refused: {answer.read_text()}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, used.ru_maxrss * unit / 1e6)


def _rejected(answer: Path) -> int:
    """Rows refused: they would be quicker than those that are written."""
    files = json.loads(answer.read_text(encoding="utf-8"))["files"]
    return sum(counts["rejected"] for counts in files.values())


def _write(path: Path, head: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    """As the CRM writes it."""
    path.parent.mkdir()
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(head)
        writer.writerows(rows)


def _companies() -> Iterator[Sequence[Any]]:
    numbers = (cvr for cvr in map(_cvr, range(1_000_000, 9_999_999)) if cvr)
    for i, cvr in zip(range(COMPANIES), numbers, strict=False):
        yield (
            *(f"SMV{i:06}", cvr, "", f"Firma {i} ApS", f"Bygade {i}", "2100", "København Ø", "101"),
            *("702200", "ApS", "18-05-2003", i % 60, "Nej", "03-01-2022"),
        )


def _cvr(base: int) -> str | None:
    """The number with its check digit; None where no digit checks."""
    digits = map(int, str(base))
    check = -sum(w * d for w, d in zip(WEIGHTS, digits, strict=True)) % 11
    return f"{base}{check}" if check < 10 else None


def _guidances(rows: int) -> Iterator[Sequence[Any]]:
    for i in range(rows):
        day = date(2022, 1, 1) + timedelta(days=i * 7 % 1096)
        yield (
            *(f"V{i:07}", f"{day:%d-%m-%Y}", f"SMV{i * 7919 % COMPANIES:06}"),
            *(("Specialiseret", "Orienterende")[i % 2], "Fysisk", "Gennemført", SEGMENTS[i % 4]),
            *(i % 60, "101", "Digitalisering", f"vejleder{i % 60}", 60, "", f"{day:%d-%m-%Y}"),
        )


def _line(rows: int, runs: Sequence[tuple[Run, Run]]) -> list[str]:
    seconds = statistics.median(run.seconds for _, run in runs)
    memory = max(run.memory for _, run in runs)
    companies = statistics.median(run.seconds for run, _ in runs)
    return [
        *(f"{rows:,}", f"{seconds:.1f}", f"{rows / seconds:,.0f}", f"{memory:.0f} MB"),
        f"{companies:.1f} s",
    ]


def _report(lines: Sequence[Sequence[str]], runs: int) -> str:
    return f"""# Imports: guidances into SQLite

{date.today().isoformat()}; {machine("django")}. Medians of {runs} runs, each on a new database;
made by `python -m benchmarks.imports`.

{table(HEADS, lines)}

- The whole command is timed, from its start to its answer: Python and Django starting, the file
  read, every row checked, the records written and committed with their constraints, the audit entry
  made. The {COMPANIES:,} companies that the guidances name were imported before, by the same
  command.
- **peak memory**: the greatest of the runs, of the importing process.
- Goals: at least 20,000 guidances a second, and memory that does not grow with the file.
"""


if __name__ == "__main__":
    main()
