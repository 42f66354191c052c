"""The register of open questions in the browser: read both figures, record who decided."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE


def without_faults(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_both_readings_are_read_and_a_decision_recorded(visit, width):
    visitor = visit(width)
    visitor.sign_in("alice")
    page = visitor.go("/fortolkninger/?dato=2024-06-30")
    without_faults(visitor)
    question = page.locator("#T1")
    expect(question.locator(".reading-value")).to_have_count(2)
    question.get_by_role("link", name="Registrér en afgørelse").click()
    without_faults(visitor)
    page.get_by_label("Andel af de forskellige virksomheder").check(force=True)
    page.fill("#id_decided_on", "2024-06-14")
    page.fill("#id_decided_by", "KKR Hovedstaden")
    page.fill("#id_because", "Målet gælder virksomhederne.")
    page.fill("#id_document", "Referat 14. juni 2024, punkt 4")
    page.click("button >> text=Gem")
    visitor.go("/fortolkninger/?dato=2024-06-30")
    expect(page.locator("#T1 .readings-decision")).to_contain_text("KKR Hovedstaden")
    without_faults(visitor)
