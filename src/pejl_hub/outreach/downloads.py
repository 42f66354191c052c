"""A list as a file that Danish Excel opens: CSV or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse

from pejl_hub.core.guarding import safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Rows = Iterable[Sequence[str | int | date | None]]


def as_file(form: str, name: str, headings: Sequence[str], rows: Rows) -> HttpResponse:
    """The rows as an attachment; Http404 for a form that is not written."""
    if form == "csv":
        answer = HttpResponse(_csv(headings, rows), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        answer = HttpResponse(_xlsx(headings, rows), content_type=XLSX)
    else:
        raise Http404(form)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _csv(headings: Sequence[str], rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(headings: Sequence[str], rows: Rows) -> bytes:
    # Loaded late: most requests write no workbook.
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, bold = book.add_worksheet("liste"), book.add_format({"bold": True})
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, days)
    return out.getvalue()


def _write(sheet: Any, number: int, place: int, cell: Any, days: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(number, place, cell, days)
    elif isinstance(cell, int):
        sheet.write_number(number, place, cell)
    elif cell is not None:
        sheet.write_string(number, place, str(safe(cell)))
