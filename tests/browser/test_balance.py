"""The balance page in the browser, at both widths: choose, read, sort, and nobody kept out."""

import pytest
from playwright.sync_api import expect

from pejl_hub.demand import balance, balance_views
from pejl_hub.sources.population import import_population
from tests.browser.conftest import NARROW, WIDE

ERHV6 = """\
OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD
København;1;0-4 ansatte;2023;700
Ballerup;1;5+;2023;300
"""


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_balance_is_narrowed_sorted_and_drawn(width, year, monkeypatch, visit, tmp_path):
    for module in (balance, balance_views):
        monkeypatch.setattr(module, "ensure_snapshot", lambda day: year)
    path = tmp_path / "ERHV6.csv"
    path.write_text(ERHV6, encoding="utf-8-sig")
    import_population(path=path, by=None)
    visitor = visit(width)
    visitor.sign_in("ravi")

    page = visitor.go("/balance/?dato=2024-06-30")
    expect(page.locator("#chart svg")).to_be_visible()
    page.select_option("#id_ydelse", "guidance")
    page.click(".demand-choose button")
    expect(page.locator("dl.facts .big")).to_have_text("6")
    page.select_option("#id_orden", "-0")
    page.click(".sort-choose button")
    rows = page.locator("section[aria-labelledby=grid-kommune] tbody tr")
    expect(rows.first).to_contain_text("København")
    expect(page.locator("dl.facts .big")).to_have_text("6")
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0
