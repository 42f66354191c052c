"""Outreach in the browser: from a campaign to a list, through the gate, to calls that count."""

from datetime import date

import pytest
from playwright.sync_api import expect

from pejl_hub.closing.models import Close
from pejl_hub.outreach.models import Approach, Campaign, Candidate, ContactBasis
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from tests.browser.conftest import NARROW, WIDE, without_faults
from tests.spec.outreach.conftest import draw

WIDTHS = [WIDE, NARROW]


@pytest.fixture
def own_hub(settings, tmp_path, live_server, monkeypatch, request):
    """A hub with the drawn companies, that counts its own records."""
    settings.DATA = tmp_path
    visit = request.getfixturevalue("visit")  # late: the folder holds the demo's password
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    draw()
    return visit


def make_campaign(page):
    page.click("text=Ny kampagne")
    page.fill("#id_name", "Ballerup i marts")
    page.select_option("#id_municipality", "151")
    page.fill("#id_local_service", "Ballerup Erhverv")
    page.fill("#id_starts_on", "2024-03-01")
    page.fill("#id_ends_on", "2024-06-30")
    page.fill("#id_goal", "10")


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, True), (WIDE, False)])
def test_a_campaign_finds_its_companies_opens_the_gate_calls_and_counts(own_hub, width, scripts):
    visitor = own_hub(width, scripts=scripts)
    check = without_faults if scripts else lambda _: None
    visitor.sign_in("ravi")
    page = visitor.go("/opsoegende/")
    check(visitor)
    make_campaign(page)
    check(visitor)
    page.click("button >> text=Gem")
    expect(page.locator("h1")).to_have_text("Ballerup i marts")
    check(visitor)
    # The list: nobody is on it before it is said, and unknown sizes stand apart.
    page.locator(".outreach-head >> text=Find virksomheder").click()
    page.click("button >> text=Find")
    expect(page.locator("#fitting")).to_have_text("4 virksomheder passer")
    expect(page.locator("#unknown")).to_have_text("1 virksomhed af ukendt størrelse")
    check(visitor)
    page.click("text=Sæt 4 virksomheder på listen")
    expect(page.locator(".alert-success")).to_contain_text("4 virksomheder er sat på listen")
    expect(page.locator("tr.is-locked")).to_have_count(2)
    check(visitor)
    # The gate: no contact before the basis is recorded.
    page.locator("tr", has_text="Cirkel").get_by_role("link", name="Registrér grundlag").click()
    check(visitor)
    page.select_option("#id_kind", "consent")
    page.fill("#id_text", "Direktøren sagde ja i mail")
    page.fill("#id_dated_on", "2024-03-01")
    page.click("button >> text=Registrér grundlaget")
    expect(page.locator(".call-contacts")).to_contain_text("cirkel@x.dk")
    check(visitor)
    # The call: one tap, then the next company.
    on_day(page, "2024-03-12")
    page.fill("#id_note", "Vil høre om eksport")
    page.click("button >> text=Vejledning aftalt")
    expect(page.locator(".alert-success >> text=Planlæg vejledningen")).to_have_attribute(
        "href", "/vejledninger/ny/?cvr=10000033"
    )
    check(visitor)
    expect(page.locator("h1")).to_have_text("Bøg")
    on_day(page, "2024-03-12")
    page.click("button >> text=Interesseret >> nth=-1")
    expect(page.locator("h1")).to_have_text("Hav")
    page.locator(".crumbs a").click()
    expect(page.locator(".outreach-contract")).to_contain_text(
        "2 virksomheder fra denne kampagne, ved 2 kontakter"
    )
    expect(page.locator(".outreach-number").first).to_contain_text("2")
    check(visitor)
    visitor.go("/?dato=2024-12-31")
    name = "Virksomheder i den opsøgende indsats"
    row = page.locator("tr", has=page.get_by_role("link", name=name))
    expect(row).to_contain_text("2 virksomheder")
    assert Approach.objects.get(cvr="10000033").basis == ContactBasis.objects.get()


def on_day(page, day):
    page.click("summary")
    page.fill("#id_contacted_on", day)


