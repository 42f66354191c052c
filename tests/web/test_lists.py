"""A list shows what was asked for, says what it cannot, and its files hold the same rows."""

import csv
import io
import itertools

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from fastexcel import read_excel

from pejl_hub.accounts.models import Role, User
from pejl_hub.core.listing import (
    Listing,
    asked,
    files,
)
from pejl_hub.core.listing import (
    page as pages,
)
from pejl_hub.guidance.models import Guidance
from tests.web.listed import TALKS
from tests.web.listed import talks as talks


def ask(query="", role=Role.CONTROLLER, **headers):
    request = RequestFactory().get(f"/talks/{query}", headers=headers)
    request.user = User(role=role, username="alice")
    return request


def page(query="", **options):
    """What the page draws."""
    listing, request = options.pop("listing", TALKS), ask(query, **options)
    return pages.shown(listing, request, listing.asked(request), listing.make_table(request))


def all_pages(query="?"):
    first = page(query)
    return [
        tuple(str(cell.text) for cell in row.cells)
        for side in range(1, first.pages + 1)
        for row in page(f"{query}&side={side}").rows
    ]


def as_csv(query, **options):
    response = TALKS.respond(ask(f"{query}&format=csv", **options))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def names(query):
    """The companies of every page."""
    return [row[1].split(">")[1].split("<")[0] for row in all_pages(query)]


def in_file(row):
    """A row's day, company, numbers and adviser, as CSV has them."""
    name = row.company.name
    rest = (row.employees, row.minutes, row.adviser)
    return [
        row.held_on.isoformat(),
        f"'{name}" if name.startswith("=") else name,
        *("" if one is None else str(one) for one in rest),
    ]


SORTS = ["", "held_on", "-held_on", "company", "employees", "-employees", "adviser", "nonsense"]
FILTERS = ["", "q=bo", "q=nord", "state=held", "segment=ukendt", "size=ja", "size=nej",
           "protected=ja", "fra=2024-02-12", "til=2024-02-12", "fra=2024-02-01&til=2024-03-01",
           "state=held&segment=growth&q=bager", "state=cancelled"]  # fmt: skip


@pytest.mark.parametrize(("sort", "chosen"), list(itertools.product(SORTS, FILTERS)))
def test_the_files_hold_exactly_the_rows_of_the_pages_in_their_order(talks, sort, chosen):
    query = f"?{chosen}&orden={sort}"
    sides = range(1, page(query).pages + 1)
    shown = [row.pk for side in sides for row in page(f"{query}&side={side}").rows]
    header, *lines = as_csv(query)
    assert header == ["Day", "Company", "State", "Segment", "Employees", "Minutes", "Adviser"]
    rows = [Guidance.objects.get(pk=pk) for pk in shown]
    assert [line[:2] + line[4:] for line in lines] == [in_file(row) for row in rows]


def test_excel_holds_the_same_rows_with_numbers_as_numbers(talks):
    response = TALKS.respond(ask("?orden=employees&format=xlsx"))
    book = read_excel(b"".join(response.streaming_content))
    response.close()
    sheet = book.load_sheet(0).to_arrow().to_pylist()
    lines = as_csv("?orden=employees")[1:]
    assert [row["Company"] for row in sheet] == [line[1] for line in lines]
    assert [row["Employees"] for row in sheet] == [0, 3, 5, 7, 12, None]
    assert {row["Day"].date() for row in sheet} == set(
        Guidance.objects.values_list("held_on", flat=True)
    )


def test_a_formula_is_made_harmless_in_files_and_stands_as_it_is_on_the_page(talks):
    assert "'=Farlig ApS" in [line[1] for line in as_csv("?")]
    assert "=Farlig ApS" in names("?")


def test_unknown_is_said_on_the_page_empty_in_a_file_and_never_taken_for_zero(talks):
    cells = {row[1]: row for row in as_csv("?fra=2024-02-01&til=2024-02-28")[1:]}
    assert cells["'=Farlig ApS"][4] == ""
    assert cells["Cirkus Nord"][4] == "0"
    first, second = page("?fra=2024-02-01&til=2024-02-28").rows
    assert [str(row.cells[4].text) for row in (first, second)] == ["0", "ukendt"]
    assert [row.cells[4].unknown for row in (first, second)] == [False, True]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=bager", ["Ærlig Bager", "Ærlig Bager"]),
        ("?q=10150825", ["Cirkus Nord", "Cirkus Nord"]),
        ("?q=anna", ["Dybt Vand", "Ærlig Bager"]),
        ("?q=nord+bo&state=held", ["Cirkus Nord"]),
        ("?segment=ukendt", ["Dybt Vand"]),
        ("?size=nej", ["=Farlig ApS"]),
        ("?protected=ja", ["Ærlig Bager", "Ærlig Bager"]),
        ("?orden=-employees&size=ja&til=2024-03-01", ["Ærlig Bager", "Ærlig Bager", "Cirkus Nord"]),
    ],
)
def test_a_filter_finds_the_rows_drawn(talks, query, found):
    assert names(query) == found


