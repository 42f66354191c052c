"""The records behind a figure as CSV and Excel: exactly the rows of the page."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from pejl.standing.result import GoalStanding
from pejl_hub.status.forms import Asked
from pejl_hub.status.records import Records

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a text that begins so


def safe(value: Any) -> Any:
    """The value, a text that a spreadsheet would take for a formula made harmless.

    Examples
    --------
    >>> safe("=1+1"), safe("Firma A/S"), safe(-3)
    ("'=1+1", 'Firma A/S', -3)
    """
    if isinstance(value, str) and value.lstrip(" \n").startswith(RISKY):
        return f"'{value}"
    return value


def as_csv(found: Records) -> bytes:
    """Semicolons, Danish decimals and a byte-order mark, as Danish Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in found.columns])
    writer.writerows([_written(value) for value in row] for row in found.rows)
    return out.getvalue().encode("utf-8-sig")


def _written(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return safe(value)


def as_xlsx(found: Records) -> bytes:
    """One sheet with a frozen head; texts are written as texts, never as formulas."""
    # Loaded late: most requests write no workbook.
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet, bold = book.add_worksheet("poster"), book.add_format({"bold": True})
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, [column.name for column in found.columns], bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(found.rows, start=1):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, days)
    return out.getvalue()


def _write(sheet: Any, number: int, place: int, value: Any, days: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(number, place, value, days)
    elif isinstance(value, bool):
        sheet.write_boolean(number, place, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(number, place, value)
    else:
        sheet.write_string(number, place, str(safe(value)))


FORMS: dict[str, tuple[str, Callable[[Records], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def response(form: str, ask: Asked, item: GoalStanding, found: Records) -> HttpResponse:
    """The file, named by goal and date."""
    kind, write = FORMS[form]
    answer = HttpResponse(write(found), content_type=kind)
    place = f"-{ask.municipality}" if ask.municipality else ""
    name = f"{item.goal.id}-{ask.day.isoformat()}{place}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
