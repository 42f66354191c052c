"""LibreOffice opens the Word, Excel and PowerPoint files and lays every word and number out."""

import re
from collections import Counter

import pytest

from pejl.reports.document import Cell, Document
from pejl.reports.theme import PLAIN
from pejl.reports.writers import WRITERS
from tests.soffice import pdfs
from tests.spec.reports.example import EXAMPLE

OFFICE = ("docx", "xlsx", "pptx")


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    files = [folder / f"report.{form}" for form in OFFICE]
    for file in files:
        file.write_bytes(WRITERS[file.suffix[1:]](EXAMPLE, PLAIN))
    return pdfs(files, tmp_path_factory.mktemp("office"))


def words(text: str) -> Counter[str]:
    """The words, cut where a line may break inside one."""
    return Counter(re.findall(r"[^\s/-]+", text))


def in_tables(document: Document, shown) -> Counter[str]:
    found: Counter[str] = Counter()
    for table in document.tables():
        for column in table.columns:
            found += words(column.label)
        for cell in (cell for row in table.rows for cell in row):
            found += words(shown(cell))
    return found


def as_read(cell: Cell) -> str:
    return cell.text


def as_in_excel(cell: Cell) -> str:
    """Excel writes per cent with its sign, and a rounded number where the text has words."""
    if cell.text.startswith("under"):
        return "0%"
    return re.sub(r"\spct\.", "%", cell.text).replace("\N{MINUS SIGN}", "-")


@pytest.mark.parametrize(
    ("form", "shown"), [("docx", as_read), ("pptx", as_read), ("xlsx", as_in_excel)]
)
def test_every_word_and_number_of_the_tables_is_laid_out(laid_out, form, shown):
    found, wanted = words(laid_out[form]), in_tables(EXAMPLE, shown)
    assert wanted - found == Counter()


@pytest.mark.parametrize("form", OFFICE)
def test_every_heading_and_title_is_laid_out(laid_out, form):
    found = " ".join(laid_out[form].split())
    headings = [section.heading for section in EXAMPLE.all_sections() if form != "xlsx"]
    titles = [table.title for table in EXAMPLE.tables()]
    wanted = [EXAMPLE.title, EXAMPLE.summary, *headings, *titles]
    assert [text for text in wanted if text not in found] == []


@pytest.mark.parametrize("form", OFFICE)
def test_the_titles_of_the_figures_are_laid_out(laid_out, form):
    found = " ".join(laid_out[form].split())
    assert [chart.title for chart in EXAMPLE.charts() if chart.title not in found] == []


def test_no_column_of_the_workbook_is_too_narrow_for_its_number(laid_out):
    assert "##" not in laid_out["xlsx"]


def test_word_counts_its_pages_and_the_slides_their_numbers(laid_out):
    assert re.search(r"Side 1 af [2-9]", laid_out["docx"])
    assert re.search(r"^2$", laid_out["pptx"], re.M)
