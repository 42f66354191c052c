"""The CVR register in the browser: fetch a company, refresh all, take the workplaces in."""

import pytest
from playwright.sync_api import expect

from pejl_hub.companies.models import Company
from pejl_hub.sources.cvr import refresh, register
from tests import cvrregister
from tests.browser.conftest import NARROW, WIDE, without_faults
from tests.cvrregister import company

ANKER, BOEGELY = "10000009", "10000025"
ERHV6 = "OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD\nKøbenhavn;1;1-9;2023;12\n"


@pytest.fixture
def own_hub(settings, tmp_path, live_server, monkeypatch, request):
    """A hub with a register on loopback and one company of its own."""
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(refresh, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(register, "TRIES", 1)
    Company.objects.create(cvr=BOEGELY, name="Bøgely")
    visit = request.getfixturevalue("visit")  # late: the folder holds the demo's password
    with cvrregister.Register([company(ANKER), company(BOEGELY, "Bøgely A/S")]) as running:
        settings.PEJL_CVR_URL = running.url
        settings.PEJL_CVR_USER, settings.PEJL_CVR_PASSWORD = cvrregister.USER, cvrregister.PASSWORD
        yield visit, running


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_company_is_fetched_with_the_keyboard_alone(width, own_hub):
    visit, _register = own_hub
    visitor = visit(width)
    visitor.sign_in("ravi")
    page = visitor.go("/indlaes/cvr/hent/")
    without_faults(visitor)
    page.focus("#id_cvr")
    page.keyboard.type("10 00 00 09")
    page.keyboard.press("Enter")
    expect(page.locator(".alert-success")).to_contain_text("Anker Design ApS")
    without_faults(visitor)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_register_that_is_down_is_said_calmly(width, own_hub):
    visit, running = own_hub
    running.troubles = [503]
    visitor = visit(width)
    visitor.sign_in("ravi")
    page = visitor.go(f"/indlaes/cvr/hent/?cvr={ANKER}")
    page.click("main button >> text=Hent fra CVR")
    expect(page.locator(".alert-warning")).to_contain_text("svarer ikke lige nu")
    expect(page.locator("#id_cvr")).to_have_value(ANKER)
    assert visitor.barriers() == ""


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_all_companies_are_refreshed_and_the_page_shows_what_changed(width, own_hub):
    visit, _register = own_hub
    visitor = visit(width)
    visitor.sign_in()
    page = visitor.go("/indlaes/cvr/")
    without_faults(visitor)
    page.click("text=Opdatér alle virksomheder")
    expect(page.locator(".alert-success")).to_contain_text("Færdig")
    expect(page.locator("table")).to_contain_text("Bøgely A/S")
    without_faults(visitor)
    visitor.go("/indlaes/cvr/")
    without_faults(visitor)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_workplaces_are_taken_in(width, own_hub, tmp_path):
    visit, _register = own_hub
    path = tmp_path / "ERHV6.csv"
    path.write_text(ERHV6, encoding="utf-8-sig")
    visitor = visit(width)
    visitor.sign_in()
    page = visitor.go("/indlaes/arbejdssteder/")
    without_faults(visitor)
    page.set_input_files("#id_file", path)
    page.click("text=Tag filen ind")
    expect(page.locator(".alert-success")).to_contain_text("2023")
    expect(page.locator("table")).to_contain_text("ERHV6.csv")
    without_faults(visitor)
