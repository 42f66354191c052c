"""From figure to rows and back: every row is in or out with a reason, and all files recount."""

import csv
import io
import re
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse
from fastexcel import read_excel

from pejl.contract.load import load
from pejl.indicators.evaluate import evaluate
from pejl_hub.status import queries
from tests.spec.figures import drawn

CONTRACT = load(Path("contracts/hovedstaden/2024.yaml"))
AS_OF = date(2024, 6, 30)
ASKED = {"dato": AS_OF.isoformat()}
GUIDANCE = """
    client | client_kind | held_on    | type        | state   | employees | municipality | segment
    C1     | company     | 2023-05-05 | specialised | held    | 9         | 101          | growth
    C1     | company     | 2024-01-10 | specialised | held    | 4         | 101          | growth
    C1     | company     | 2024-01-11 | specialised | held    |           | 147          | growth
    C2     | company     | 2024-02-10 | specialised | held    | 7         | 101          | operating
    C3     | company     | 2024-02-13 | specialised | planned | 9         | 101          | growth
    C4     | company     | 2024-05-31 | specialised | held    | 12        | 265          | growth
    P1 | person | 2024-02-14 | specialised | held | 0 | 101 | pre_starter
    P1 | person | 2024-02-15 | orienting | held | 0 | 101 | pre_starter
    C2     | company     | 2024-02-16 | orienting   | held    | 7         |              | operating
    C2     | company     | 2024-07-01 | orienting   | held    | 7         | 101          | operating
"""
ATTENDANCE = """
    client | client_kind | held_on    | state    | national_programme | municipality | segment
    C2     | company     | 2024-03-01 | attended | no                 | 101          | operating
    C9     | company     | 2024-03-01 | attended | yes                |              | growth
    C8     | company     | 2024-03-01 | no_show  | no                 | 101          | growth
           |             | 2024-04-01 | attended | no                 | 147          |
"""
OUTREACH = """
    client | contacted_on | with_local_service | employees | municipality
    C5     | 2024-03-01   | yes                | 8         | 101
    C5     | 2024-03-09   | yes                | 8         | 101
    C6     | 2024-03-01   | yes                | 4         | 147
    C7     | 2024-03-02   | no                 | 44        | 147
    C8     | 2024-03-03   | yes                | 44        | 265
"""
LEVELS = """
    measured_on | subscribers
    2023-12-30  | 1000
    2024-03-31  | 1100
    2024-06-20  | 1375
"""
VIEWS = """
    month      | channel    | views
    2024-01-01 | newsletter | 90001
    2024-02-01 | newsletter | 150000
    2024-02-01 | linkedin   | 33000
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return drawn.snapshot(
        tmp_path_factory.mktemp("explained"),
        guidance=GUIDANCE,
        attendance=ATTENDANCE,
        outreach=OUTREACH,
        newsletter=LEVELS,
        channel_view=VIEWS,
    )


@pytest.fixture
def year(snapshot, monkeypatch):
    monkeypatch.setattr(queries, "ensure_snapshot", lambda day: snapshot)
    return snapshot


class Tables(HTMLParser):
    """The cells of a page's tables, by the class of the table."""

    def __init__(self):
        super().__init__()
        self.tables, self.text = [], None

    def handle_starttag(self, tag, attributes):
        classes = (dict(attributes).get("class") or "").split()
        if tag == "table":
            self.tables.append((classes, []))
        if tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        if tag in ("td", "th"):
            self.text = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.text is not None:
            self.tables[-1][1][-1].append(self.text.strip())
            self.text = None

    def handle_data(self, data):
        if self.text is not None:
            self.text += data


def from_screen(client, goal, parameters):
    """Every row of every page of the list, as read off the page, by the columns' labels."""
    address, rows, page = reverse("status:goal", args=[goal]), [], 1
    while True:
        answer = client.get(address, {**parameters, "side": page})
        found = Tables()
        found.feed(answer.content.decode())
        for classes, table in found.tables:
            if "records" in classes:
                head, *lines = table
                # The arrow of a sorted column is no part of its name.
                rows += [dict(zip(head, line, strict=True)) for line in lines]
        if not answer.context["records_page"].has_next():
            return rows
        page += 1


def from_csv(client, goal, parameters):
    answer = client.get(reverse("status:records", args=[goal, "csv"]), parameters)
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def from_xlsx(client, goal, parameters):
    answer = client.get(reverse("status:records", args=[goal, "xlsx"]), parameters)
    return read_excel(answer.content).load_sheet(0).to_arrow().to_pylist()


def yes(value):
    return value in (True, "true", "Ja")


def whole(text):
    return int(re.sub(r"\D", "", str(text).split(",")[0].removesuffix(".0")))


def recounted(goal, rows, counted, names):
    """The figure made of listed rows alone, by what the contract says the goal is."""
    kept = [row for row in rows if yes(row[counted])]
    kind = CONTRACT.goals[goal].measure["kind"]
    if kind in ("count", "sum", "distinct"):
        return Fraction(len(kept))
    if kind == "share":
        return Fraction(len(kept), len(rows))
    if kind == "newcomers":
        return Fraction(len(kept), len({row[names["client"]] for row in rows}))
    if kind == "monthly_mean":
        return Fraction(sum(whole(row[names["views"]]) for row in kept), AS_OF.month)
    first, last = (whole(row[names["subscribers"]]) for row in kept)
    return Fraction(last - first)


