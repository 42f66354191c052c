"""The balance page and its files: who may, what it counts, and what to do without a population."""

import csv
import io

import pytest
from django.urls import reverse

from pejl_hub.demand import balance, balance_views
from pejl_hub.sources.population import import_population
from tests.web.test_status_pages import words

BALANCE = reverse("balance:show")
JUNE = {"dato": "2024-06-30"}
ERHV6 = """\
OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD
København;1;0-4 ansatte;2023;700
Ballerup;1;5+;2023;300
"""
TABLES = ["kommune", "grupper", "indeks", "segmenter"]


@pytest.fixture(autouse=True)
def counted(year, monkeypatch):
    """The pages count the drawn year."""
    for module in (balance, balance_views):
        monkeypatch.setattr(module, "ensure_snapshot", lambda day: year)


@pytest.fixture
def population(tmp_path, db):
    path = tmp_path / "ERHV6.csv"
    path.write_text(ERHV6, encoding="utf-8-sig")
    return import_population(path=path, by=None)


def test_without_workplaces_the_page_says_how_to_take_them_in(signed_in):
    page = signed_in("alice").get(BALANCE, JUNE)
    assert "Tag Danmarks Statistiks tabel ERHV6 ind" in words(page)
    assert page.context["page"].grids == ()
    assert "En controller kan tage" in words(signed_in("ravi").get(BALANCE, JUNE))


def test_shares_of_services_stand_beside_shares_of_workplaces(signed_in, population):
    # Guidances and orientations up to 30 June: 101 has 2 (one company), 151 has 3 (two companies).
    answer = signed_in("ravi").get(BALANCE, JUNE)
    lines = {line.label: [cell.value for cell in line.cells] for line in _grid(answer).lines}
    assert lines["København"][:5] == [2, 40.0, 70.0, -30.0, 1]
    assert lines["Ballerup"][:5] == [3, 60.0, 30.0, 30.0, 2]
    assert lines["Brøndby"][:5] == [0, None, None, None, 0]
    assert lines["Ballerup"][5] == 6.7
    assert "Ingen kommune bedømmes" in words(answer)


def test_municipalities_stand_by_name_until_another_order_is_asked_for(signed_in, population):
    client = signed_in("ravi")
    names = [line.label for line in _grid(client.get(BALANCE, JUNE)).lines]
    assert names[:2] == ["Albertslund", "Allerød"]
    assert names[-2:] == ["Uden for husets kommuner", "Ukendt"]
    most = [line.label for line in _grid(client.get(BALANCE, {**JUNE, "orden": "-0"})).lines]
    assert most[:2] == ["Ballerup", "København"]


def test_the_least_reached_are_named_lowest_first(signed_in, population):
    least = signed_in("ravi").get(BALANCE, JUNE).context["page"].least
    assert [(one.name, one.per_thousand) for one in least] == [
        ("København", "1,4"),
        ("Ballerup", "6,7"),
    ]


def test_the_index_is_split_and_follows_the_months(signed_in, population):
    page = signed_in("ravi").get(BALANCE, {**JUNE, "gruppe": "stoerrelse"}).context["page"]
    assert page.index.total > 0
    assert page.index.total == pytest.approx(page.index.within + page.index.between)
    assert list(page.course) == [f"2024-0{n}" for n in range(1, 7)]
    assert page.course["2024-06"].total == page.index.total


def test_a_service_a_month_and_a_segment_narrow_it_and_what_does_not_exist_is_left_out(
    signed_in, population
):
    client = signed_in("ravi")

    def total(**asked):
        return client.get(BALANCE, {**JUNE, **asked}).context["page"].spread.total

    assert total() == 8
    assert total(ydelse="guidance") == 6
    assert total(ydelse="guidance", maaned="2024-02") == 2
    assert total(ydelse="guidance", segment="growth") == 2
    assert total(ydelse="lykke", maaned="2031-01", segment="giants", orden="farve") == 8


@pytest.mark.parametrize("table", TABLES)
def test_the_file_has_exactly_the_rows_of_the_screen(table, signed_in, population):
    client = signed_in("ravi")
    grid = next(g for g in client.get(BALANCE, JUNE).context["page"].grids if g.id == table)
    answer = client.get(reverse("balance:file", args=[table, "csv"]), JUNE)
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in read] == [grid.first, *(line.label for line in grid.lines)]
    xlsx = client.get(reverse("balance:file", args=[table, "xlsx"]), JUNE)
    assert xlsx.content.startswith(b"PK")


def test_the_still_chart_is_a_picture_and_none_without_workplaces(signed_in, population):
    client = signed_in("ravi")
    assert client.get(reverse("balance:chart"), JUNE)["Content-Type"] == "image/svg+xml"
    population.delete()
    assert client.get(reverse("balance:chart"), JUNE).status_code == 404


@pytest.mark.parametrize(
    "address",
    [BALANCE, reverse("balance:file", args=["kommune", "csv"]), reverse("balance:chart")],
)
def test_exact_counts_are_for_the_house_and_its_auditor(address, signed_in, population):
    for inside in ("ravi", "alice"):
        assert signed_in(inside).get(address, JUNE).status_code == 200
    for outside in ("karla", "bent"):
        assert signed_in(outside).get(address, JUNE).status_code == 403


def _grid(answer):
    return answer.context["page"].grids[0]
