"""What people type is text in every report: none of it runs as template, markup or formula."""

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from pejl.reports.document import Paragraph, Section
from pejl.reports.theme import Theme
from pejl.reports.writers import WRITERS
from tests.attacks.markup import brought_in
from tests.spec.reports.example import EXAMPLE

HOSTILE = (
    "=cmd|'x'!A0 {{7*7}} {{ cycler.__init__.__globals__ }} {% for x in [1] %}loop{% endfor %} "
    '#panic("typst") #read("/etc/passwd") $x^2$ *bold* @ref <script>xss()</script> ]]> &amp; \\'
)


def written(form):
    section = Section("fjendtlig", HOSTILE, [Paragraph(HOSTILE)])
    document = replace(EXAMPLE, title=HOSTILE, sections=[*EXAMPLE.sections, section])
    return WRITERS[form](document, Theme("Erhvervshus Ålykke"))


def texts(content):
    """Every part of a packed document, as one text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(n).decode() for n in archive.namelist() if n.endswith("xml"))


@pytest.mark.parametrize("form", ["docx", "pptx", "xlsx"])
def test_an_office_document_shows_what_was_typed_sign_by_sign(form):
    whole = texts(written(form))
    assert "{{7*7}}" in whole
    assert "loop{% endfor %}" in whole
    assert "root:" not in whole
    assert "<f>" not in whole
    assert "<script" not in whole


def test_a_page_shows_what_was_typed_sign_by_sign():
    page = written("html").decode()
    assert brought_in(page) == []
    assert "{{7*7}}" in page


def test_a_pdf_is_made_and_reads_no_file():
    """`#panic` would have stopped it, had it been run."""
    with pikepdf.open(io.BytesIO(written("pdf"))) as pdf:
        assert "{{7*7}}" in str(pdf.docinfo.get("/Title", ""))
        assert len(pdf.pages) >= 1
