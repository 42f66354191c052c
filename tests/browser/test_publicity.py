"""Publicity in the browser: record, correct, import an export, see the figure move, undo."""

from datetime import date

import pytest
from playwright.sync_api import expect

from pejl_hub.closing.models import Close
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from tests.browser.conftest import NARROW, WIDE, without_faults
from tests.spec.publicity.exports import OLD_WORKBOOK

WIDTHS = [WIDE, NARROW]


@pytest.fixture
def own_hub(settings, tmp_path, live_server, monkeypatch, request):
    """An empty hub that counts its own records."""
    settings.DATA = tmp_path
    visit = request.getfixturevalue("visit")  # late: the folder holds the demo's password
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    return visit


def goal(visitor, name):
    visitor.go("/?dato=2024-12-31")
    return visitor.page.locator("tr", has=visitor.page.get_by_role("link", name=name))


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_is_recorded_by_keyboard_corrected_and_taken_out(own_hub, width):
    visitor = own_hub(width)
    visitor.sign_in("cille")
    page = visitor.go("/omtale/")
    without_faults(visitor)
    page.click("text=Registrér en artikel eller case")
    without_faults(visitor)
    page.focus("#id_kind")
    page.keyboard.press("P")
    page.fill("#id_published_on", "2024-05-02")
    page.focus("#id_title")
    page.keyboard.type("Vækst i Ballerup")
    page.keyboard.press("Tab")
    page.keyboard.type("Lokalavisen")
    page.keyboard.press("Enter")
    expect(page.locator(".alert-success")).to_contain_text("Gemt")
    without_faults(visitor)
    expect(goal(visitor, "Presseartikler og cases")).to_contain_text("1")
    visitor.go("/omtale/presse/?q=ballerup")
    without_faults(visitor)
    page.click("tbody a")
    page.fill("#id_title", "Vækst i Herlev")
    page.click("button >> text=Gem")
    expect(page.locator("tbody")).to_contain_text("Vækst i Herlev")
    page.click("tbody a")
    page.click("text=Tag den ud")
    without_faults(visitor)
    page.click("button >> text=Tag den ud")
    expect(page.locator(".empty")).to_be_visible()
    assert Press.objects.count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_level_in_a_closed_month_asks_why_and_keeps_what_was_typed(own_hub, width):
    visitor = own_hub(width)
    first, last = date(2024, 3, 1), date(2024, 3, 31)
    Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    visitor.sign_in("cille")
    page = visitor.go("/omtale/nyhedsbrev/ny/")
    page.fill("#id_measured_on", "2024-03-15")
    page.fill("#id_subscribers", "1234")
    page.click("button >> text=Gem")
    expect(page.locator("#id_reason")).to_be_visible()
    expect(page.locator("#id_subscribers")).to_have_value("1234")
    without_faults_but_for_status(visitor)
    page.fill("#id_reason", "Fundet i maj")
    page.click("button >> text=Gem")
    expect(page.locator(".alert-success")).to_be_visible()
    assert NewsletterLevel.objects.get().subscribers == 1234


def without_faults_but_for_status(visitor):
    """A refused form answers 400, which the console notes; nothing else may be there."""
    assert visitor.barriers() == ""
    assert [fault for fault in visitor.faults if "400" not in fault] == []
    assert visitor.overflow() == 0
    visitor.faults.clear()


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, True), (WIDE, False)])
def test_an_export_is_looked_through_imported_counted_and_undone(own_hub, width, scripts):
    visitor = own_hub(width, scripts=scripts)
    check = without_faults if scripts else lambda _: None
    visitor.sign_in("cille")
    page = visitor.go("/omtale/")
    page.click("text=Indlæs visninger")
    check(visitor)
    page.check("text=LinkedIn")
    page.set_input_files("#files", OLD_WORKBOOK)
    page.click("text=Se, hvad der tælles")
    expect(page.locator(".publicity-counted").first).to_contain_text("Impressions (total)")
    expect(page.locator(".alert-warning")).to_contain_text("december 2023 (4 dage)")
    check(visitor)
    assert ChannelViews.objects.count() == 0
    page.click("text=Indlæs 3 måneder")
    expect(page.locator(".alert-success")).to_contain_text("Indlæst")
    check(visitor)
    assert ChannelViews.objects.count() == 3
    page.click("text=Se visningerne")
    check(visitor)
    page.go_back()
    page.click("text=Fortryd indlæsningen")
    check(visitor)
    page.click("button >> text=Fortryd indlæsningen")
    expect(page.locator(".lead")).to_contain_text("Fortrudt")
    assert ChannelViews.objects.count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_an_export_of_a_closed_month_asks_why_before_it_is_imported(own_hub, width):
    first, last = date(2024, 1, 1), date(2024, 1, 31)
    close = Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    visitor = own_hub(width)
    visitor.sign_in("cille")
    page = visitor.go("/omtale/indlaes/")
    page.check("text=LinkedIn")
    page.set_input_files("#files", OLD_WORKBOOK)
    page.click("text=Se, hvad der tælles")
    without_faults(visitor)
    page.fill("#reason", "Udtrækket kom sent")
    page.click("text=Indlæs 3 måneder")
    expect(page.locator(".alert-success")).to_contain_text("Indlæst")
    assert close.corrections.get().reason == "Udtrækket kom sent"
    page.click("text=Fortryd indlæsningen")
    expect(page.locator("#reason")).to_be_visible()
    without_faults(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_file_of_another_kind_is_refused_in_words(own_hub, width, tmp_path):
    visitor = own_hub(width)
    path = tmp_path / "andet.csv"
    path.write_text("Dag;Antal\n1;2\n")
    visitor.sign_in("cille")
    page = visitor.go("/omtale/indlaes/")
    page.check("text=Meta")
    page.set_input_files("#files", path)
    page.click("text=Se, hvad der tælles")
    expect(page.locator("h1")).to_have_text("Filen kan ikke tælles")
    without_faults_but_for_status(visitor)
    page.click("text=Vælg igen")
    without_faults(visitor)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["nyhedsbrev", "visninger", "visninger/ny", "nyhedsbrev/ny"])
def test_the_other_pages_are_without_barriers(own_hub, width, address):
    visitor = own_hub(width)
    ChannelViews.objects.create(month=date(2024, 1, 1), channel="Nyhedsbrev", views=5)
    visitor.sign_in("cille")
    visitor.go(f"/omtale/{address}/")
    without_faults(visitor)
