"""Recording guidance at the desk: how few touches it takes, by keyboard alone, and never lost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pejl_hub.accounts.actions import demo_password
from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize
from pejl_hub.guidance.models import Guidance
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from tests.browser.conftest import NARROW, WIDE

IN_THE_CONTRACT = "2024-06-12"
DESK, NEW = "/skrivebord/", "/vejledninger/ny/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def company(transactional_db):
    made = Company.objects.create(cvr="53648371", name="Nordvind Energi ApS")
    held = {"company": made, "from_date": date(2023, 1, 1), "source": "cvr"}
    CompanySize.objects.create(**held, employees=12)
    CompanyMunicipality.objects.create(**held, municipality="151")
    day = date(2024, 2, 1)
    Guidance.objects.create(
        company=made, held_on=day, recorded_on=day, type="specialised", state="held",
        segment="growth", employees=12, municipality="151", adviser="Ravi Nair",
    )  # fmt: skip
    return made


@pytest.fixture
def ravi(visit, company):
    def at(width=WIDE, **options):
        visitor = visit(width, **options)
        visitor.sign_in("ravi")
        return visitor

    return at


class Hand:
    """Every touch is counted: a tap, a field filled, a value chosen."""

    def __init__(self, page):
        self.page, self.touches = page, 0

    def __getattr__(self, name):
        def touch(selector, *said):
            self.touches += 1
            return getattr(self.page, name)(selector, *said)

        return touch


def counted(visitor, goal):
    page = visitor.go(f"/maal/{goal}/?dato=2024-12-31")
    return int(page.locator(".facts .big").first.inner_text().replace(".", "").split()[0])


def is_sound(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0


def kept(page):
    return page.evaluate("JSON.stringify(localStorage)")


def test_a_known_company_takes_eight_touches_and_the_status_moves(ravi, monkeypatch):
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    visitor = ravi()
    before = counted(visitor, "guidance")
    hand = Hand(visitor.go(DESK))
    hand.click(".desk-door")
    hand.fill("#id_who", "nordvind")
    hand.click("#whom-found li")
    expect(visitor.page.locator(".whom-chosen")).to_contain_text("12 ansatte")
    expect(visitor.page.get_by_label("Vækstvirksomhed")).to_be_checked()
    hand.fill("#id_held_on", IN_THE_CONTRACT)
    hand.click(".chip:has-text('60 min.')")
    hand.select_option("#id_need", "export")
    hand.select_option("#id_outcome", "plan")
    hand.click("text=Gem som afholdt")
    expect(visitor.page.locator("h1")).to_have_text("Nordvind Energi ApS")
    assert hand.touches <= 8
    made = Guidance.objects.latest("pk")
    assert (made.state, made.need, made.outcome, made.minutes) == ("held", "export", "plan", 60)
    assert (made.segment, made.employees, made.municipality) == ("growth", 12, "151")
    assert made.recorded_late
    assert counted(visitor, "guidance") == before + 1
    assert "vejledning" in visitor.page.content()


def test_a_person_without_a_number_takes_twelve_touches_and_the_status_moves(ravi, monkeypatch):
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    visitor = ravi()
    before = counted(visitor, "orientation")
    hand = Hand(visitor.go(DESK))
    hand.click(".desk-door")
    hand.click("text=Personen har intet CVR-nummer")
    hand.fill("#id_person_name", "Petra Lind")
    hand.fill("#id_person_email", "petra@lind.dk")
    hand.select_option("#id_municipality", "101")
    hand.fill("#id_held_on", IN_THE_CONTRACT)
    hand.click(".chip:has-text('Orienterende')")
    hand.click(".chip:has-text('Telefon')")
    hand.click(".chip:has-text('30 min.')")
    hand.select_option("#id_need", "start")
    hand.select_option("#id_next_step", "new_talk")
    hand.click("text=Gem som afholdt")
    expect(visitor.page.locator("h1")).to_have_text("Petra Lind")
    assert hand.touches <= 12
    made = Guidance.objects.latest("pk")
    assert (made.segment, made.municipality, made.channel) == ("pre_starter", "101", "phone")
    assert counted(visitor, "orientation") == before + 1


def tab_to(page, selector):
    for _ in range(60):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise LookupError(selector)


def test_the_keyboard_alone_is_enough(ravi):
    visitor = ravi()
    page, keys = visitor.go(DESK), visitor.page.keyboard
    tab_to(page, ".desk-door")
    keys.press("Enter")
    page.wait_for_selector("#id_who")
    expect(page.locator("#id_who")).to_be_focused()
    keys.type("nordvnd")
    page.wait_for_selector("#whom-found li[data-key]")
    keys.press("Escape")
    expect(page.locator("#whom-found")).to_be_hidden()
    keys.press("ArrowDown")
    page.wait_for_selector("#whom-found li[data-key]")
    if page.locator("#whom-found [aria-selected=true]").count() == 0:
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator(".whom-chosen")).to_contain_text("Nordvind")
    expect(page.locator("[name=type]:checked")).to_be_focused()
    tab_to(page, "[name=minutes]")
    keys.press("Space")
    tab_to(page, "#id_need")
    keys.type("Eksport")
    tab_to(page, "button[value=held]")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Nordvind Energi ApS")
    made = Guidance.objects.latest("pk")
    assert (made.need, made.minutes, made.held_on) == ("export", 15, timezone.localdate())


def test_a_draft_outlives_an_expired_sign_in_and_goes_when_it_is_stored(ravi):
    visitor = ravi()
    page = visitor.go(f"{NEW}?client=company-{Company.objects.get().pk}")
    page.select_option("#id_need", "export")
    page.click(".chip:has-text('90 min.')")
    page.context.clear_cookies(name="sessionid")
    page.click("text=Gem som afholdt")
    page.wait_for_url("**/log-ind/**")
    page.fill("#id_username", "ravi")
    page.fill("#id_password", demo_password())
    page.click(".sign-in-form button")
    page.wait_for_url(f"**{NEW}**")
    expect(page.locator("[data-draft-offer]")).to_contain_text("blev ikke gemt")
    page.click("text=Hent det frem")
    expect(page.locator(".whom-chosen")).to_contain_text("Nordvind")
    expect(page.locator("#id_need")).to_have_value("export")
    page.click("text=Gem som afholdt")
    expect(page.locator("h1")).to_have_text("Nordvind Energi ApS")
    assert Guidance.objects.latest("pk").minutes == 90
    page.wait_for_function("localStorage.length === 0")


def test_without_a_connection_nothing_is_lost_and_a_cpr_number_is_never_kept(ravi):
    visitor = ravi(NARROW)
    page = visitor.go(f"{NEW}?ny=person")
    page.fill("#id_person_email", "petra@lind.dk")
    page.fill("#id_person_name", "Petra 251299-1234")
    assert "petra@lind.dk" in kept(page)
    assert "1234" not in kept(page)
    page.fill("#id_person_name", "Petra Lind")
    page.context.set_offline(True)
    page.click("text=Gem som afholdt")
    expect(page.locator("[data-draft-offline]")).to_be_visible()
    assert visitor.barriers() == ""
    assert Guidance.objects.filter(person__isnull=False).count() == 0
    page.context.set_offline(False)
    expect(page.locator("[data-draft-offline]")).to_be_hidden()
    page.click("text=Gem som afholdt")
    expect(page.locator("h1")).to_have_text("Petra Lind")
    page.wait_for_function("localStorage.length === 0")


def test_without_scripts_whom_is_found_in_two_steps(ravi):
    visitor = ravi(NARROW, scripts=False)
    page = visitor.go(NEW)
    page.fill("#id_who", "nordvind")
    page.click("text=Find")
    page.check(".whom-choose input")
    page.click("text=Find")
    expect(page.locator(".whom-chosen")).to_contain_text("12 ansatte")
    page.click("text=Gem som afholdt")
    expect(page.locator("h1")).to_have_text("Nordvind Energi ApS")
    assert Guidance.objects.latest("pk").segment == "growth"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_guidance_may_be_used_by_all(ravi, company, width):
    today = timezone.localdate()
    for days in (1, 0, -2):
        Guidance.objects.create(
            company=company, held_on=today - timedelta(days=days), recorded_on=today,
            type="specialised", state="planned", segment="growth", adviser="Ravi Nair",
            recorded_by="ravi", next_step="follow_up", next_step_on=today,
        )  # fmt: skip
    first = Guidance.objects.filter(state="planned").earliest("held_on")
    visitor = ravi(width)
    own = f"/vejledninger/{first.pk}/"
    for path in (
        DESK, f"{NEW}?client=company-{company.pk}", f"{NEW}?ny=person", f"{NEW}?cvr=10150817",
        own, f"{own}ret/", f"{own}traek-tilbage/",
    ):  # fmt: skip
        visitor.go(path)
        is_sound(visitor)
    page = visitor.go(NEW)
    page.fill("#id_who", "nordvind")
    page.wait_for_selector("#whom-found li[data-key]")
    is_sound(visitor)
    page = visitor.go(f"{own}traek-tilbage/")
    page.fill("#id_why", "Registreret to gange")
    page.click("main >> button >> text=Træk vejledningen tilbage")
    expect(page.locator(".alert-warning")).to_contain_text("Registreret to gange")
    is_sound(visitor)
    page.click("text=Lad den tælle igen")
    page.click("main >> button >> text=Afholdt")
    expect(page.locator(".lead")).to_contain_text("Afholdt")
    is_sound(visitor)
