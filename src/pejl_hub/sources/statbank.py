"""Reads Statistics Denmark's table ERHV6: workplaces by area, industry and size.

StatBank's formats BULK and CSV are alike: a byte-order mark, semicolons, and a row a cell, with
the variables' names in the first row. Totals are left out, so that what is kept adds up.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.sources.industries import industry_groups

# How a column's name begins, in Danish and English.
COLUMNS = {
    "area": ("OMR", "REGION", "KOMMUNE", "MUNICIP"),
    "industry": ("BRANCH", "INDUSTRY"),
    "size": ("STØR", "STOR", "ARBEJDSSTEDSSTØR", "ANSATTE", "SIZE"),
    "time": ("TID", "TIME"),
    "value": ("INDHOLD", "CONTENT", "VALUE"),
}
_CODE = re.compile(r"^(?P<code>[0-9]{1,3})(?P<rest>\D.*)?$")
_RANGE = re.compile(r"(?P<low>[0-9][0-9.]*)\s*(?:-|–|til|to)\s*(?P<high>[0-9][0-9.]*)")
# From the beginning of a number and for all of it: else a long one is tried from each digit.
_ABOVE = re.compile(
    r"(?<![0-9])(?P<low>[0-9][0-9.]*+)\s*+(?:\+|.*(?:derover|flere|over|more))", re.IGNORECASE
)
_BELOW = re.compile(r"(?:under|less than|mindre end)\s*(?P<high>[0-9]+)", re.IGNORECASE)
_ONE = re.compile(r"^(?P<low>[0-9]+)(?:\s+\D*)?$")
_NONE = re.compile(r"^(?:ingen|uden|no |without)", re.IGNORECASE)
# The country, regions and parts have codes below 101; the others are no municipality's.
NO_MUNICIPALITY = ("hele", "region", "landsdel", "all", "uden for", "uoplyst", "christiansø")
NO_CODES = (411, 997, 999)
# Group 11 is activity not stated: it belongs to no industry, and is left out as totals are.
ALL_INDUSTRIES = (
    "tot",
    "i alt",
    "alle",
    "all ",
    "industry, total",
    "11",
    "uoplyst",
    "activity not",
)
MISSING = ("..", ".", "-", "")


@dataclass(frozen=True, order=True)
class Cell:
    """Workplaces of one place, industry group and size; ``workplaces`` None = not published."""

    municipality: str
    industry: str
    low: int
    high: int | None
    workplaces: int | None


@dataclass(frozen=True)
class Table:
    """One year of the file, and how many of its rows were totals."""

    year: int
    cells: tuple[Cell, ...]
    totals: int


class NotErhv6(UserError):
    """The file is not StatBank's ERHV6 in a format that Pejl reads."""


def read_erhv6(path: Path, names: Mapping[str, str]) -> Table:
    """The newest year of the file; ``names`` are the municipalities' names by code.

    Raises
    ------
    NotErhv6
        When a column is missing, a row cannot be understood, or a cell is there twice.
    """
    rows = list(_rows(path))
    newest = max((row["time"] for row in rows), default="")
    year = re.match(r"[0-9]{4}", newest)
    if year is None:
        raise _strange(path, phrase("no year ({written})", written=repr(newest)))
    codes = {name.casefold(): code for code, name in names.items()}
    found = [_cell(path, row, codes, names) for row in rows if row["time"] == newest]
    cells = sorted((cell for cell in found if cell is not None), key=_place)
    _refuse_twice(path, cells)
    if not cells:
        raise _strange(path, phrase("only totals"))
    return Table(int(year[0]), tuple(cells), sum(cell is None for cell in found))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=";")
            places = _columns(path, next(reader, []))
            for row in reader:
                if row:
                    yield {name: row[place].strip() for name, place in places.items()}
    except (UnicodeDecodeError, IndexError, csv.Error) as error:
        raise _strange(path, phrase("a row that cannot be read ({error})", error=error)) from error


def _columns(path: Path, header: list[str]) -> dict[str, int]:
    found = {}
    for name, beginnings in COLUMNS.items():
        places = [i for i, cell in enumerate(header) if cell.strip().upper().startswith(beginnings)]
        if len(places) != 1:
            raise _strange(path, phrase("the columns {names}", names=header or ["(none)"]))
        found[name] = places[0]
    return found


def _cell(
    path: Path, row: Mapping[str, str], codes: Mapping[str, str], names: Mapping[str, str]
) -> Cell | None:
    """The row's cell; None for a total."""
    area, industry = _area(row["area"], codes, names), _industry(row["industry"])
    size = _size(row["size"])
    if None in (area, industry, size):
        return None
    if "?" in (area, industry, size):
        raise _strange(path, phrase("the row {cells}", cells=" ; ".join(row.values())))
    low, high = size  # type: ignore[misc]
    return Cell(str(area), str(industry), low, high, _count(path, row["value"]))


def _area(text: str, codes: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    """A municipality's code; None for the country, a region or a part of the country."""
    if (code := codes.get(text.casefold())) is not None:
        return code
    found = _CODE.match(text)
    if found is None:
        return None if text.casefold().startswith(NO_MUNICIPALITY) else "?"
    number = int(found["code"])
    if number < 100 or number in NO_CODES:
        return None
    return f"{number:03d}" if f"{number:03d}" in names else "?"


def _industry(text: str) -> str | None:
    """A group's id; None for all industries, and for those without a stated activity."""
    groups = industry_groups()
    by_name = {name.casefold(): one.id for one in groups for name in (one.da, one.en)}
    bare = re.sub(r"^[0-9]+\s+", "", text).casefold()
    if bare in by_name:
        return by_name[bare]
    if text.casefold().startswith(
        ("tot", "i alt", "alle", "all ", "industry, total", "11", "uoplyst")
    ):
        return None
    found = re.match(r"^([0-9]{1,2})\b", text)
    known = {one.id for one in groups}
    return found[1] if found and found[1] in known else "?"


def _size(text: str) -> tuple[int, int | None] | str | None:
    """Employees from and to; None for all sizes."""
    low = text.casefold()
    if low.startswith(("tot", "alle", "all ", "i alt")):
        return None
    if _NONE.match(text):
        return 0, 0
    if found := _RANGE.search(text):
        return _number(found["low"]), _number(found["high"])
    if found := _BELOW.search(text):
        return 0, int(found["high"]) - 1
    if found := _ABOVE.search(text):
        return _number(found["low"]), None
    if found := _ONE.match(text):
        return int(found["low"]), int(found["low"])
    return "?"


def _number(text: str) -> int:
    return int(text.replace(".", ""))


def _count(path: Path, text: str) -> int | None:
    if text in MISSING:
        return None
    try:
        return _number(text)
    except ValueError as error:
        raise _strange(path, phrase("the number {written}", written=repr(text))) from error


def _place(cell: Cell) -> tuple[str, str, int]:
    return cell.municipality, cell.industry, cell.low


def _refuse_twice(path: Path, cells: list[Cell]) -> None:
    places = [_place(cell) for cell in cells]
    twice = next((one for one, other in pairwise(places) if one == other), None)
    if twice:
        raise _strange(path, phrase("the cell {cell} twice", cell=" ; ".join(map(str, twice))))


def _strange(path: Path, what: str) -> NotErhv6:
    return NotErhv6(
        given=phrase("{name} with {what}", name=path.name, what=what),
        needed=phrase(
            "StatBank's table ERHV6 by area, industry (ten groups), size and time, as BULK or CSV"
        ),
        remedy=phrase("Fetch the table anew with all four variables; texts or codes will do."),
    )
