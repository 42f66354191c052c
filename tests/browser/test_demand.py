"""Demand and reach in the browser, at both widths: choose, read, and nobody kept out."""

import pytest
from playwright.sync_api import expect

from pejl_hub.demand import asked_for, reached, views
from pejl_hub.sources.population import import_population
from tests.browser.conftest import NARROW, WIDE

ERHV6 = """\
OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD
København;1;0-4 ansatte;2023;700
Ballerup;1;5+;2023;300
"""


@pytest.fixture
def visitor_at(year, monkeypatch, visit, tmp_path):
    """Somebody signed in, where the drawn year is counted and workplaces are known."""
    for module in (asked_for, reached, views):
        monkeypatch.setattr(module, "ensure_snapshot", lambda day: year)
    path = tmp_path / "ERHV6.csv"
    path.write_text(ERHV6, encoding="utf-8-sig")
    import_population(path=path, by=None)

    def at(width):
        visitor = visit(width)
        visitor.sign_in("ravi")
        return visitor

    return at


def without_faults(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_demand_is_narrowed_and_split(width, visitor_at):
    visitor = visitor_at(width)
    page = visitor.go("/efterspoergsel/?dato=2024-06-30")
    without_faults(visitor)
    page.select_option("#id_fordelt", "kommune")
    page.select_option("#id_segment", "growth")
    page.click(".demand-choose button")
    expect(page.locator("#split")).to_have_text("Pr. kommune")
    expect(page.locator("section[aria-labelledby=moves] tbody tr").last).to_contain_text("2")
    without_faults(visitor)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_reach_is_drawn_and_stands_in_tables(width, visitor_at):
    visitor = visitor_at(width)
    page = visitor.go("/efterspoergsel/raekkevidde/?dato=2024-06-30")
    expect(page.locator("#chart svg")).to_be_visible()
    expect(page.locator("section[aria-labelledby=grid-kommune]")).to_contain_text("Ballerup")
    without_faults(visitor)
