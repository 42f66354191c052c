"""The special efforts in the browser: begin, plan, tell, link, move; then the board reads it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from pejl_hub.events.models import Event
from pejl_hub.evidence.models import Effort
from tests.browser.conftest import NARROW, WIDE, without_faults

WIDTHS = [WIDE, NARROW]


@pytest.fixture
def own_hub(settings, tmp_path, live_server, request):
    """An empty hub with its own folder."""
    settings.DATA = tmp_path
    return request.getfixturevalue("visit")  # late: the folder holds the demo's password


@pytest.mark.parametrize("width", WIDTHS)
def test_an_effort_from_its_first_milestone_to_the_boards_view(own_hub, width):
    Event.objects.create(title="AI for alle", held_on=date(2024, 5, 2))
    visitor = own_hub(width)
    visitor.sign_in("alice")
    page = visitor.go("/indsatser/?dato=2024-06-30")
    without_faults(visitor)
    page.locator("tr", has_text="Digitalisering").get_by_role("link").click()
    page.fill("#id_title", "AI Boost")
    page.click("button >> text=Gem")
    without_faults(visitor)
    page.click("text=Ny milepæl")
    page.fill("#id_title", "Tilbuddet er åbent for alle")
    page.fill("#id_due_on", "2024-06-01")
    without_faults(visitor)
    page.click("button >> text=Gem")
    page.get_by_role("link", name="Flyt").click()
    page.fill("#id_due_on", "2024-08-01")
    page.fill("#id_because", "En partner manglede data.")
    page.click("button >> text=Gem")
    expect(page.locator(".alert-success")).to_contain_text("Milepælen er flyttet")
    page.click("text=Ny redegørelse")
    page.fill("#id_noted_on", "2024-06-20")
    page.select_option("#id_state", "at_risk")
    page.fill("#id_text", "Ni af ti er i gang.")
    page.click("button >> text=Gem")
    expect(page.locator(".form-error-message")).to_contain_text("Skriv, hvorfor")
    expect(page.locator("#id_text")).to_have_value("Ni af ti er i gang.")
    visitor.faults.clear()  # the browser's own note of the 400
    without_faults(visitor)
    page.fill("#id_because", "En partner er syg.")
    page.click("button >> text=Gem")
    page.click("text=Tilknyt en aktivitet")
    without_faults(visitor)
    page.get_by_role("button", name="AI for alle").click()
    expect(page.locator("tbody", has_text="AI for alle")).to_contain_text("0 deltagere tæller med")
    page.click("text=Tilføj et bilag")
    file = {"name": "aftale.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 made up"}
    page.set_input_files("#id_file", file)
    page.click("button >> text=Gem")
    with page.expect_download() as got:
        page.click("text=aftale.pdf")
    assert got.value.suggested_filename == "aftale.pdf"
    without_faults(visitor)
    board = own_hub(width)
    board.sign_in("bent")
    seen = board.go("/indsatser/fremdrift/?dato=2024-06-30")
    without_faults(board)
    told = seen.locator("article", has_text="AI Boost")
    expect(told).to_contain_text("er flyttet fra 1. juni 2024 til 1. august 2024")
    expect(told).to_contain_text("Ni af ti er i gang. En partner er syg.")
    number = Effort.objects.get(goal="effort_digital").pk
    board.go(f"/indsatser/{number}/?dato=2024-06-30")
    without_faults(board)
    expect(seen.locator("main")).not_to_contain_text("aftale.pdf")
