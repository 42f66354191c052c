"""Lists in a real browser: filter, sort, save a view, change many rows and undo, at both widths."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from pejl_hub.companies.models import Company
from pejl_hub.guidance.models import Guidance
from tests.browser.conftest import NARROW, WIDE

REGISTER = reverse("registers:show", args=["vejledninger"])


@pytest.fixture
def drawn(visit):
    names = {"10150817": "Ærlig Bager", "10150825": "Dybt Vand", "10150833": "Cirkus Nord"}
    companies = [Company.objects.create(cvr=cvr, name=name) for cvr, name in names.items()]
    for number in range(120):
        day = date(2024, 1, 1) + timedelta(days=number)
        Guidance.objects.create(
            company=companies[number % 3],
            held_on=day,
            recorded_on=day,
            type="specialised",
            state="held" if number % 4 else "planned",
            employees=None if number % 5 == 0 else number,
            adviser="tove",
            municipality="101",
        )


def shown(page):
    return page.locator(".list-table tbody tr").count()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_somebody_filters_sorts_and_pages_and_takes_a_filter_away(visit, drawn, width):
    visitor = visit(width)
    visitor.sign_in("tove")
    page = visitor.go(REGISTER)
    assert (shown(page), page.inner_text(".list-count")) == (50, "120 rækker")
    assert visitor.barriers() == ""
    assert visitor.overflow() <= 0
    page.fill("#id_q", "bager")
    page.locator(".list-count", has_text="40 rækker").wait_for(timeout=8000)
    page.click(".list-more summary")
    page.select_option("#id_state", "planned")
    page.locator(".list-count", has_text="10 rækker").wait_for(timeout=8000)
    page.locator(".chip", has_text="Planlagt").click()
    page.locator(".list-count", has_text="40 rækker").wait_for(timeout=8000)
    assert "q=bager" in page.url
    assert visitor.barriers() == ""
    assert visitor.faults == []


def test_somebody_saves_a_view_and_finds_it_again(visit, drawn):
    visitor = visit()
    visitor.sign_in("tove")
    page = visitor.go(f"{REGISTER}?state=planned&orden=-employees")
    page.click(".list-save summary")
    page.fill("#view-name", "Planlagte")
    page.click(".list-save button")
    page.locator(".list-views", has_text="Planlagte").wait_for(timeout=8000)
    page = visitor.go(REGISTER)
    page.click("text=Planlagte")
    page.locator(".list-count", has_text="30 rækker").wait_for(timeout=8000)
    assert visitor.barriers() == ""
    assert visitor.faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_changes_many_rows_after_a_preview_and_undoes_it(visit, drawn, scripts):
    visitor = visit(scripts=scripts)
    visitor.sign_in("tove")
    page = visitor.go(f"{REGISTER}?q=nord&state=planned")
    for number in (0, 1):
        page.locator(".list-choose input").nth(number).check(timeout=8000)
    page.select_option("#bulk-action", "priority_area")
    page.click(".list-bulk button")
    page.select_option("#id_value", "Digitalisering")
    page.click(".bulk-form button")
    page.locator("#changing").wait_for(timeout=8000)
    if scripts:
        assert visitor.barriers() == ""
    page.click(".actions button")
    page.locator(".list-undo").wait_for(timeout=8000)
    assert Guidance.objects.filter(priority_area="Digitalisering").count() == 2
    page.click(".list-undo button")
    page.locator("text=tidligere værdi").wait_for(timeout=8000)
    assert not Guidance.objects.filter(priority_area="Digitalisering").exists()
    assert visitor.faults == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_reminders_and_code_lists_are_open_to_all_readers(visit, drawn, width):
    Guidance.objects.update(held_on=date.today() - timedelta(days=3), recorded_on=date.today())
    visitor = visit(width)
    visitor.sign_in("anna")
    need = reverse("codes:list", args=["need"])
    add = reverse("codes:add", args=["need"])
    for path in (reverse("reminders:show"), reverse("codes:overview"), need, add):
        visitor.go(path)
        assert visitor.barriers() == "", path
        assert visitor.overflow() <= 0, path
    page = visitor.page
    page.fill("#id_code", "circular")
    page.fill("#id_label_da", "Cirkulær økonomi")
    page.fill("#id_label_en", "Circular economy")
    page.click("main .button-primary")
    page.locator("text=Cirkulær økonomi").wait_for(timeout=8000)
    assert visitor.faults == []
