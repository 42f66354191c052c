"""Figures from others in a browser: typed, from a file, explained beside ours, withdrawn."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pejl_hub.companies.models import Person
from pejl_hub.evaluation import views
from pejl_hub.evidence.models import ReportedFigure
from pejl_hub.guidance.models import Guidance
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from pejl_hub.surveys.models import Answer
from tests.browser.conftest import NARROW, WIDE

PAGES = [
    "/evaluering/",
    "/evaluering/tal/",
    "/evaluering/tal/indtast/",
    "/evaluering/tal/fil/",
    "/evaluering/kendskab/",
    "/evaluering/mine-svar/",
    "/evaluering/tilmelding/",
    "/evaluering/tekster/",
    "/maal/nps_growth/",
    "/effekt/",
    "/effekt/ny/",
]
MANY = 40


@pytest.fixture(autouse=True)
def june(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2024, 6, 30))
    monkeypatch.setattr(views, "ensure_snapshot", ensure_snapshot)


@pytest.fixture
def answers(visit, monkeypatch):
    """Forty people in two teams; every fifth did not answer, and one team is too small."""
    # After the visitor's own drawn year: here the real records are counted.
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    person = Person.objects.create(name="Petra", email="petra@example.org")
    day = date(2024, 5, 14)
    for number in range(MANY):
        guidance = Guidance.objects.create(
            person=person, type="specialised", state="held", segment="growth", held_on=day,
            recorded_on=day, employees=number % 12, municipality="151" if number % 2 else "101",
            team="Vækst" if number > 2 else "Grøn", adviser="Ravi Nair", priority_area="Eksport",
        )  # fmt: skip
        said = bool(number % 5)
        Answer.objects.create(
            guidance=guidance, segment="growth", invited_on=date(2024, 6, 1),
            answered_on=date(2024, 6, 3) if said else None, nps=10 - number % 4 if said else None,
            referral_used=number % 2 == 0 if said else None,
        )  # fmt: skip


def test_a_typed_figure_is_explained_beside_ours_and_withdrawn_again(visit, answers):
    alice = visit()
    alice.sign_in()
    page = alice.go("/evaluering/tal/")
    page.get_by_role("link", name="Indtast et tal").click()
    page.get_by_label("Mål", exact=True).select_option("nps_growth")
    page.get_by_label("Tal", exact=True).fill("40")
    page.get_by_label("Antal svar (n)").fill("60")
    page.get_by_label("Hvem der har målt").fill("Erhvervsstyrelsen")
    page.get_by_label("Svar i hver gruppe").fill("0=30; 2-4")
    page.get_by_role("button", name="Gem tallet").click()
    expect(page.get_by_role("alert")).to_contain_text("the mix")
    expect(page.get_by_label("Hvem der har målt")).to_have_value("Erhvervsstyrelsen")
    page.get_by_label("Svar i hver gruppe").fill("0=30; 2-4=30")
    page.get_by_role("button", name="Gem tallet").click()
    expect(page.get_by_role("cell", name="Erhvervsstyrelsen")).to_be_visible()
    page = alice.go("/evaluering/")
    beside = page.locator(".beside")
    expect(beside).to_contain_text("Målt af Erhvervsstyrelsen")
    expect(beside).to_contain_text("95 procents interval for forskellen")
    expect(beside).to_contain_text("Med deres fordeling")
    beside.get_by_role("link", name="Alle tal fra andre").click()
    page.get_by_role("link", name="Træk tilbage").click()
    page.get_by_label("Hvorfor tallet trækkes tilbage").fill("Tastefejl")
    page.get_by_role("button", name="Træk tilbage").click()
    expect(page.get_by_text("Trukket tilbage af alice")).to_be_visible()
    assert [one for one in alice.faults if "400 (Bad Request)" not in one] == []
    assert ReportedFigure.objects.get().withdrawn_why == "Tastefejl"


def test_a_file_is_taken_in_without_javascript_on_a_phone(visit, answers, tmp_path):
    file = tmp_path / "tal.csv"
    file.write_text(
        "goal,measured_on,value,n\nawareness,2023-05-01,44,900\nawareness,2024-05-01,47,950\n"
    )
    alice = visit(NARROW, scripts=False)
    alice.sign_in()
    page = alice.go("/evaluering/tal/fil/")
    page.get_by_label("Filen").set_input_files(file)
    page.get_by_label("Hvem der har målt").fill("Opdigtet Analyse")
    page.get_by_role("button", name="Indlæs").click()
    expect(page.get_by_text("2 tal blev indlæst.")).to_be_visible()
    page = alice.go("/evaluering/kendskab/")
    expect(page.locator(".years-point")).to_have_count(2)
    assert alice.overflow() == 0


def test_a_team_of_few_answers_is_withheld_on_the_goals_page_too(visit, answers):
    alice = visit()
    alice.sign_in()
    for path in ("/evaluering/", "/maal/nps_growth/"):
        rows = alice.go(path).locator("tr", has_text="Grøn")
        expect(rows.filter(has_text="for få svar").first).to_be_attached()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_the_evaluation_is_open_to_all(visit, answers, width):
    for year, value in ((2022, 42), (2023, 45)):
        ReportedFigure.objects.create(
            goal="awareness", measured_on=date(year, 5, 1), value=value, n=900, interval_low=40,
            interval_high=48, interval_by="source", reported_by="Analyse", method="Panel",
        )  # fmt: skip
    kept = ReportedFigure.objects.create(
        goal="nps_growth", measured_on=date(2024, 6, 1), value=60, n=90, reported_by="Styrelsen"
    )
    alice = visit(width)
    alice.sign_in()
    for path in [*PAGES, f"/evaluering/tal/{kept.pk}/traek-tilbage/"]:
        alice.go(path)
        assert (path, alice.barriers()) == (path, "")
        assert (path, alice.faults) == (path, [])
        assert (path, alice.overflow()) == (path, 0)
