"""Every output format: one file each, and one line in each table. Writers never count."""

from collections.abc import Callable, Mapping

from pejl.reports.document import Document
from pejl.reports.theme import Theme
from pejl.reports.writers import docx, html, pdf, pptx, xlsx

Write = Callable[[Document, Theme], bytes]

WRITERS: Mapping[str, Write] = {
    "docx": docx.write,
    "html": html.write,
    "pdf": pdf.write,
    "pptx": pptx.write,
    "xlsx": xlsx.write,
}

# What a browser or a mail is told that the file is.
MEDIA: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
