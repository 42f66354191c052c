"""Demand and reach on pages and in files: who may, what is said of few, and of no population."""

import csv
import io

import pytest
from django.urls import reverse

from pejl_hub.demand import asked_for, reached, views
from pejl_hub.sources.population import import_population
from tests.spec.figures.drawn import snapshot
from tests.web.test_status_pages import words

DEMAND, REACH = reverse("demand:demand"), reverse("demand:reach")
# The drawn year's held guidances in the territory up to 30 June: companies 1 to 4 and 6 (the fifth
# has no known municipality's company: it stands outside the territory).
ERHV6 = """\
OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD
København;1;0-4 ansatte;2023;700
Ballerup;1;5+;2023;300
"""


@pytest.fixture(autouse=True)
def counted(year, monkeypatch):
    """The pages count the drawn year."""
    for module in (asked_for, reached, views):
        monkeypatch.setattr(module, "ensure_snapshot", lambda day: year)


@pytest.fixture
def population(tmp_path, db):
    path = tmp_path / "ERHV6.csv"
    path.write_text(ERHV6, encoding="utf-8-sig")
    return import_population(path=path, by=None)


def test_without_a_word_of_needs_the_page_says_so_and_counts_all_the_same(signed_in):
    shown = words(signed_in("ravi").get(DEMAND, {"dato": "2024-06-30"}))
    assert "Ingen vejledning siger endnu, hvad virksomheden spurgte om" in shown
    # eight held up to 30 June beside the two orienting ones, none the year before
    assert "Alle vejledninger 9" in shown
    assert "intet at sammenligne med" in shown


NEEDS = """
    held_on    | client | type       | state | need
    2024-03-01 | C1     | orienting  | held  | export
    2024-03-02 | C2     | orienting  | held  | export
    2024-03-03 | C3     | orienting  | held  | om en kælder
"""


@pytest.mark.parametrize(("language", "said"), [("da", "Eksport"), ("en", "Export")])
def test_a_need_is_called_what_the_hubs_list_calls_it(
    language, said, signed_in, monkeypatch, tmp_path
):
    drawn = snapshot(tmp_path, guidance=NEEDS)
    for module in (asked_for, views):
        monkeypatch.setattr(module, "ensure_snapshot", lambda day: drawn)
    client = signed_in("ravi")
    client.cookies.load({"django_language": language})
    page = client.get(DEMAND, {"dato": "2024-06-30"}).context["page"]
    assert [line.label for line in page.changes.lines][:2] == [said, "om en kælder"]
    assert [head.name for head in page.split.heads][:2] == [said, "om en kælder"]


@pytest.mark.parametrize("dimension", ["segment", "stoerrelse", "branche", "kommune", "maaned"])
def test_each_split_adds_up_to_the_whole(dimension, signed_in):
    query = {"dato": "2024-06-30", "fordelt": dimension}
    page = signed_in("ravi").get(DEMAND, query).context["page"]
    *lines, total = page.split.lines
    assert sum(line.cells[-1].value for line in lines) == total.cells[-1].value == 9


def test_the_page_can_be_narrowed_and_leaves_out_what_does_not_exist(signed_in):
    client = signed_in("ravi")
    narrowed = client.get(DEMAND, {"dato": "2024-06-30", "segment": "growth"}).context["page"]
    assert narrowed.demand.total.change.now == 2
    odd = {"dato": "2024-06-30", "segment": "giants", "branche": "99", "fordelt": "farve"}
    assert client.get(DEMAND, odd).context["page"].demand.total.change.now == 9


@pytest.mark.parametrize("table", ["aendring", "fordeling"])
def test_the_file_has_exactly_the_rows_of_the_screen(table, signed_in):
    client, query = signed_in("ravi"), {"dato": "2024-06-30", "fordelt": "kommune"}
    page = client.get(DEMAND, query).context["page"]
    grid = {grid.id: grid for grid in (page.changes, page.split)}[table]
    answer = client.get(reverse("demand:demand_file", args=[table, "csv"]), query)
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in read] == [grid.first, *(line.label for line in grid.lines)]
    assert read[1][1] == str(grid.lines[0].cells[0].value)
    xlsx = client.get(reverse("demand:demand_file", args=[table, "xlsx"]), query)
    assert xlsx.content.startswith(b"PK")


def test_without_workplaces_the_reach_page_says_what_to_do(signed_in):
    shown = words(signed_in("alice").get(REACH, {"dato": "2024-06-30"}))
    assert "Tag Danmarks Statistiks tabel ERHV6 ind" in shown
    assert "Pr. segment" in shown
    assert "Pr. kommune" not in shown
    assert "En controller kan tage" in words(signed_in("ravi").get(REACH, {"dato": "2024-06-30"}))


def test_companies_are_compared_with_workplaces_and_the_source_is_named(signed_in, population):
    answer = signed_in("ravi").get(REACH, {"dato": "2024-06-30"})
    shown = words(answer)
    assert "Danmarks Statistik, Statistikbanken, tabel ERHV6, 2023 (CC BY 4.0)" in shown
    assert population.file_sha256[:12] in shown
    places = answer.context["page"].places
    assert (places["151"].reached, places["151"].population) == (2, 300)
    assert places["153"].population is None
    assert "for få til at sige noget" in shown


@pytest.mark.parametrize("table", ["kommune", "stoerrelse", "branche", "segment"])
def test_the_reach_tables_can_be_taken_home(table, signed_in, population):
    client, query = signed_in("ravi"), {"dato": "2024-06-30"}
    answer = client.get(reverse("demand:reach_file", args=[table, "csv"]), query)
    grid = next(g for g in client.get(REACH, query).context["page"].grids if g.id == table)
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in read[1:]] == [line.label for line in grid.lines]


def test_the_still_chart_is_a_picture(signed_in, population):
    answer = signed_in("ravi").get(reverse("demand:reach_chart"), {"dato": "2024-06-30"})
    assert answer["Content-Type"] == "image/svg+xml"
    assert signed_in("ravi").get(reverse("demand:demand_chart")).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        DEMAND,
        REACH,
        reverse("demand:demand_file", args=["aendring", "csv"]),
        reverse("demand:reach_file", args=["kommune", "csv"]),
        reverse("demand:demand_chart"),
        reverse("demand:reach_chart"),
    ],
)
def test_exact_counts_are_for_the_house_alone(address, signed_in, population):
    for outside in ("karla", "bent"):
        assert signed_in(outside).get(address).status_code == 403
    assert signed_in("ravi").get(address).status_code in (200, 404)
