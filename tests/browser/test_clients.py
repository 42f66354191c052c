"""Clients in the browser: every page at both widths, and finding, merging and splitting two."""

import pytest
from playwright.sync_api import expect

from pejl_hub.companies.models import Company
from tests.browser.conftest import NARROW, WIDE
from tests.unit.companies import drawn

WIDTHS = [WIDE, NARROW]


def without_faults(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0


@pytest.fixture
def hub(visit):
    companies = drawn.company(0), drawn.company(1, advertising_protected=True)
    person = drawn.person(0)
    drawn.services(12, company=companies[0])
    drawn.services(1, person=person)
    return visit, companies, person


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_about_clients_may_be_used_by_all(hub, width):
    visit, (kept, gone), person = hub
    visitor = visit(width)
    visitor.sign_in("tove")
    for path in (
        "/soeg/", "/soeg/?q=nordvind", "/soeg/?q=morgen", "/soeg/?q=xyzzy",
        "/virksomheder/53648371/", "/virksomheder/53648371/?side=2", "/virksomheder/10000009/",
        "/virksomheder/ny/", "/virksomheder/53648371/ret/",
        "/virksomheder/53648371/oplysning/ansatte/", "/virksomheder/53648371/kontakt/",
        f"/personer/{person.pk}/", f"/personer/{person.pk}/virksomhed/", "/personer/ny/",
        "/dubletter/", f"/dubletter/flet/?gone=company-{gone.pk}&kept=company-{kept.pk}",
    ):  # fmt: skip
        visitor.go(path)
        without_faults(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_slip_of_the_hand_finds_the_company_and_two_are_merged_and_split(hub, width):
    visitor = hub[0](width)
    visitor.sign_in("tove")
    page = visitor.go("/soeg/")
    page.fill("#q", "nordvinf 0")
    page.keyboard.press("Enter")
    page.click("main >> text=Nordvind 0")
    expect(page.locator("h1")).to_have_text("Nordvind 0")
    visitor.go("/dubletter/")
    page.locator(".client-pairs li", has_text="10000009").get_by_role("link").first.click()
    page.fill("#id_why", "Samme virksomhed")
    page.click("main >> button >> text=Flet")
    expect(page.locator(".alert-success")).to_contain_text("én")
    assert Company.objects.count() == 1
    without_faults(visitor)
    page.get_by_role("link", name="Fortryd").click()
    without_faults(visitor)
    page.get_by_role("button", name="Fortryd fletningen").click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert Company.objects.count() == 2
