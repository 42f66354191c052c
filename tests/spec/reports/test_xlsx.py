"""The workbook: every figure is a real number, and equal to the document's."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import fastexcel
import pytest

from pejl.reports.document import Cell, Column, Section, State, Table
from pejl.reports.theme import PLAIN
from pejl.reports.writers import xlsx
from pejl.reports.writers.numbers import number_format
from tests.spec.reports.example import BY_PLACE, EXAMPLE, GOALS, MILESTONES

HEAD = 3  # the row of a table's head
PLACES = "Ydelser efter kommune"
EXCEL = 1e-15  # Excel keeps 15 significant digits, and the file is written with 16


@pytest.fixture(scope="module")
def book() -> bytes:
    return xlsx.write(EXAMPLE, PLAIN)


def names(content: bytes) -> list[str]:
    return fastexcel.read_excel(content).sheet_names


def rows(content: bytes, sheet: str) -> list[list[object]]:
    """The rows below the head, typed cell by cell."""
    read = fastexcel.read_excel(content).load_sheet(
        sheet, header_row=None, skip_rows=HEAD + 1, dtypes="string"
    )
    table = read.to_arrow().to_pydict()
    return [list(row) for row in zip(*table.values(), strict=True)]


def raw(content: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part).decode("utf-8")


def part_of(content: bytes, sheet: str) -> str:
    return f"xl/worksheets/sheet{names(content).index(sheet) + 1}.xml"


def numbers(content: bytes, sheet: str) -> dict[str, float]:
    """The sheet's numeric cells by their address, as they stand in the file."""
    found = re.findall(
        r'<c r="([A-Z]+\d+)"(?: s="\d+")?><v>([^<]+)</v>', raw(content, part_of(content, sheet))
    )
    return {address: float(value) for address, value in found}


@pytest.mark.parametrize(("table", "sheet"), [(GOALS, "Maal"), (BY_PLACE, PLACES)])
def test_each_figure_is_a_number_equal_to_the_documents(book, table, sheet):
    found = numbers(book, sheet)
    wanted = {
        f"{'ABCDEFG'[column]}{HEAD + 2 + row}": float(cell.value)
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell.value, int | Fraction)
    }
    assert found == pytest.approx(wanted, rel=EXCEL, abs=0)


def test_missing_and_withheld_cells_are_signs_and_never_zero(book):
    by_place = {row[0]: row[1:] for row in rows(book, PLACES)}
    assert by_place["Rødovre"] == ["29", "··"]
    assert by_place["Ishøj"] == ["0", "0"]
    goals = {row[0]: row[1] for row in rows(book, "Maal")}
    assert goals["Kendskabsgrad"] == "–"


def test_a_day_is_a_day(book):
    read = (
        fastexcel.read_excel(book).load_sheet("Milepaele", header_row=HEAD).to_arrow().to_pydict()
    )
    assert read["Frist"] == [datetime(2024, 3, 31), datetime(2024, 12, 1)]
    assert str(MILESTONES.rows[1][1].value) == "2024-12-01"


def test_a_text_that_looks_like_a_formula_stays_a_text(book):
    assert "<f>" not in raw(book, part_of(book, "Maal"))
    assert rows(book, "Maal")[-1][0] == '=HYPERLINK("http://ond.example";"Klik")'


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("1.633", 1633, "guidance"), "#,##0"),
        (Cell("29,96 pct.", Fraction(2996, 10000), "percent"), "0.00%"),
        (Cell("mindst 30\N{NO-BREAK SPACE}pct.", Fraction(3, 10), "percent"), '"mindst "0%'),
        (Cell("[mindst 70]", Fraction(70), "nps"), '"[mindst "#,##0"]"'),
        (Cell("71,7", Fraction(4303, 60), "nps"), "#,##0.0"),
        (Cell("+12", 12, "guidance"), "+#,##0"),
        (Cell("under 1 pct.", Fraction(1, 300), "percent"), "0%"),
        (Cell('5 "gode"', 5, "guidance"), '#,##0" ”gode”"'),
    ],
)
def test_a_number_is_shown_as_the_document_says_it(cell, code):
    assert number_format(cell, "da") == code


def test_an_english_number_is_read_with_english_marks():
    assert number_format(Cell("at least 1,500.5", Fraction(3001, 2), "nps"), "en") == (
        '"at least "#,##0.0'
    )


def test_a_sheet_is_named_by_its_title_or_else_by_its_id(book):
    assert names(book)[2:5] == ["Maal", PLACES, "Milepaele"]
    same = [replace(BY_PLACE, id=f"kommuner-{n}") for n in (1, 2)]
    made = xlsx.write(replace(EXAMPLE, sections=[Section("s", "S", same)]), PLAIN)
    assert names(made)[1:3] == ["Kommuner 1", "Kommuner 2"]


