"""Excel's typed cells mean what the source means, and refused rows come back as a workbook."""

from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from pejl_hub.guidance.models import Guidance
from pejl_hub.programmes.models import Participation
from pejl_hub.sources.imports import preview, run_import
from pejl_hub.sources.reading.place import open_sheets
from pejl_hub.sources.reading.sheet import Form, Place

from .conftest import CLIENTS, GUIDANCE, HEADINGS, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clients_on_record(clients):
    """Whom the rows name."""


def workbook(path, sheets):
    """``sheets``: name → rows of cells as Excel types them."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS[name].split(";"))
            for at, row in enumerate(rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, place, cell, day)
                    elif cell is not None:
                        sheet.write(at, place, cell)
    return path


def typed(**cells):
    return list((GUIDANCE | {"Registreret": datetime(2024, 5, 20)} | cells).values())


def test_dates_and_numbers_may_be_typed_or_text_in_one_column(tmp_path):
    rows = [
        typed(VejledningId="V1", Dato=datetime(2024, 5, 17), AnsatteVedVejledning=7, Kommune=101),
        typed(VejledningId="V2", Dato="18-05-2024", AnsatteVedVejledning="12", Kommune="Ballerup"),
        typed(VejledningId="V3", Dato="31-02-2024", AnsatteVedVejledning=3, Kommune=101),
        typed(VejledningId="V4", Dato=datetime(2024, 5, 17), AnsatteVedVejledning=2.5, Kommune=101),
        typed(
            VejledningId="V5", Dato=datetime(2024, 5, 19), AnsatteVedVejledning=None, Kommune=None
        ),
    ]
    book = workbook(tmp_path / "eksport.xlsx", {"vejledninger": rows})
    counts = run_import(path=book, source="escrm", by=None).files["vejledninger"]
    assert (counts.rows, counts.created) == (5, 3)
    assert counts.reasons == {"Dato": 1, "AnsatteVedVejledning": 1}
    found = Guidance.objects.order_by("source_id")
    assert list(found.values_list("held_on", "employees", "municipality")) == [
        (date(2024, 5, 17), 7, "101"),
        (date(2024, 5, 18), 12, "151"),
        (date(2024, 5, 19), None, None),
    ]


def test_an_amount_is_exact_whether_it_is_a_number_or_text(tmp_path):
    def row(number, amount):
        day = datetime(2024, 5, 17)
        return [number, "P1", "SMV1", "Tilskud", "Tilsagn", day, amount, None, None]

    rows = [row("PD1", 12500.1), row("PD2", "12.500,10"), row("PD3", 12500), row("PD4", "12,5,0")]
    book = workbook(tmp_path / "eksport.xlsx", {"programdeltagelser": rows})
    counts = run_import(path=book, source="escrm", by=None).files["programdeltagelser"]
    assert (counts.created, counts.rejected) == (3, 1)
    amounts = Participation.objects.order_by("source_id").values_list("applied_amount", flat=True)
    assert list(amounts) == [Decimal("12500.10"), Decimal("12500.10"), Decimal("12500.00")]


def test_a_folder_of_workbooks_is_read_like_one_workbook_with_a_sheet_for_each_file(tmp_path):
    people = [CLIENTS["personer"][0].replace("POT1", "POT9").split(";")]
    rows = [typed(VejledningId="V1", Klient="POT9", Dato=datetime(2024, 5, 17))]
    both = {"vejledninger": rows, "personer": people}
    book = workbook(tmp_path / "eksport.xlsx", both)
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, sheet in both.items():
        workbook(folder / f"{name}.xlsx", {name: sheet})
    first = run_import(path=book, source="escrm", by=None)
    again = run_import(path=folder, source="escrm", by=None)
    assert (first.total.created, first.total.rejected) == (2, 0)
    assert (again.total.unchanged, again.total.rows) == (2, 2)


def test_refused_rows_of_a_workbook_come_back_as_a_workbook_that_can_be_imported(tmp_path):
    rows = [typed(VejledningId="V1", Dato="31-02-2024"), typed(VejledningId="V2")]
    book = workbook(tmp_path / "eksport.xlsx", {"vejledninger": rows})
    result = run_import(path=book, source="escrm", by=None)
    back = result.remainder / "vejledninger.xlsx"
    with open_sheets(back, Form()) as (sheet,):
        assert sheet.headings == [*HEADINGS["vejledninger"].split(";"), "Fejl"]
        (line,) = sheet.rows(Place())
    assert line.cells[0] == "V1"
    assert line.cells[-1].startswith("Dato: der står »31-02-2024«")
    again = run_import(path=back, source="escrm", by=None)
    assert again.total.rejected == 1
    with open_sheets(again.remainder / "vejledninger.xlsx", Form()) as (sheet,):
        assert sheet.headings.count("Fejl") == 1


def test_a_workbook_whose_only_sheet_has_no_name_of_its_own_is_known_by_the_files(tmp_path):
    rows = [typed(VejledningId="V1")]
    named = workbook(tmp_path / "eksport.xlsx", {"vejledninger": rows})
    with open_sheets(named, Form()) as (sheet,):
        assert sheet.name == "vejledninger"
    with xlsxwriter.Workbook(str(tmp_path / "vejledninger.xlsx")) as book:
        book.add_worksheet("Ark1").write_row(0, 0, ["VejledningId", "Dato"])
    with open_sheets(tmp_path / "vejledninger.xlsx", Form()) as (sheet,):
        assert sheet.name == "vejledninger"


def test_a_file_by_another_name_is_known_by_its_headings(tmp_path):
    write(tmp_path / "one", {"vejledninger": [";".join(GUIDANCE.values())]})
    path = (tmp_path / "one" / "vejledninger.csv").rename(tmp_path / "Udtræk 3.csv")
    assert preview(path, "escrm").files[0].kind == "vejledninger"


def test_a_preview_holds_the_three_piles_and_leaves_nothing(tmp_path, imported):
    imported(vejledninger=[";".join(GUIDANCE.values())])
    rows = [
        ";".join(GUIDANCE.values()),
        ";".join((GUIDANCE | {"VejledningId": "V2"}).values()),
        ";".join((GUIDANCE | {"VejledningId": "V3", "Type": "Andet"}).values()),
    ]
    path = write(tmp_path / "more", {"vejledninger": rows})
    (file,) = preview(path, "escrm").files
    first = [
        [row.cells[0] for row in pile] for pile in (file.unchanged, file.accepted, file.refused)
    ]
    assert first == [["V1"], ["V2"], ["V3"]]
    assert file.refused[0].line == 4
    assert "Specialiseret, Orienterende" in file.refused[0].reasons[0]
    assert Guidance.objects.count() == 1
