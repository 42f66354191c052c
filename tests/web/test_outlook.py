"""The forecast on a goal's page: the fan, the chance and the rule; or why there is none."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from pejl.contract.load import load
from pejl_hub.status import ahead, queries
from tests.spec.figures import drawn

CONTRACT = load(Path("contracts/hovedstaden/2024.yaml"))
GUIDANCE = reverse("status:goal", args=["guidance"])
MID_YEAR = {"dato": "2024-06-30"}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    days = [
        date(year, month, day)
        for year in (2021, 2022, 2023, 2024)
        for month in range(1, 13)
        for day in range(1, 11)
        if (year, month) < (2024, 7)
    ]
    rows = [
        {
            "id": number,
            "client": f"C{number}",
            "client_kind": "company",
            "held_on": day,
            "type": "specialised",
            "state": "held",
            "segment": "growth",
            "employees": 7,
            "municipality": "101",
        }
        for number, day in enumerate(days, start=1)
    ]
    return drawn.written(tmp_path_factory.mktemp("outlook"), {"guidance": rows})


@pytest.fixture
def year(snapshot, monkeypatch):
    monkeypatch.setattr(queries, "ensure_snapshot", lambda day: snapshot)
    return snapshot


def test_the_chart_has_two_bands_that_are_not_drawn_as_what_was_measured(signed_in, year):
    page = signed_in("alice").get(GUIDANCE, MID_YEAR)
    points = {point["month"]: point for point in page.context["chart"]["data"]["values"]}
    assert points["juni"]["low"] == points["juni"]["high"] == points["juni"]["value"]
    december = points["dec."]
    assert december["value"] is None
    assert december["low"] < december["lower"] < december["mid"] < december["upper"]
    assert december["upper"] < december["high"]
    marks = [layer["mark"] for layer in page.context["chart"]["layer"]]
    areas = [mark for mark in marks if mark["type"] == "area"]
    assert len({(mark["color"], mark["opacity"]) for mark in areas}) == 3
    assert [row.ahead for row in page.context["page"].months][:6] == [""] * 6
    assert page.context["page"].months[-1].ahead


def test_the_page_says_the_chance_the_interval_and_the_rule(signed_in, year):
    text = signed_in("alice").get(GUIDANCE, MID_YEAR).content.decode()
    assert "Chancen for at nå måltallet" in text
    assert "under 1 pct." in text  # some 120 of the 1,500
    assert "i 80 af 100 år som dette" in text
    assert "mindst to ud af tre" in text


def test_a_certain_year_is_never_said_to_be_certain():
    assert ahead._chance(1.0) != ahead._chance(0.99)


@pytest.mark.parametrize(
    ("goal", "asked", "said"),
    [
        ("guidance", {"kommune": "101"}, "for en enkelt kommune"),
        ("nps_growth", {}, "afventer rammeaftalen"),
        ("press", {}, "to hele, tidligere år"),
        ("newsletter_growth", {}, "for denne slags mål"),
    ],
)
def test_where_there_is_none_the_page_says_why(goal, asked, said, signed_in, year):
    page = signed_in("alice").get(reverse("status:goal", args=[goal]), MID_YEAR | asked)
    assert said in page.content.decode()
    assert not page.context["fan"]
