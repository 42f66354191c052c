"""A report as a workbook: real numbers, one sheet a table, native charts."""

import io
from datetime import datetime, time

from pejl.reports.document import Document
from pejl.reports.theme import Theme
from pejl.reports.wording import label


def write(document: Document, theme: Theme) -> bytes:
    """The workbook's bytes; the same document gives the same bytes."""
    # Loaded late: most runs write no workbook.
    import xlsxwriter

    from pejl.reports.writers.clean import purged
    from pejl.reports.writers.xlsx.book import Book
    from pejl.reports.writers.xlsx.charts import charts
    from pejl.reports.writers.xlsx.front import front
    from pejl.reports.writers.xlsx.sheets import definitions, tables, texts

    document, out = purged(document), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties(_properties(document, theme))
        book = Book(workbook, document, theme)
        cover = book.sheet(label(document, theme, "front"))
        for part in (texts, tables, charts, definitions):
            part(book)
        front(book, cover)
    return out.getvalue()


def _properties(document: Document, theme: Theme) -> dict[str, object]:
    stamp = document.stamp
    return {
        "title": document.title,
        "subject": document.subtitle,
        "author": document.hub_name,
        "company": theme.name,
        "keywords": f"{document.kind}, {document.language}",
        "comments": f"{stamp.snapshot_id} {stamp.snapshot_sha256}",
        "created": datetime.combine(document.as_of, time()),
    }