@pytest.fixture
def campaign(own_hub, django_user_model):
    """A campaign of Ravi's with a free and a protected company on its list."""
    from pejl_hub.accounts.models import User
    from pejl_hub.companies.models import Company

    ravi = User.objects.get(username="ravi")
    made = Campaign.objects.create(
        name="Ballerup",
        municipality="151",
        local_service="Ballerup Erhverv",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 6, 30),
        owner=ravi,
    )
    for name in ("Bøg", "Cirkel"):
        company = Company.objects.get(name=name)
        Candidate.objects.create(
            campaign=made, company=company, municipality="151", employees=5, added_by=ravi
        )
    return made


@pytest.mark.parametrize("width", WIDTHS)
def test_the_call_list_is_worked_by_keyboard_alone(own_hub, campaign, width):
    visitor = own_hub(width)
    visitor.sign_in("ravi")
    page = visitor.go(f"/opsoegende/{campaign.pk}/ring/")
    page.focus("#id_note")
    page.keyboard.type("Ringer igen")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for _ in range(6):  # past the parts of the date, whatever the browser's picker has
        if page.evaluate("document.activeElement.name") == "outcome":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ikke flere at ringe til i dag")
    without_faults(visitor)
    made = Approach.objects.get()
    assert (made.outcome, made.note) == ("not_reached", "Ringer igen")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_locked_company_has_no_contacts_and_no_buttons_on_its_page(own_hub, campaign, width):
    visitor = own_hub(width)
    visitor.sign_in("ravi")
    cirkel = campaign.candidates.get(company__name="Cirkel")
    page = visitor.go(f"/opsoegende/virksomhed/{cirkel.pk}/ring/")
    expect(page.locator(".alert-warning")).to_contain_text("reklamebeskyttet")
    expect(page.locator("button[name=outcome]")).to_have_count(0)
    assert "cirkel@x.dk" not in page.content()
    without_faults(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_call_in_a_closed_month_asks_why_and_is_corrected_and_taken_out(own_hub, campaign, width):
    visitor = own_hub(width)
    first, last = date(2024, 3, 1), date(2024, 3, 31)
    Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    visitor.sign_in("ravi")
    page = visitor.go(f"/opsoegende/{campaign.pk}/ring/")
    page.fill("#id_note", "Husk det")
    on_day(page, "2024-03-12")
    page.click("button >> text=Ikke interesseret")
    expect(page.locator("#id_reason")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("Husk det")
    without_faults(visitor, refused=True)
    page.fill("#id_reason", "Glemt")
    page.click("button >> text=Ikke interesseret")
    expect(page.locator(".alert-success")).to_contain_text("Bøg")
    visitor.go("/opsoegende/henvendelser/?q=bøg")
    without_faults(visitor)
    page.click("tbody a")
    without_faults(visitor)
    page.fill("#id_note", "Rettet")
    page.fill("#id_contacted_on", "2024-04-02")
    page.click("button >> text=Gem")
    page.fill("#id_reason", "Forkert dag")
    page.click("button >> text=Gem")
    expect(page.locator(".alert-success")).to_contain_text("Gemt")
    page.click("tbody a")
    page.click("text=Tag den ud")
    without_faults(visitor, refused=True)
    page.click("button >> text=Tag den ud")
    expect(page.locator(".alert-success")).to_be_visible()
    assert Approach.objects.count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_downloaded_file_leaves_the_contacts_of_locked_rows_out(
    own_hub, campaign, width, tmp_path
):
    visitor = own_hub(width)
    visitor.sign_in("ravi")
    page = visitor.go(f"/opsoegende/{campaign.pk}/")
    with page.expect_download() as waiting:
        page.click("text=CSV")
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "bøg@x.dk" in text
    assert "Cirkel" in text
    assert "cirkel@x.dk" not in text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["ret/", "virksomheder/?kommune=151&ansatte=0", "?vis=laast"])
def test_the_other_pages_are_without_barriers(own_hub, campaign, width, address):
    visitor = own_hub(width)
    visitor.sign_in("ravi")
    visitor.go(f"/opsoegende/{campaign.pk}/{address}")
    without_faults(visitor)