GOALS = [
    "guidance",
    "guidance_5plus",
    "orientation",
    "event_participants",
    "programme_participants",
    "gross_participations",
    "net_unique",
    "new_guided_share",
    "outreach_companies",
    "outreach_municipalities",
    "monthly_views",
    "newsletter_growth",
]
CODES = {name: name for name in ("client", "views", "subscribers")}
LABELS = {"client": "Klient", "views": "Visninger", "subscribers": "Abonnenter"}


@pytest.mark.parametrize("goal", GOALS)
def test_the_rows_recount_to_the_figure_on_screen_and_in_both_files(goal, signed_in, year):
    client = signed_in("alice")
    figure = evaluate(CONTRACT, year, AS_OF).goals[goal].figure.value
    assert figure is not None
    assert recounted(goal, from_screen(client, goal, ASKED), "Talt med", LABELS) == figure
    assert recounted(goal, from_csv(client, goal, ASKED), "counted", CODES) == figure
    assert recounted(goal, from_xlsx(client, goal, ASKED), "counted", CODES) == figure


@pytest.mark.parametrize(
    ("goal", "parameter", "dimension", "cell"),
    [
        ("guidance", "omraade", "municipality", "101"),
        ("guidance", "omraade", "municipality", "outside"),
        ("guidance_5plus", "segment", "segment", "growth"),
        ("orientation", "omraade", "municipality", "unknown"),
        ("net_unique", "maaned", "month", "2024-02"),
        ("gross_participations", "segment", "segment", "unknown"),
        ("new_guided_share", "omraade", "municipality", "101"),
    ],
)
def test_the_rows_of_a_cell_recount_to_the_cell(goal, parameter, dimension, cell, signed_in, year):
    client, asked = signed_in("alice"), {**ASKED, parameter: cell}
    measured = evaluate(CONTRACT, year, AS_OF).goals[goal]
    figure = measured.breakdowns[dimension].cells[cell].value
    assert figure is not None
    assert recounted(goal, from_screen(client, goal, asked), "Talt med", LABELS) == figure
    assert recounted(goal, from_csv(client, goal, asked), "counted", CODES) == figure
    assert recounted(goal, from_xlsx(client, goal, asked), "counted", CODES) == figure


@pytest.mark.parametrize("goal", GOALS)
def test_the_rows_in_and_the_rows_left_out_are_all_rows(goal, signed_in, year):
    client = signed_in("alice")
    account = client.get(reverse("status:goal", args=[goal]), ASKED).context["account"]
    out = {**ASKED, "udeladt": "alle"}
    assert len(from_csv(client, goal, ASKED)) == account.rows_behind
    assert len(from_csv(client, goal, out)) == account.rows_left_out
    assert len(from_xlsx(client, goal, out)) == account.rows_left_out
    for line in account.left_out:
        listed = from_csv(client, goal, {**ASKED, "udeladt": line.key})
        assert {row["reason"] for row in listed} == {line.key}
        assert len(listed) == line.records


def test_each_row_left_out_says_why_in_words(signed_in, year):
    client = signed_in("alice")
    rows = from_screen(client, "guidance", {**ASKED, "udeladt": "alle"})
    assert sorted(row["Udeladt fordi"] for row in rows) == sorted(
        [
            "Før perioden",
            "Tilstand: planlagt",
            "Segment: Før-startere",
            "Type: orienterende",
            "Type: orienterende",
            "Efter opgørelsesdagen",
        ]
    )


def test_the_page_says_the_query_in_words_and_as_sql(signed_in, year):
    page = signed_in("alice").get(reverse("status:goal", args=["guidance_5plus"]), ASKED)
    text = page.content.decode()
    assert "type er specialiseret, tilstand er afholdt og segment er iværksættere" in text
    assert "ansatte er mindst 5" in text
    assert "FROM &quot;guidance&quot;" in text


def test_a_word_that_is_no_reason_shows_the_rows_of_the_figure(signed_in, year):
    client = signed_in("alice")
    odd = client.get(reverse("status:goal", args=["guidance"]), {**ASKED, "udeladt": "x"})
    assert not odd.context["apart"].left_out


def test_the_account_of_one_municipality_is_of_its_own_rows(signed_in, year):
    client = signed_in("alice")
    here = {**ASKED, "kommune": "151"}  # Ballerup, which has no row here
    page = reverse("status:goal", args=["guidance"])
    assert client.get(page, here).context["account"].candidates == 0
    assert from_csv(client, "guidance", {**here, "udeladt": "alle"}) == []
    assert client.get(page, ASKED).context["account"].candidates == 10


def test_the_board_sees_how_the_figure_was_found_but_no_rows(signed_in, published):
    day = {"dato": "2024-06-30"}
    page = signed_in("bent").get(reverse("status:goal", args=["guidance"]), day)
    assert "Sådan er tallet fundet" in page.content.decode()
    assert "account" not in page.context
    address = reverse("status:records", args=["guidance", "csv"])
    assert signed_in("bent").get(address, {**day, "udeladt": "alle"}).status_code == 403
    assert signed_in("alice").get(address, {**day, "udeladt": "alle"}).status_code == 200
