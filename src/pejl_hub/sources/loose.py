"""Reading sheets whose headings do not stand in the first row, and cells of an unknown language.

What LinkedIn and Meta write depends on the language of whoever exports: headings are looked for
by name among the first rows, dates are read by the one order that fits every row.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from pejl_hub.sources.mapping import FileMapping, fold
from pejl_hub.sources.reading.plain import DELIMITERS, SAMPLE, CsvSheet, read_rows, width
from pejl_hub.sources.reading.sheet import Line, Place, Sheet

FIRST_ROWS = 10
# Month first is how both write dates in English; the others are how Danish programs do.
ORDERS = ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")


@dataclass(frozen=True)
class Table:
    """The rows of a sheet below its headings, and where each of our fields stands."""

    headings: list[str]
    places: Mapping[str, int]
    lines: list[Line]

    def cell(self, line: Line, name: str) -> str:
        """The field's cell; empty when the sheet lacks it."""
        place = self.places.get(name)
        return line.cells[place].strip() if place is not None and place < len(line.cells) else ""

    def heading(self, name: str) -> str:
        """The heading that was read for a field."""
        return self.headings[self.places[name]]


def find_table(sheet: Sheet, mapping: FileMapping, needed: Sequence[str]) -> Table | None:
    """The table whose headings hold every needed field; None when no row among the first does."""
    lines = list(_all_lines(sheet))
    for number, line in enumerate(lines[:FIRST_ROWS]):
        places = _places(line.cells, mapping)
        if all(name in places for name in needed):
            headings = [cell.strip() for cell in line.cells]
            return Table(headings, places, lines[number + 1 :])
    return None


def _places(cells: Sequence[str], mapping: FileMapping) -> dict[str, int]:
    """Field → column; of several names that fit, the one that the mapping has first."""
    folded = [fold(cell) for cell in cells]
    found = {}
    for name, headings in mapping.columns.items():
        place = next((folded.index(fold(h)) for h in headings if fold(h) in folded), None)
        if place is not None:
            found[name] = place
    return found


def _all_lines(sheet: Sheet) -> Iterator[Line]:
    if isinstance(sheet, CsvSheet):
        yield from _csv_lines(sheet)
    else:
        yield Line(1, list(sheet.headings))
        yield from sheet.rows(Place())


def _csv_lines(sheet: CsvSheet) -> Iterator[Line]:
    """With the delimiter of the widest of the first rows: the first may be a sentence."""
    with (
        sheet.blob.open() as raw,
        io.TextIOWrapper(raw, encoding=sheet.written.encoding, newline="") as text,
    ):
        head = text.read(SAMPLE).splitlines()[:FIRST_ROWS]
        text.seek(0)
        delimiter = max(DELIMITERS, key=partial(width, head))
        for number, cells in read_rows(sheet.file_name, text, delimiter):
            yield Line(number, cells)


@dataclass(frozen=True)
class Days:
    """The dates of a column, None where a cell holds none; ``doubtful`` when two orders fit."""

    days: list[date | None]
    doubtful: bool


def read_days(cells: Sequence[str], *, daily: bool) -> Days:
    """Read dates by the one order that fits most; for ``daily`` rows, by that without gaps."""
    stems = [found.group() if (found := _DAY.match(cell.strip())) else "" for cell in cells]
    read = [[_day(stem, order) for stem in stems] for order in ORDERS]
    most = max(sum(day is not None for day in days) for days in read)
    fitting = [days for days in read if sum(day is not None for day in days) == most]
    if daily:
        return Days(min(fitting, key=_span), doubtful=False)
    return Days(fitting[0], doubtful=any(other != fitting[0] for other in fitting[1:]))


def _day(stem: str, order: str) -> date | None:
    try:
        return datetime.strptime(stem, order).date()
    except ValueError:
        return None


def _span(days: Sequence[date | None]) -> timedelta:
    known = [day for day in days if day]
    return max(known) - min(known) if known else timedelta(0)


def read_whole(cell: str) -> int | None:
    """A count of at least 0 however its thousands are marked; None for anything else.

    Examples
    --------
    >>> [read_whole(cell) for cell in ("12,400", "12.400", "7 000", "160", "160.0", "-1", "")]
    [12400, 12400, 7000, 160, 160, None, None]
    """
    stripped = cell.strip().removesuffix(".0")
    if _GROUPED.fullmatch(stripped):
        return int(re.sub(r"\D", "", stripped))
    return int(stripped) if re.fullmatch(r"[0-9]{1,10}", stripped) else None
