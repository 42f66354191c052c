"""Every page, wide and narrow: no barriers, no faults in the console, nothing sticks out."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

MID_YEAR = "?dato=2024-06-30"
OPEN_PAGES = ["/log-ind/", "/tilgaengelighed/"]
PAGES = [
    f"/{MID_YEAR}",
    f"/{MID_YEAR}&kommune=151",
    "/?dato=2024-12-31",
    f"/maal/guidance/{MID_YEAR}",
    f"/maal/guidance/{MID_YEAR}&kommune=151",
    f"/maal/guidance_5plus/{MID_YEAR}&orden=-employees",
    f"/maal/net_unique/{MID_YEAR}",
    f"/maal/monthly_views/{MID_YEAR}",
    f"/maal/nps_growth/{MID_YEAR}",
    f"/maal/effort_digital/{MID_YEAR}",
    f"/maal/awareness/{MID_YEAR}",
    f"/kontrakt/{MID_YEAR}",
    "/hjaelp/",
    "/evaluering/?dato=2024-06-30",
    "/evaluering/tilmelding/?dato=2024-06-30",
    "/evaluering/tekster/",
    "/effekt/",
    "/effekt/ny/",
]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_before_signing_in_is_open_to_all_and_without_faults(path, width, visit):
    visitor = visit(width)
    visitor.go(path)
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_is_open_to_all_and_without_faults(width, visit):
    visitor = visit(width)
    visitor.sign_in()
    for path in PAGES:
        visitor.go(path)
        assert (path, visitor.barriers()) == (path, "")
        assert (path, visitor.faults) == (path, [])
        assert (path, visitor.overflow()) == (path, 0)


def test_the_chart_is_drawn_in_danish_under_the_strict_policy(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(f"/maal/guidance/{MID_YEAR}")
    expect(page.locator("#chart svg")).to_be_visible()
    expect(page.locator("#chart")).to_contain_text("1.500")
    expect(page.locator("#chart")).to_contain_text("maj")
    assert visitor.faults == []


def test_choosing_a_municipality_changes_the_overview_without_loading_it_anew(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(f"/{MID_YEAR}")
    page.evaluate("window.stillHere = true")
    page.select_option("#id_kommune", "151")
    expect(page.locator("#overview .lead")).to_contain_text("Ballerup")
    assert page.evaluate("window.stillHere") is True
    assert "kommune=151" in page.url
    assert visitor.faults == []


def test_a_figure_is_followed_to_its_records_and_its_clause(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(f"/{MID_YEAR}")
    page.click("text=Andel vejledninger med +5 ansatte")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".recount")).to_have_text("6 poster, heraf 3 talt med → 50,0 pct.")
    page.select_option("#filter-month", "2024-02")
    expect(page.locator(".recount")).to_have_text("2 poster, heraf 1 talt med → 50,0 pct.")
    page.click("text=2) Geografisk spredning, K2.1")
    expect(page.locator("#K2\\.1")).to_contain_text("1500 vejledninger af iværksættere")
    assert visitor.faults == []


def test_a_tile_of_the_map_leads_to_that_municipality(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(f"/maal/guidance/{MID_YEAR}")
    page.click(".tile[title^='Ballerup']")
    expect(page.locator(".lead")).to_contain_text("Ballerup")
    expect(page.locator(".recount")).to_have_text("1 post, talt med → 1")


def test_the_skip_link_is_the_first_stop_of_the_keyboard(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(f"/{MID_YEAR}")
    page.keyboard.press("Tab")
    expect(page.locator(".skipnav")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_whole_way_works_without_javascript(visit):
    visitor = visit(scripts=False)
    visitor.sign_in()
    page = visitor.page
    page.fill("#id_dato", "2024-06-30")
    page.select_option("#id_kommune", "151")
    page.click(".choose button")
    expect(page.locator(".lead")).to_contain_text("Ballerup · Opgjort til og med 30. juni 2024")
    page.click("text=1-1 vejledninger")
    expect(page.locator(".recount")).to_have_text("1 post, talt med → 1")
    expect(page.locator("img.chart-still")).to_be_visible()
    page.click("th >> text=Afholdt")
    assert "orden=held_on" in page.url
    page.click("text=Log ud")
    expect(page.locator("h1")).to_have_text("Log ind")


def test_the_language_is_changed_and_kept(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(f"/{MID_YEAR}")
    page.click("text=English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text(re.compile("Results contract 2024"))
    assert MID_YEAR in page.url
    page.click("nav >> text=Contract")
    expect(page.locator("h1")).to_have_text(re.compile("Results contract 2024"))
    assert visitor.barriers() == ""
    page.click("text=Dansk")
    expect(page.locator("html")).to_have_attribute("lang", "da")
