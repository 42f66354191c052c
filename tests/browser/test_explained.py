"""From figure to rows and back, gross to net, and the other time axis, in a browser."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

GOAL = "/maal/guidance/?dato=2024-06-30"
PAGES = [GOAL, f"{GOAL}&udeladt=alle", "/brutto-netto/?dato=2024-06-30"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_pages_are_for_all_at_both_widths(visit, width):
    visitor = visit(width)
    visitor.sign_in("alice")
    for address in PAGES:
        page = visitor.go(address)
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        assert visitor.barriers() == "", address
        assert visitor.overflow() <= 0, address
    assert visitor.faults == []


def test_from_a_cell_to_its_rows_to_those_left_out_and_back(visit):
    visitor = visit()
    visitor.sign_in("alice")
    page = visitor.go(GOAL)

    # From the cell of a breakdown to its rows.
    row = page.locator("table.data", has_text="Vækstvirksomheder").locator(
        "tr", has_text="Vækstvirksomheder"
    )
    figure = row.first.locator("a")
    said = figure.inner_text()
    figure.click()
    page.wait_for_url(lambda url: "segment=growth" in url)
    expect(page.locator(".recount")).to_contain_text(f"→ {said}")

    # From there, without leaving the page, to a row that was left out, with the reason.
    page.locator(".account a", has_text="aflyst").click()
    expect(page.locator(".recount")).to_contain_text("1 post udeladt")
    expect(page.locator("table.records")).to_contain_text("Tilstand: aflyst")
    assert "udeladt=" in page.url

    # And back to the rows of the figure.
    page.locator(".recount a").click()
    expect(page.locator(".recount")).to_contain_text(f"→ {said}")
    assert "udeladt" not in page.url
    assert visitor.faults == []


def test_the_query_can_be_unfolded_and_read(visit):
    visitor = visit()
    visitor.sign_in("alice")
    page = visitor.go(GOAL)
    page.locator(".found summary").click()
    expect(page.locator("pre.sql")).to_contain_text('FROM "guidance"')


def test_a_day_that_nothing_tells_of_can_be_asked_for_and_is_explained(visit):
    visitor = visit()
    visitor.sign_in("alice")
    asked = urlencode({"dato": "2024-06-30", "kendt": "2001-01-01"})
    page = visitor.go(f"/?{asked}")
    expect(page.locator(".alert-warning")).to_contain_text("Intet fortæller")
    page.locator(".choose-known summary").click()
    expect(page.locator("#id_kendt")).to_be_visible()
    assert visitor.faults == []
