"""Publishing in the browser, and what a reader outside the house is then shown, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_controller_publishes_and_the_board_reads_what_may_be_shown(width, publishing, visit):
    board = visit(width)
    board.sign_in("bent")
    page = board.go("/maal/guidance/?dato=2024-06-30")
    expect(page.locator("main")).to_contain_text("Intet er offentliggjort til og med")
    _without_faults(board)

    controller = visit(width)
    controller.sign_in("alice")
    page = controller.go("/offentliggoerelse/")
    expect(page.locator("#editions")).to_contain_text("Intet er offentliggjort endnu")
    page.select_option("#id_dag", "2024-06-30")
    page.click("main form button")
    expect(page.locator("#editions tbody tr")).to_contain_text("30. juni 2024")
    expect(page.locator("#editions tbody tr")).to_contain_text("Offentliggjort")
    _without_faults(controller)

    page = board.go("/maal/guidance/?dato=2024-06-30")
    expect(page.locator("dl.facts .big")).to_have_text("109")
    expect(page.locator(".tile.step-hidden").first).to_be_visible()
    expect(page.locator(".basis")).to_contain_text("·· skjult")
    expect(page.locator("#poster")).to_contain_text("Din rolle ser tal, ikke poster.")
    _without_faults(board)


def _without_faults(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0
