"""The files hold exactly the rows of the page, and no formula that a spreadsheet would run."""

import csv
import io

import pytest
from django.urls import reverse
from fastexcel import read_excel

from pejl_hub.core.listing import cells
from pejl_hub.status import goalpage

GUIDANCE = reverse("status:goal", args=["guidance"])
MID_YEAR = {"dato": "2024-06-30"}


def as_csv(client, parameters=MID_YEAR, goal="guidance"):
    answer = client.get(reverse("status:records", args=[goal, "csv"]), parameters)
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def shown_ids(client, parameters):
    """The record numbers of every page of the list, in order."""
    first = client.get(GUIDANCE, parameters).context
    pages = range(1, first["records_page"].paginator.num_pages + 1)
    place = [column.name for column in first["records_columns"]].index("id")
    return [
        row.cells[place][0]
        for page in pages
        for row in client.get(GUIDANCE, {**parameters, "side": page}).context["records_rows"]
    ]


@pytest.mark.parametrize(
    "parameters",
    [
        MID_YEAR,
        {**MID_YEAR, "orden": "client_name"},
        {**MID_YEAR, "orden": "-employees"},
        {**MID_YEAR, "maaned": "2024-02"},
        {**MID_YEAR, "kommune": "151"},
    ],
)
def test_the_file_holds_the_rows_of_the_page_in_its_order(parameters, signed_in, year, monkeypatch):
    monkeypatch.setattr(goalpage, "PAGE", 2)  # so that there are several pages
    client = signed_in("alice")
    ids = shown_ids(client, parameters)
    assert [row["id"] for row in as_csv(client, parameters)] == ids
    assert ids


def test_the_file_recounted_gives_the_figure(signed_in, year):
    rows = as_csv(signed_in("alice"), goal="guidance_5plus")
    assert len(rows) == 6
    assert sum(row["counted"] == "true" for row in rows) == 3


def test_excel_and_csv_hold_the_same_rows(signed_in, year):
    client = signed_in("alice")
    answer = client.get(reverse("status:records", args=["guidance", "xlsx"]), MID_YEAR)
    sheet = read_excel(answer.content).load_sheet(0).to_arrow().to_pylist()
    assert [str(int(row["id"])) for row in sheet] == [row["id"] for row in as_csv(client)]
    assert [row["client_name"] for row in sheet] == [r["client_name"] for r in as_csv(client)]


def test_a_name_that_looks_like_a_formula_is_made_harmless(signed_in, year):
    names = [row["client_name"] for row in as_csv(signed_in("alice"))]
    assert "'=Bøgely A/S" in names
    assert not any(name.startswith("=") for name in names)


@pytest.mark.parametrize("risky", ["=1+1", "+4512345678", "-2+3", "@SUM(A1)", "\t=1", " =1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(risky):
    assert cells.safe(risky) == f"'{risky}"


@pytest.mark.parametrize("plain", ["Firma A/S", "a=b", "", -3, None])
def test_other_values_are_left_as_they_are(plain):
    assert cells.safe(plain) == plain


def test_the_board_may_not_download_records_and_a_controller_may(signed_in, year):
    address = reverse("status:records", args=["guidance", "csv"])
    assert signed_in("bent").get(address, MID_YEAR).status_code == 403
    assert signed_in("alice").get(address, MID_YEAR).status_code == 200


def test_a_municipality_reader_gets_no_file_of_records(signed_in, year):
    address = reverse("status:records", args=["guidance", "csv"])
    for query in (MID_YEAR, {**MID_YEAR, "kommune": "101"}):
        assert signed_in("karla").get(address, query).status_code == 403


def test_the_file_hides_the_names_that_the_page_hides(signed_in, year):
    names = {row["client_name"] for row in as_csv(signed_in("ravi"), goal="orientation")}
    assert names == {"Gry Bageri", "(person)"}
    assert {row["client_name"] for row in as_csv(signed_in("dorte"), goal="orientation")} == {
        "Gry Bageri",
        "Emma Dahl",
    }
