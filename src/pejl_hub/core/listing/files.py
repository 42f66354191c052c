"""A list as CSV and Excel: all the rows of the filtered list, in its order."""

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from pejl_hub.core.listing.cells import for_csv, write
from pejl_hub.core.listing.columns import Table

CHUNK = 2000
SHEET = 200_000  # rows; a larger workbook takes minutes, and spreadsheets end at a million
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MakeTable = Callable[[Sequence[Any]], Table]


def head(table: Table) -> list[str]:
    """The names of the columns."""
    return [str(column.header) for column in table.columns if _in_file(column)]


def lines(rows: QuerySet, make_table: MakeTable) -> Iterator[list[Any]]:
    """The values of each row, read a chunk at a time."""
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _values(make_table(chunk))
            chunk = []
    yield from _values(make_table(chunk))


def _values(table: Table) -> Iterator[list[Any]]:
    names = [column.name for column in table.columns if _in_file(column)]
    for row in table.rows:
        yield [_plain(row.get_cell_value(name)) for name in names]


def _in_file(column: Any) -> bool:
    return not column.column.exclude_from_export


def _plain(value: Any) -> Any:
    """Numbers, days and truths as they are; everything else, a lazy text among them, as text."""
    known = (bool, int, float, Decimal, date)
    return value if value is None or isinstance(value, known) else str(value)


class _Echo:
    """A file that gives back what is written, so that a row is sent as soon as it is read."""

    def write(self, text: str) -> str:
        return text


def csv_response(name: str, rows: QuerySet, make_table: MakeTable) -> HttpResponseBase:
    """Semicolons, Danish decimals and a byte-order mark, as Danish Excel opens it."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")

    def parts() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow([for_csv(one) for one in head(make_table(()))])
        for values in lines(rows, make_table):
            yield writer.writerow([for_csv(value) for value in values])

    return _named(StreamingHttpResponse(parts(), content_type=KINDS["csv"]), name, "csv")


def xlsx_response(name: str, rows: QuerySet, make_table: MakeTable) -> HttpResponseBase:
    """One sheet with a frozen head and a filter row; written through a file, not memory."""
    # Loaded late: most requests write no workbook.
    import xlsxwriter

    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        for place, text in enumerate(head(make_table(()))):
            sheet.write_string(0, place, text, bold)
        sheet.freeze_panes(1, 0)
        for line, values in enumerate(lines(rows, make_table), start=1):
            for place, value in enumerate(values):
                write(sheet, line, place, value, days)
    out.seek(0)
    return _named(FileResponse(out, content_type=KINDS["xlsx"]), name, "xlsx")


def _named(response: HttpResponseBase, name: str, form: str) -> HttpResponseBase:
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day}.{form}"'
    return response
