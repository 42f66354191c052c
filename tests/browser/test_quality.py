"""Data quality in a browser: from the checks to the rows, mended and undone, at both widths."""

from datetime import date

import pytest
from django.urls import reverse

from pejl_hub.companies.models import Company
from pejl_hub.guidance.models import Guidance
from tests.browser.conftest import NARROW, WIDE

CHECKS = f"{reverse('quality:checks')}?dato=2024-06-30"


@pytest.fixture
def drawn(visit, monkeypatch, tmp_path):
    monkeypatch.setattr("pejl_hub.snapshots.actions.folder", lambda: tmp_path)
    baker = Company.objects.create(cvr="10150817", name="Ærlig Bager")
    for day in (1, 1, 8):
        Guidance.objects.create(
            company=baker,
            held_on=date(2024, 2, day),
            recorded_on=date(2024, 2, day),
            type="specialised",
            state="held",
            segment="growth",
            employees=None,
            adviser="ravi",
            municipality="101",
        )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_somebody_goes_from_the_checks_to_the_rows_mends_them_and_undoes_it(visit, drawn, width):
    visitor = visit(width)
    visitor.sign_in("alice")
    page = visitor.go(CHECKS)
    page.locator("#effect-uden-stoerrelse", has_text="tal").wait_for(timeout=30000)
    assert visitor.barriers() == ""
    assert visitor.overflow() <= 0
    page.click("text=Uden størrelse")
    page.locator("#chart svg").wait_for(timeout=20000)
    assert page.locator("h2", has_text="Hvad posterne betyder for tallene").count() == 1
    assert visitor.barriers() == ""
    assert visitor.overflow() <= 0
    page.click(".quality-doors a")
    page.locator(".list-count", has_text="3 rækker").wait_for(timeout=20000)
    assert visitor.barriers() == ""
    assert visitor.overflow() <= 0
    page.locator(".list-choose input").first.check(timeout=20000)
    page.click(".list-bulk button")
    page.fill("#id_value", "8")
    page.click(".bulk-form button")
    page.locator("#changing").wait_for(timeout=20000)
    assert visitor.barriers() == ""
    page.click(".actions button")
    page.locator(".list-undo").wait_for(timeout=20000)
    assert Guidance.objects.filter(employees=8).count() == 1
    page.click(".list-undo button")
    page.locator("text=tidligere værdi").wait_for(timeout=20000)
    assert not Guidance.objects.filter(employees=8).exists()
    assert visitor.faults == []