def test_sheets_have_legal_names_each_its_own():
    odd = [
        Table(name, "Titel", [Column("Navn")], [[Cell("x")]])
        for name in ("a/b[c]:*?", "A b c", "meget_langt_navn_paa_en_tabel_der_ikke_kan_staa", "'q'")
    ]
    made = xlsx.write(replace(EXAMPLE, sections=[Section("s", "S", [*odd, odd[0]])]), PLAIN)
    found = names(made)
    assert len({name.lower() for name in found}) == len(found)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in found)


def test_the_front_page_tells_what_matters_and_what_was_counted(book):
    said = " ".join(re.findall(r"<t[^>]*>([^<]*)</t>", raw(book, "xl/sharedStrings.xml")))
    assert names(book)[0] == "Forside"
    for text in (EXAMPLE.title, EXAMPLE.summary, "5f" * 32, "a7" * 32, "20240630-1"):
        assert text in said


def test_definitions_stand_on_a_sheet_of_their_own(book):
    assert rows(book, "Sådan er der talt")[1] == [
        "Kendskabsgrad",
        "Oplyses af en ekstern part.",
        "K1.4",
    ]


def test_what_is_written_in_words_is_there_with_who_wrote_it(book):
    said = raw(book, "xl/sharedStrings.xml")
    assert "Skrevet af Alice Dahl, godkendt af Bob Holm" in said
    assert "»Havnen har sagt ja" in said


def test_charts_are_native_and_tell_whoever_cannot_see_them(book):
    drawing = raw(book, "xl/drawings/drawing1.xml")
    alts = re.findall(r'descr="([^"]*)"', drawing)
    assert alts == [chart.alt for chart in EXAMPLE.charts()]
    for place, chart in enumerate(EXAMPLE.charts(), start=1):
        drawn = raw(book, f"xl/charts/chart{place}.xml")
        caches = re.findall(r"<c:numCache>.*?</c:numCache>", drawn)
        found = [[float(n) for n in re.findall(r"<c:v>([^<]+)</c:v>", one)] for one in caches]
        ends = [cells for band in chart.bands for cells in (band.low, band.high)]
        wanted = [*(one.cells for one in chart.series), *ends]
        assert found == [[float(cell.value) for cell in cells if cell] for cells in wanted]


def test_tables_print_with_their_head_on_every_page_and_stay_still_on_screen(book):
    sheet = raw(book, part_of(book, PLACES))
    assert 'state="frozen"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert f"'{PLACES}'!$4:$4" in raw(book, "xl/workbook.xml")


def test_a_row_is_as_high_as_its_longest_text_needs():
    said = Table("t", "T", [Column("A", wide=True)], [[Cell("kort")], [Cell("et langt ord " * 30)]])
    made = xlsx.write(replace(EXAMPLE, sections=[Section("s", "S", [said])]), PLAIN)
    heights = dict(re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', raw(made, part_of(made, "T"))))
    assert "5" not in heights
    assert float(heights["6"]) > 70


def test_a_total_is_left_out_of_the_filter(book):
    assert 'autoFilter ref="A4:C12"' in raw(book, part_of(book, PLACES))


def test_the_file_says_what_it_is(book):
    properties = raw(book, "docProps/core.xml")
    assert "<dc:title>Status til bestyrelsen</dc:title>" in properties
    assert "Erhvervshus Ålykke" in properties


def test_the_same_document_gives_the_same_bytes(book):
    assert xlsx.write(EXAMPLE, PLAIN) == book


def test_a_document_without_tables_is_a_front_page():
    bare = replace(EXAMPLE, sections=[], definitions=[], sources=[])
    assert names(xlsx.write(bare, PLAIN)) == ["Forside"]


def test_characters_that_xml_forbids_do_not_spoil_the_file():
    spoilt = Table("t", "Titel\x0b", [Column("Navn")], [[Cell("for\x00 sent")]])
    made = xlsx.write(replace(EXAMPLE, sections=[Section("s", "S\x07", [spoilt])]), PLAIN)
    assert rows(made, "Titel") == [["for sent"]]


def test_a_day_without_a_value_and_a_pending_figure_keep_their_signs():
    cells = [Cell("–", None, state=State.MISSING), Cell("1. maj", date(2024, 5, 1))]
    made = xlsx.write(
        replace(
            EXAMPLE,
            sections=[Section("s", "S", [Table("t", "T", [Column("A"), Column("B")], [cells])])],
        ),
        PLAIN,
    )
    assert rows(made, "T")[0][0] == "–"
    assert numbers(made, "T") == {"B5": 45413.0}