@pytest.mark.parametrize(
    ("query", "said", "rows"),
    [
        ("?state=nonsense", "ikke forstået", 0),
        ("?fra=2024-02-31", "ikke forstået", 0),
        ("?q=%00", "ikke forstået", 0),
        ("?orden=nonsense", "kan ikke sorteres", 2),
        ("?side=0", "ingen sådan side", 2),
        ("?side=99999999999999999999", "ingen sådan side", 2),
        ("?side=to", "ingen sådan side", 2),
        ("?noget=andet", "", 2),
    ],
)
def test_what_is_not_understood_is_said_and_never_breaks(talks, query, said, rows):
    shown = page(query)
    assert len(shown.rows) == rows
    assert any(said in problem for problem in shown.problems) is bool(said)
    assert TALKS.respond(ask(query)).status_code == 200


@pytest.mark.parametrize("query", ["?format=pdf", "?format=csv&state=nonsense"])
def test_a_file_that_cannot_be_made_is_refused(talks, query):
    with pytest.raises(BadRequest):
        TALKS.respond(ask(query))


def test_a_filter_in_use_is_a_chip_that_leads_to_the_list_without_it(talks):
    chips = page("?state=held&fra=2024-02-01&orden=company&side=2").chips
    assert [(chip.label, chip.value) for chip in chips] == [
        ("State", "Afholdt"),
        ("Fra", "01-02-2024"),
    ]
    assert chips[0].without == "?fra=2024-02-01&orden=company"


def test_a_long_list_is_counted_to_its_bound_and_sorted_only_by_an_index(talks, monkeypatch):
    monkeypatch.setattr(asked, "BOUND", 4)
    shown = page("?orden=adviser")
    assert shown.sort == ""
    assert any("Afgræns" in problem for problem in shown.problems)
    assert (shown.said[:8], shown.pages) == ("Mere end", 2)
    assert page("?orden=held_on").sort == "held_on"
    assert page("?orden=adviser&state=held").sort == "adviser"  # four rows: short enough
    assert len(as_csv("?")) == 1 + 6


def test_a_search_that_finds_very_many_finds_the_same_rows_as_one_that_finds_few(
    talks, monkeypatch
):
    few = as_csv("?q=a")
    monkeypatch.setattr(asked, "BOUND", 2)
    assert as_csv("?q=a") == few
    assert len(few) > 3


def test_a_workbook_too_long_is_refused_and_csv_is_not(talks, monkeypatch):
    monkeypatch.setattr(asked, "BOUND", 1)
    monkeypatch.setattr(files, "SHEET", 2)
    assert TALKS.respond(ask("?format=xlsx")).status_code == 400
    assert TALKS.respond(ask("?format=csv")).status_code == 200


def test_a_hidden_column_is_on_no_page_in_no_file_and_sorts_nothing(talks):
    assert "Adviser" in [head.label for head in page().heads]
    assert "Adviser" not in [head.label for head in page(role=Role.ADVISER).heads]
    assert "Adviser" not in as_csv("?", role=Role.ADVISER)[0]
    assert page("?orden=adviser", role=Role.ADVISER).problems


@pytest.mark.parametrize("size", [1, 6])
def test_a_page_asks_two_questions_however_many_rows_it_has(talks, size):
    listing = Listing(**{**vars(TALKS), "page_size": size})
    with CaptureQueriesContext(connection) as asked_:
        assert len(page(listing=listing).rows) == size
    assert len(asked_) == 2


def test_htmx_gets_the_results_alone(talks):
    whole, part = TALKS.respond(ask()), TALKS.respond(ask(**{"HX-Target": "list-results"}))
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b'id="list-form"' not in part.content


def test_an_empty_list_says_what_to_do_and_one_filtered_empty_how_to_see_all(db, talks):
    assert "Nothing yet" not in TALKS.respond(ask("?state=cancelled")).content.decode()
    assert "?alle=1" in TALKS.respond(ask("?state=cancelled")).content.decode()
    Guidance.objects.all().delete()
    assert "Nothing yet" in TALKS.respond(ask()).content.decode()


def test_a_tie_is_broken_by_the_record_so_that_no_page_repeats_a_row(talks):
    rows = [row.pk for side in (1, 2, 3) for row in page(f"?orden=state&side={side}").rows]
    assert len(set(rows)) == 6
