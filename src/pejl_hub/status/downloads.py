"""The records behind a figure as CSV, Excel and PDF: exactly the rows of the page."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse

from pejl.indicators.result import SnapshotRef
from pejl.standing.result import GoalStanding
from pejl_hub.core.listing.cells import for_csv, write
from pejl_hub.status.forms import Asked
from pejl_hub.status.records import Records
from pejl_hub.status.sheet import as_pdf


def as_csv(found: Records) -> bytes:
    """Semicolons, Danish decimals and a byte-order mark, as Danish Excel opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in found.columns])
    writer.writerows([for_csv(value) for value in row] for row in found.rows)
    return out.getvalue().encode("utf-8-sig")


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
                write(sheet, number, place, value, days)
    return out.getvalue()


FORMS: dict[str, tuple[str, Callable[[Records], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def response(
    form: str,
    ask: Asked,
    item: GoalStanding,
    snapshot: SnapshotRef,
    shown: Mapping[str, Any],
) -> HttpResponse:
    """The file, named by goal and date; ``shown`` is what the page of records shows.

    Raises
    ------
    UserError
        When there are more rows than a PDF takes.
    """
    found: Records = shown["records"]
    if form == "pdf":
        kind, body = "application/pdf", as_pdf(ask, item, snapshot, shown)
    else:
        kind, write = FORMS[form]
        body = write(found)
    answer = HttpResponse(body, content_type=kind)
    place = f"-{ask.municipality}" if ask.municipality else ""
    part = "-udeladt" if any(column.name == "reason" for column in found.columns) else ""
    name = f"{item.goal.id}-{ask.day.isoformat()}{place}{part}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
