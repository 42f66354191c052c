"""Programmes in a browser: a grant from its application to its payment, a course, a warning."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from pejl_hub.companies.models import Company
from pejl_hub.programmes.models import Participation, Programme, Round
from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="phone")]


@pytest.fixture
def hub(visit):
    company = Company.objects.create(cvr="53648371", name="Nordvind ApS")
    programme = Programme.objects.create(name="SMV:Digital")
    round_ = Round.objects.create(
        programme=programme, name="2024-1", national=True, max_amount=200_000, own_share=50,
        budget=1_000_000, de_minimis=True, starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 30),
    )  # fmt: skip
    return visit, company, round_


def without_faults(visitor, *, refused=False):
    assert visitor.barriers() == ""
    assert visitor.overflow() <= 0
    if refused:  # the browser itself notes the answer 400
        assert all("400 (Bad Request)" in fault for fault in visitor.faults)
        visitor.faults.clear()
    assert visitor.faults == []


def saved(page: Page) -> None:
    expect(page.locator(".alert-success")).to_be_visible()


def decide(page: Page, button: str, why: str, amount: str | None = None) -> None:
    """Press a state's button, say who and why, and confirm."""
    page.get_by_role("link", name=button, exact=True).click()
    expect(page.locator("h1")).to_have_text(button)
    page.get_by_label("Besluttet den").fill("2024-05-10")
    if amount is not None:
        page.locator("#id_amount").fill(amount)
    page.locator("#id_decided_by").fill("Udvalget")
    page.locator("#id_why").fill(why)
    page.get_by_role("button", name=button, exact=True).click()
    saved(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_grant_goes_from_the_company_page_to_its_payment_and_one_move_back(hub, width):
    visit, _, round_ = hub
    visitor = visit(width)
    visitor.sign_in("poul")
    page = visitor.go("/virksomheder/53648371/")
    page.get_by_role("link", name="Registrér forløb eller tilskud").click()
    page.locator("#id_round").select_option(str(round_.pk))
    page.get_by_label("Tilskud", exact=True).check()
    page.locator("#id_on").fill("2024-05-02")
    page.locator("#id_amount").fill("100.000")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("#remarks")).to_contain_text("Egenfinansieringen er ikke oplyst")
    without_faults(visitor, refused=True)
    page.locator("#id_own").fill("100.000")
    page.get_by_role("button", name="Gem").click()
    saved(page)
    without_faults(visitor)
    decide(page, "Giv tilsagn", "Indstillet af udvalget", "90.000")
    decide(page, "Sæt i gang", "Aftale underskrevet")
    decide(page, "Gennemfør", "Slutrapport modtaget")
    decide(page, "Udbetal", "Regnskab godkendt", "80.000,25")
    expect(page.locator("main")).to_contain_text("80.000,25 kr.")
    without_faults(visitor)
    page.get_by_role("link", name="Fortryd den seneste flytning").click()
    without_faults(visitor)
    page.get_by_role("button", name="Fortryd flytningen").click()
    saved(page)
    made = Participation.objects.get()
    assert (made.state, made.committed_on, made.paid_amount) == (
        "completed", date(2024, 5, 10), None,
    )  # fmt: skip


def test_a_course_is_found_refused_and_the_round_copied(hub):
    visit, _, round_ = hub
    visitor = visit(WIDE)
    visitor.sign_in("poul")
    page = visitor.go(f"/programmer/runder/{round_.pk}/")
    page.get_by_role("link", name="Registrér forløb eller tilskud").click()
    page.locator("#q").press_sequentially("nordvinf")
    page.locator("#found a", has_text="Nordvind ApS").click()
    expect(page.locator("#id_round")).to_have_value(str(round_.pk))
    page.get_by_label("Forløb", exact=True).check()
    page.locator("#id_on").fill("2024-05-02")
    page.get_by_role("button", name="Gem").click()
    saved(page)
    decide(page, "Giv afslag", "Uden for formålet")
    page.locator(".crumbs a").last.click()
    expect(page.locator("h1")).to_have_text("SMV:Digital 2024-1")
    page.get_by_role("link", name="Kopiér til næste runde").click()
    expect(page.locator("#id_name")).to_have_value("2024-2")
    expect(page.locator("#id_starts_on")).to_have_value("2024-07-01")
    without_faults(visitor)
    page.get_by_role("button", name="Gem").click()
    saved(page)
    assert Round.objects.get(name="2024-2").own_share == 50
    assert Participation.objects.get().state == "refused"


def test_a_commitment_above_the_ceiling_is_stopped_in_plain_words(hub):
    visit, company, round_ = hub
    Round.objects.update(max_amount=None, own_share=None, budget=None)
    common = {"company": company, "round": round_, "form": "grant", "stated_on": date(2024, 5, 2)}
    Participation.objects.create(
        **common, state="paid", committed_on=date(2024, 5, 2), committed_amount=Decimal(2_200_000)
    )
    asked = Participation.objects.create(**common, state="applied", applied_amount=Decimal(100_000))
    visitor = visit(WIDE)
    visitor.sign_in("poul")
    page = visitor.go(f"/programmer/deltagelser/{asked.pk}/committed/")
    page.locator("#id_on").fill("2024-05-10")
    page.locator("#id_why").fill("Indstillet")
    page.get_by_role("button", name="Giv tilsagn").click()
    expect(page.locator("#remarks")).to_contain_text("over loftet på 300.000 EUR")
    without_faults(visitor, refused=True)
    page.locator("#id_amount").fill("1.000")
    page.get_by_role("button", name="Giv tilsagn").click()
    expect(page.locator("#remarks")).to_contain_text("tæt på loftet")
    page.get_by_role("button", name="Gem alligevel").click()
    saved(page)
    asked.refresh_from_db()
    assert (asked.state, asked.committed_amount) == ("committed", 1000)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_for_all_at_both_widths(hub, width):
    visit, company, round_ = hub
    made = Participation.objects.create(
        company=company, round=round_, form="grant", state="applied", stated_on=date(2024, 5, 2),
        applied_amount=Decimal(100_000),
    )  # fmt: skip
    visitor = visit(width)
    visitor.sign_in("poul")
    one, programme = f"/programmer/deltagelser/{made.pk}/", f"/programmer/{round_.programme_id}/"
    for path in (
        "/programmer/", "/programmer/nyt/", programme, f"{programme}ret/", f"{programme}runde/",
        f"/programmer/runder/{round_.pk}/", f"/programmer/runder/{round_.pk}/ret/",
        "/programmer/deltagelser/ny/?q=nord", one, f"{one}ret/", f"{one}committed/",
        f"{one}withdrawn/",
    ):  # fmt: skip
        visitor.go(path)
        without_faults(visitor)
