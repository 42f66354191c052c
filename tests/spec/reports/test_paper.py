"""The PDF: accessible, and telling the figures of the document and of ``pejl status``."""

import io
import re
from fractions import Fraction

import pikepdf
import pypdf
import pytest

from pejl.reports.document import State
from pejl.reports.theme import PLAIN
from pejl.reports.writers import WRITERS

NAMES = ("monthly", "municipality-173", "municipality-155", "annual", "board", "package")
SPACES = re.compile(r"\s+|\xad")


@pytest.fixture(scope="module")
def papers(documents):
    return {name: WRITERS["pdf"](documents[name], PLAIN) for name in NAMES}


def opened(papers, name):
    return pikepdf.open(io.BytesIO(papers[name]))


def read(pdf):
    """The text of the pages, without spaces: a label may be broken anywhere."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = SPACES.sub("", "".join(page.extract_text() for page in pages))
    return text.replace("‐", "").replace("-", "")


def tags(pdf):
    """Every element of the tag tree, as (kind, element)."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node.S), node
            if "/K" in node:
                waiting.append(node.K)


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_says_its_language_its_title_and_that_it_is_tagged(papers, documents, name):
    with opened(papers, name) as pdf:
        assert str(pdf.Root.Lang).startswith("da")
        assert documents[name].title in str(pdf.docinfo["/Title"])
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", NAMES)
def test_each_table_has_its_header_cells_and_each_chart_its_alternative(papers, documents, name):
    document = documents[name]
    with opened(papers, name) as pdf:
        found = list(tags(pdf))
    tables = list(document.tables())
    assert sum(kind == "/Table" for kind, _ in found) == len(tables)
    # A table that goes on over a page repeats its head on paper, but not in the tag tree.
    assert sum(kind == "/TH" for kind, _ in found) == sum(len(t.columns) for t in tables)
    alts = {str(node.Alt) for kind, node in found if kind == "/Figure" and "/Alt" in node}
    assert alts == {chart.alt for chart in document.charts()}
    assert [kind for kind, _ in found if kind == "/Title"] == ["/Title"]


@pytest.mark.parametrize("name", NAMES)
def test_the_bookmarks_are_the_headings(papers, documents, name):
    with opened(papers, name) as pdf, pdf.open_outline() as outline:
        names, waiting = [], list(outline.root)
        while waiting:
            item = waiting.pop(0)
            names.append(item.title)
            waiting += item.children
    for section in documents[name].all_sections():
        assert section.heading in names


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_every_table_is_on_paper(papers, documents, name):
    text = read(papers[name])
    for table in documents[name].tables():
        for row in table.rows:
            for cell in row:
                wanted = SPACES.sub("", cell.text).replace("-", "").replace("‐", "")
                assert wanted in text, (table.id, cell.text)


def test_the_figures_read_back_from_paper_are_those_of_the_standing(papers, material):
    text = read(papers["monthly"])
    compared = 0
    for item in material.standing.goals.values():
        value = item.measured.figure.value
        label = SPACES.sub("", item.goal.label["da"]).replace("-", "")
        if value is None or value.denominator != 1:
            continue
        found = re.search(re.escape(label) + r"((?:\d{1,3}\.)*\d{1,3})", text)
        assert found, label
        # The number may be followed at once by the next cell's: compare its beginning.
        written = found.group(1).replace(".", "")
        assert written.startswith(str(value)), (label, written)
        compared += 1
    assert compared > 8


def test_the_same_document_is_the_same_paper(papers, documents):
    assert WRITERS["pdf"](documents["municipality-173"], PLAIN) == papers["municipality-173"]


def test_a_withheld_cell_is_no_zero_on_paper_or_on_the_page(documents):
    document = documents["municipality-155"]
    cells = [cell for table in document.tables() for row in table.rows for cell in row]
    states = {cell.state for cell in cells}
    assert {State.WITHHELD, State.MEASURED} <= states
    page = WRITERS["html"](document, PLAIN).decode()
    assert page.count('class="withheld number"') == sum(c.state is State.WITHHELD for c in cells)
    assert all(cell.text != "0" for cell in cells if cell.state is State.WITHHELD)
    zeros = [cell for cell in cells if cell.value == Fraction(0) and cell.unit != "percent"]
    assert zeros
    assert {cell.text for cell in zeros} == {"0"}
