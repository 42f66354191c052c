"""A report's whole way in the browser: asked for, made, approved, released, read, recalled."""

import pytest
from playwright.sync_api import expect

from pejl_hub.accounts.models import User
from pejl_hub.publishing.actions import ask_for_edition
from pejl_hub.reporting import material
from pejl_hub.reporting import snapshot as kept
from tests.browser.conftest import NARROW, WIDE
from tests.web import drawn

DAY = drawn.MID_YEAR.isoformat()


@pytest.fixture
def reporting(publishing, many, monkeypatch):
    """The year of many is published up to 30 June, and reports are counted from it."""
    monkeypatch.setattr(kept, "ensure_snapshot", lambda day: many)
    monkeypatch.setattr(material, "MATERIALS", material.Kept(1))
    return lambda: ask_for_edition(day=drawn.MID_YEAR, by=None, now=True)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_report_goes_from_the_order_to_its_reader_and_back(width, reporting, visit, mailoutbox):
    reporting()
    alice, dorte, karla = visit(width), visit(width), visit(width)
    User.objects.filter(username="karla").update(email="karla@example.org")
    for visitor, name in ((alice, "alice"), (dorte, "dorte"), (karla, "karla")):
        visitor.sign_in(name)

    page = alice.go("/rapporter/")
    expect(page.locator("#due")).to_be_visible()
    page.click("text=Lav en rapport")
    _without_faults(alice)
    page.click("text=Kommunerapport")
    page.select_option("#id_day", DAY)
    page.select_option("#id_place", "151")
    _without_faults(alice)
    page.click("main form button")
    expect(page.locator(".report-state")).to_have_text("Skal godkendes")
    expect(page.locator("main")).to_contain_text("en kollega skal godkende")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_contain_text("Ballerup")
    expect(frame.locator("main")).to_contain_text("··")  # one guidance: a small count is hidden
    _without_faults(alice)
    path = page.url.removeprefix(alice.server)

    assert _status(karla, path) == 404
    page = dorte.go(path)
    page.get_by_role("button", name="Godkend", exact=True).click()
    expect(page.locator(".report-state")).to_have_text("Godkendt")
    _without_faults(dorte)

    page = alice.go(path)
    page.get_by_role("link", name="Frigiv", exact=True).click()
    expect(page.get_by_label("Karla Bech, Kommune")).to_be_checked()
    _without_faults(alice)
    page.click("text=Frigiv og send")
    expect(page.locator(".report-state")).to_have_text("Frigivet")
    (letter,) = mailoutbox
    link = next(line for line in letter.body.splitlines() if "/rapporter/link/" in line)

    page = karla.go("/rapporter/link/" + link.partition("/rapporter/link/")[2])
    expect(page.locator("h1")).to_have_text("Kommunerapport · Ballerup")
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    _without_faults(karla)

    page = alice.go(path)
    expect(page.locator("section", has_text="Hvem der har fået den")).to_contain_text("Karla Bech")
    page.get_by_role("link", name="Tilbagekald", exact=True).click()
    page.fill("#id_why", "Et tal for maj var forkert.")
    _without_faults(alice)
    page.click("main form button")
    expect(page.locator("[role=alert]")).to_contain_text("Et tal for maj var forkert.")
    _without_faults(alice)
    page = karla.go(path)
    expect(page.locator("[role=alert]")).to_contain_text("Et tal for maj var forkert.")
    expect(page.locator("iframe")).to_have_count(0)
    assert len(mailoutbox) == 2
    _without_faults(karla)


def test_what_is_not_published_is_published_first(publishing, visit):
    alice = visit(NARROW)
    alice.sign_in("alice")
    page = alice.go("/rapporter/ny/kkr/")
    page.select_option("#id_day", DAY)
    page.click("main form button")
    expect(page.locator("[role=alert]")).to_contain_text("er ikke offentliggjort endnu")
    assert alice.barriers() == ""
    assert alice.overflow() == 0
    page.click("text=Offentliggør 30. juni 2024")
    expect(page.locator("#editions tbody tr")).to_contain_text("Offentliggjort")


def _status(visitor, path):
    answer = visitor.page.request.get(visitor.server + path)
    return answer.status


def _without_faults(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0
