"""A whole import in the browser: choose, look through, confirm, see the figure move, undo."""

import pytest
from playwright.sync_api import expect

from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from tests.browser.conftest import NARROW, WIDE, without_faults

COMPANIES = """\
SmvId;CVR;PNummer;Navn;Adresse;Postnr;By;Kommune;Branchekode;Virksomhedsform;Stiftet;AntalAnsatte;Reklamebeskyttet;Oprettet
SMV1;10000009;;Anker Design ApS;;;;101;702200;ApS;18-05-2003;2;Nej;03-01-2022
SMV2;10000025;;Bøgely A/S;;;;Ballerup;561010;A/S;13-06-1998;12;Nej;03-01-2022
"""
# Two held specialised guidances; the third stands on a day that does not exist.
GUIDANCES = """\
VejledningId;Dato;Klient;Type;Kanal;Status;Segment;AnsatteVedVejledning;Kommune;Prioritetsområde;Vejleder;VarighedMin;SendtTilEvaluering;Registreret
V1;10-01-2024;SMV1;Specialiseret;Fysisk;Gennemført;Iværksætter;2;101;Digitalisering;v01;60;;11-01-2024
V2;01-02-2024;SMV2;Specialiseret;Virtuel;Gennemført;Vækst;12;151;Digitalisering;v01;60;;02-02-2024
V3;31-02-2024;SMV2;Specialiseret;Virtuel;Gennemført;Vækst;12;151;Digitalisering;v01;60;;02-02-2024
"""


@pytest.fixture
def own_hub(settings, tmp_path, live_server, monkeypatch, request):
    """An empty hub that counts its own records, and imports at once."""
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    for name, text in (("virksomheder.csv", COMPANIES), ("vejledninger.csv", GUIDANCES)):
        (tmp_path / name).write_text(text, encoding="cp1252")
    visit = request.getfixturevalue("visit")  # late: the folder holds the demo's password
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    return visit


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, True), (WIDE, False)])
def test_an_import_moves_the_figure_and_undoing_it_moves_it_back(width, scripts, own_hub, tmp_path):
    visitor = own_hub(width, scripts=scripts)
    page = visitor.page
    check = without_faults if scripts else lambda _: None
    visitor.sign_in()
    visitor.go("/indlaes/")
    check(visitor)
    page.click("text=Indlæs et udtræk")
    check(visitor)
    page.set_input_files("#files", [tmp_path / "virksomheder.csv", tmp_path / "vejledninger.csv"])
    page.click("text=Se det igennem")
    expect(page.locator(".pile-new strong")).to_have_text("4")
    expect(page.locator(".pile-refused strong")).to_have_text("1")
    expect(page.locator(".reason")).to_contain_text("31-02-2024")
    check(visitor)
    page.click("text=Indlæs 4 rækker")
    expect(page.locator(".alert-success")).to_contain_text("Indlæst")
    check(visitor)
    page.click("text=Gå til overblikket")
    expect(row_of(page)).to_contain_text("2 vejledninger")
    page.go_back()
    page.click("text=Fortryd indlæsningen")
    check(visitor)
    page.click("button >> text=Fortryd indlæsningen")
    expect(page.locator(".alert-info").last).to_contain_text("Fortrudt")
    visitor.go("/")
    expect(row_of(page)).to_contain_text("0 vejledninger")


def row_of(page):
    return page.locator("tr", has=page.get_by_role("link", name="1-1 vejledninger"))
