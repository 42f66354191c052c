"""Refused rows, written as the file they came in, with the column ``Fejl``: correct and import.

What looks like a CPR number is written with its last four digits hidden: it is never stored.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

import xlsxwriter

from pejl_hub.core.guarding import safe
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.text import hide_cpr
from pejl_hub.sources.pipeline import Outcome
from pejl_hub.sources.reading.sheet import Line, Sheet, Written
from pejl_hub.sources.reasons import COLUMN, Reason

DANISH = "da"  # the source's own users read the file


class _Writer(Protocol):
    def write(self, cells: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class _Csv:
    def __init__(self, path: Path, written: Written) -> None:
        # The reason may quote a letter that the encoding lacks; the row itself cannot.
        self._file: TextIO = path.open("w", encoding=written.encoding, newline="", errors="replace")
        self._csv = csv.writer(
            self._file, delimiter=written.delimiter, lineterminator=written.line_end
        )

    def write(self, cells: Sequence[str]) -> None:
        # Whoever corrects the rows opens them in a spreadsheet; reading takes the mark off again.
        self._csv.writerow([safe(cell) for cell in cells])

    def close(self) -> None:
        self._file.close()


class _Xlsx:
    def __init__(self, path: Path, sheet: str) -> None:
        # Constant memory: each row is on disk before the next. Texts stay texts, never formulas.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(path, options)
        self._sheet = self._book.add_worksheet(_sheet_name(sheet))
        self._row = 0

    def write(self, cells: Sequence[str]) -> None:
        for place, cell in enumerate(cells):
            if cell:
                self._sheet.write_string(self._row, place, safe(cell))
        self._row += 1

    def close(self) -> None:
        self._book.close()


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "Ark1"


class Remainder:
    """Listens to one sheet and writes its refused rows; makes no file when there are none."""

    def __init__(self, folder: Path, sheet: Sheet) -> None:
        self._folder, self._sheet = folder, sheet
        folded = [heading.casefold() for heading in sheet.headings]
        # A remainder that is imported again has the column already: its old reasons go.
        self._old = folded.index(COLUMN.casefold()) if COLUMN.casefold() in folded else None
        self._writer: _Writer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._writer:
            self._writer.close()

    def passed(self, lines: Sequence[Line], outcome: Outcome) -> None:
        """Rows that went in leave nothing over."""

    def refused(self, line: Line, faults: Sequence[Reason]) -> None:
        """Write the row and why."""
        if self._writer is None:
            self._writer = self._open()
            self._writer.write([*self._without_old(self._sheet.headings), COLUMN])
        cells = [hide_cpr(cell) for cell in line.cells]
        cells += [""] * (len(self._sheet.headings) - len(cells))
        why = " ".join(in_words(fault.sentence(), DANISH) for fault in faults)
        self._writer.write([*self._without_old(cells), why])

    def _without_old(self, cells: Sequence[str]) -> list[str]:
        return [cell for place, cell in enumerate(cells) if place != self._old]

    def _open(self) -> _Writer:
        self._folder.mkdir(parents=True, exist_ok=True)
        written = self._sheet.written
        path = _free(self._folder, self._sheet.name, written.kind)
        if written.kind == "xlsx":
            return _Xlsx(path, self._sheet.name)
        return _Csv(path, written)


def _free(folder: Path, name: str, ending: str) -> Path:
    """A path that nothing stands at: two files of a batch may have one name."""
    name = re.sub(r'[<>:"/\\|?*\0]', "_", name)
    path, number = folder / f"{name}.{ending}", 2
    while path.exists():
        path, number = folder / f"{name} ({number}).{ending}", number + 1
    return path
