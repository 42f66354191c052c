"""The room of personal data, used by eye and keyboard; axe finds nothing."""

from datetime import date

import pytest
from playwright.sync_api import expect

from pejl_hub.companies.models import Person
from pejl_hub.guidance.models import Guidance
from tests.browser.conftest import NARROW, WIDE


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.PEJL_BACKUPS = tmp_path / "backups"


@pytest.fixture
def bo(db):
    found = Person.objects.create(name="Bo Brun", email="bo@brun.dk", created_on=date(2015, 1, 1))
    Guidance.objects.create(person=found, held_on=date(2016, 1, 1), type="orienting", state="held")
    return found


@pytest.fixture
def sound():
    def is_sound(visitor):
        assert visitor.barriers() == ""
        assert visitor.faults == []
        assert visitor.overflow() == 0
        return visitor.page

    return is_sound


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_person_is_found_read_and_erased(visit, sound, bo, width):
    visitor = visit(width)
    visitor.sign_in("alice")
    page = visitor.go("/privatliv/")
    sound(visitor).get_by_role("link", name="Find en person").click()
    sound(visitor).get_by_label("Navn, e-mailadresse eller nummer").fill("brun")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Bo Brun")).to_be_visible()
    sound(visitor).get_by_role("link", name="Bo Brun").click()
    expect(sound(visitor).get_by_role("link", name="Personens indsigt")).to_be_visible()
    page.get_by_role("link", name="Slet …").click()
    expect(page.get_by_role("heading", name="Skal personen slettes?")).to_be_visible()
    sound(visitor).get_by_label("Begrundelse").fill("Bad om det i brev af 1. maj.")
    page.get_by_text("Jeg ved, at").click()
    page.get_by_role("button", name="Slet").click()
    expect(page.get_by_text("Alle tal er, som de var.")).to_be_visible()
    expect(sound(visitor).get_by_text("Alle tal er, som de var.")).to_be_visible()
    bo.refresh_from_db()
    assert bo.name == "(slettet)"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_two_people_agree_on_what_goes(visit, sound, bo, width):
    visitor = visit(width)
    visitor.sign_in("alice")
    page = visitor.go("/privatliv/opbevaring/")
    sound(visitor).get_by_role("link", name="Se, hvad der er forfaldent").click()
    expect(sound(visitor).get_by_text("En kørsel i dag ville tage 1 række.")).to_be_visible()
    page.get_by_role("button", name="Bestil kørslen").click()
    expect(page.get_by_text("En anden skal godkende den.").first).to_be_visible()
    expect(sound(visitor).get_by_text("En anden skal godkende den.").first).to_be_visible()
    expect(page.get_by_role("button", name="Godkend og kør")).to_have_count(0)
