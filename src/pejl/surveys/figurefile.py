"""A file of figures that others measured: one figure a line, all of it or nothing.

The layout stands in docs/reference/reported-figures.md.
"""

import csv
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pejl.base.errors import UserError
from pejl.surveys.reported import SIX, interval_of, read_mix, refuse_strange_mix

T = TypeVar("T")
NEEDED = ("goal", "measured_on", "value", "n")
OPTIONAL = (
    "interval_low", "interval_high", "method", "period_from", "period_to", "asked", "mix",
)  # fmt: skip
LARGEST = 1024 * 1024
A_DAY = "a date, as 2025-03-31 or 31-03-2025"
NEEDS = {
    **dict.fromkeys(("n", "asked"), "a whole number"),
    **dict.fromkeys(("value", "interval_low", "interval_high"), "a number"),
}
SHOWN = 10  # faults said at once


@dataclass(frozen=True)
class Line:
    """One figure in the goal's unit; ``interval_by`` says who made its interval, if it has one."""

    goal: str
    measured_on: date
    value: Decimal
    n: int | None
    interval: tuple[Decimal, Decimal] | None
    interval_by: str  # source | wilson | nps_widest
    method: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    asked: int | None = None
    mix: str | None = None


@dataclass(frozen=True)
class Expected:
    """What a file may speak of: goal -> unit, and the groups of each dimension of a mix."""

    units: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class FigureFile:
    """The file's figures, in its order, and the hash of its bytes."""

    lines: tuple[Line, ...]
    sha256: str


def read_figures(content: bytes, expected: Expected) -> FigureFile:
    """Read the whole file; UserError that names every faulty line, and then nothing is taken."""
    found, faults = [], []
    for number, cells in _rows(content):
        try:
            found.append(line_of(cells, expected))
        except UserError as fault:
            faults.append(f"line {number}: {fault.given}, where {fault.needed} is needed")
    if faults:
        more = f", and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise _refused("; ".join(faults[:SHOWN]) + more, "a figure in every line")
    if not found:
        raise _refused("a file without figures", "at least one line below the column names")
    return FigureFile(tuple(found), hashlib.sha256(content).hexdigest())


def line_of(cells: Mapping[str, str], expected: Expected) -> Line:
    """One figure out of its texts; UserError names the cell that is wrong."""
    goal = cells.get("goal", "")
    if goal not in expected.units:
        raise _refused(f"the goal {goal!r}", f"one of {', '.join(expected.units)}")
    unit = expected.units[goal]
    value = _value(cells, unit)
    n = _read(cells, "n", _whole)
    ends = _ends(cells, value)
    made = None if ends else interval_of(unit, value, n)
    refuse_strange_mix(read_mix(cells.get("mix")), expected.groups)
    return Line(
        goal=goal,
        measured_on=_required(cells, "measured_on", _day),
        value=value,
        n=n,
        interval=ends or ((made.low, made.high) if made else None),
        interval_by=made.by if made else "source",
        method=cells.get("method") or None,
        mix=cells.get("mix") or None,
        asked=_asked(cells, n),
        **_period(cells),
    )


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(content) > LARGEST:
        raise _refused("a file of more than 1 MB", "a smaller CSV file")
    text = _text(content)
    first = text.splitlines()[0] if text.strip() else ""
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in first else ",")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in names]:
        raise _refused(f"a file without the columns {', '.join(missing)}", "a line of column names")
    if strange := [name for name in names if name not in (*NEEDED, *OPTIONAL)]:
        raise _refused(
            f"the columns {', '.join(strange)}", f"only {', '.join((*NEEDED, *OPTIONAL))}"
        )
    reader.fieldnames = names
    return [
        (reader.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)})
        for row in reader
    ]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _value(cells: Mapping[str, str], unit: str) -> Decimal:
    value = _required(cells, "value", _number)
    low = {"percent": 0, "nps": -100}.get(unit)
    if low is not None and not low <= value <= 100:
        raise _refused(f"the value {value}", f"a number from {low} to 100")
    return value


def _ends(cells: Mapping[str, str], value: Decimal) -> tuple[Decimal, Decimal] | None:
    low, high = (_read(cells, name, _number) for name in ("interval_low", "interval_high"))
    if low is None and high is None:
        return None
    if low is None or high is None:
        raise _refused("one end of an interval", "both ends, or neither")
    if not low <= value <= high:
        raise _refused(f"the interval {low} to {high}", f"an interval around the value {value}")
    return low, high


def _period(cells: Mapping[str, str]) -> dict[str, date | None]:
    start, end = (_read(cells, name, _day) for name in ("period_from", "period_to"))
    if (start is None) != (end is None) or (start and end and start > end):
        raise _refused("half a period, or one that ends before it begins", "both days, in order")
    return {"period_from": start, "period_to": end}


def _asked(cells: Mapping[str, str], n: int | None) -> int | None:
    asked = _read(cells, "asked", _whole)
    if asked is not None and n is not None and asked < n:
        raise _refused(f"{asked} asked and {n} answers", "at least as many asked as answered")
    return asked


def _read(cells: Mapping[str, str], name: str, of: Callable[[str], T]) -> T | None:
    text = cells.get(name, "")
    if not text:
        return None
    try:
        return of(text)
    except (ValueError, InvalidOperation) as error:
        raise _refused(f"the {name} {text!r}", NEEDS.get(name, A_DAY)) from error


def _required(cells: Mapping[str, str], name: str, of: Callable[[str], T]) -> T:
    found = _read(cells, name, of)
    if found is None:
        raise _refused(f"no {name}", f"a {name} in each line")
    return found


def _number(text: str) -> Decimal:
    written = text.replace(" ", "").removesuffix("%")
    number = Decimal(written.replace(".", "").replace(",", ".") if "," in written else written)
    if not number.is_finite():
        raise ValueError(text)
    return number.quantize(SIX)


def _whole(text: str) -> int:
    plain = text.replace(".", "").replace(" ", "")
    if not plain.isascii() or not plain.isdigit():
        raise ValueError(text)
    return int(plain)


def _day(text: str) -> date:
    pattern = "%d-%m-%Y" if text[2:3] == "-" else "%Y-%m-%d"
    return datetime.strptime(text, pattern).date()


def _refused(given: str, needed: str) -> UserError:
    return UserError(given=given, needed=needed, remedy="Correct the file and try again.")
