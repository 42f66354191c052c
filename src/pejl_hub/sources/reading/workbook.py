"""Excel workbooks (.xlsx): typed cells become text as the source itself writes it.

A column whose cells are all numbers or all dates comes typed. In a column that mixes them,
Excel's own rendering of a number or date is turned back; a text cell is left as it stands.
"""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import fastexcel
import pyarrow as pa

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl_hub.core.guarding import unguarded
from pejl_hub.sources.reading.packed import require_book
from pejl_hub.sources.reading.sheet import Blob, Form, Line, Place, Written

# It warns of every empty column; empty columns are everyday.
logging.getLogger("fastexcel").setLevel(logging.ERROR)
SLICE = 5_000
MOST_BYTES = 256 * 1024**2
_MIXED_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\.0+)?")
_UNNAMED = re.compile(r"(sheet|ark)\s*\d*", re.IGNORECASE)
_MIXED_NUMBER = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook."""

    blob: Blob
    reader: fastexcel.ExcelReader
    sheet_name: str
    form: Form

    @property
    def name(self) -> str:
        """The sheet's name, or the file's when it has one sheet that nobody has named."""
        alone = len(self.reader.sheet_names) == 1
        return self.blob.stem if alone and _UNNAMED.fullmatch(self.sheet_name) else self.sheet_name

    @property
    def file_name(self) -> str:
        """The file's name and, when it has several, the sheet's."""
        several = len(self.reader.sheet_names) > 1
        return f"{self.blob.name}/{self.sheet_name}" if several else self.blob.name

    @property
    def written(self) -> Written:
        """A workbook."""
        return Written("xlsx")

    @property
    def size(self) -> int:
        """Bytes: the workbook's, in equal parts for its sheets."""
        return self.blob.size // len(self.reader.sheet_names)

    @cached_property
    def headings(self) -> list[str]:
        """The first row, stripped."""
        return [name.strip() for name in self._load(n_rows=0).schema.names]

    def _load(self, n_rows: int | None = None) -> pa.RecordBatch:
        try:
            return self._typed(n_rows)
        except fastexcel.UnsupportedColumnTypeCombinationError:
            # Words among times of day: no type holds both, so that every cell comes as text.
            return self._typed(n_rows, dtypes="string")

    def _typed(self, n_rows: int | None, **more: Any) -> pa.RecordBatch:
        try:
            # The types are found from every row: a word may stand far down among numbers.
            sheet = self.reader.load_sheet(
                self.sheet_name, header_row=0, n_rows=n_rows, schema_sample_rows=None, **more
            )
            return sheet.to_arrow()
        except fastexcel.UnsupportedColumnTypeCombinationError:
            raise
        except (fastexcel.FastExcelError, pa.ArrowException) as error:
            raise _unreadable(self.blob, error) from error

    def rows(self, place: Place) -> Iterator[Line]:
        """The rows after the headings, without empty ones."""
        table = self._load()
        for start in range(0, table.num_rows, SLICE):
            part = table.slice(start, SLICE)
            columns = [[self._text(cell) for cell in _values(c)] for c in part.columns]
            for number, cells in enumerate(zip(*columns, strict=True), start=start + 1):
                place.done = self.size * number // table.num_rows
                if any(cells):
                    # Line 1 holds the headings.
                    yield Line(number + 1, list(cells))

    def _text(self, cell: Any) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return self._mixed(unguarded(cell))
        if isinstance(cell, bool):
            return (self.form.yes if cell else self.form.no)[0]
        if isinstance(cell, (datetime, date)):
            return cell.strftime(self.form.strftime())
        if isinstance(cell, timedelta):
            return str(cell)
        return self._number(cell)

    def _number(self, number: float) -> str:
        # Six decimals: what Excel holds beyond them is the noise of binary fractions.
        text = f"{number:.6f}".rstrip("0").rstrip(".")
        return text.replace(".", self.form.decimal)

    def _mixed(self, text: str) -> str:
        if text in ("true", "false"):
            return self._text(text == "true")
        if (found := _MIXED_DATE.fullmatch(text)) and (day := _day(found.group(1))):
            return self._text(day)
        # Three digits after the dot may be the source's own thousands: leave them alone.
        if _MIXED_NUMBER.fullmatch(text) and len(text.rsplit(".", 1)[1]) != 3:
            return text.replace(".", self.form.decimal)
        return text


def open_workbook(blob: Blob, form: Form) -> list[WorkbookSheet]:
    """The sheets of a workbook, in order; UserError when the file is not one, or is too large."""
    with blob.open() as raw:
        content = raw.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UserError(
            given=phrase(
                "the workbook {name} of more than {most} MB",
                name=blob.name,
                most=MOST_BYTES // 1024**2,
            ),
            needed=phrase("a smaller one"),
            remedy=phrase("Export it as CSV, or split it."),
        )
    require_book(io.BytesIO(content), blob.name)
    try:
        reader = fastexcel.read_excel(content)
    except fastexcel.FastExcelError as error:
        raise _unreadable(blob, error) from error
    return [WorkbookSheet(blob, reader, name, form) for name in reader.sheet_names]


def _unreadable(blob: Blob, error: Exception) -> UserError:
    said = str(error).partition("\n")[0]
    return UserError(
        given=phrase(
            "the file {name}, which cannot be opened as a workbook ({error})",
            name=blob.name,
            error=said,
        ),
        needed=phrase("an Excel workbook (.xlsx) without a password"),
        remedy=phrase("Open it in Excel and save it as .xlsx, or export it as CSV."),
    )


def _values(column: pa.Array) -> list[Any]:
    """The cells; as texts when a date among them lies beyond what Python can say."""
    try:
        return column.to_pylist()
    except (OverflowError, ValueError):
        return column.cast(pa.string()).to_pylist()


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
