"""A referral in the browser, from the company's page until it is closed, at both widths."""

import pytest
from playwright.sync_api import expect

from pejl_hub.accounts.models import User
from pejl_hub.referrals.models import Letter, Referral
from tests.browser.conftest import NARROW, WIDE
from tests.unit.referrals.drawn import outside, talk


def without_faults(visitor):
    assert visitor.barriers() == ""
    assert visitor.faults == []
    assert visitor.overflow() == 0


def saved(page):
    expect(page.locator(".alert-success")).to_be_visible()


@pytest.fixture
def hub(visit):
    outside("Vest Advokater", by=User.objects.get(username="ravi"), email="post@vest.example")
    return visit, talk()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_client_is_referred_sent_on_and_helped(hub, width):
    visit, guidance = hub
    visitor = visit(width)
    visitor.sign_in("ravi")

    # An adviser who is not in the registry yet.
    page = visitor.go("/raadgivere/")
    without_faults(visitor)
    page.get_by_role("link", name="Tilføj en rådgiver").click()
    page.get_by_label("Navn").fill("Øst Revision A/S")
    page.locator("#id_kind").select_option("private")
    page.get_by_label("E-mail").fill("post@revision.example")
    page.locator("#id_active_from").fill("2024-01-01")
    page.get_by_label("Jura og aftaler").check()
    without_faults(visitor)
    page.get_by_role("button", name="Gem").click()
    saved(page)
    without_faults(visitor)

    # From the company's page; without consent it is not sent.
    visitor.go(f"/virksomheder/{guidance.company.cvr}/")
    page.get_by_role("link", name="Henvis til en rådgiver").click()
    expect(page.locator("#id_given_by")).to_be_hidden()
    page.locator("#id_provider").select_option(index=1)
    page.locator("#id_provider").select_option(label="Øst Revision A/S · privat · Jura og aftaler")
    page.locator("#id_why").select_option("specialist")
    page.locator("#id_purpose").fill("Regnskab for en webshop")
    without_faults(visitor)
    page.get_by_role("button", name="Send henvisningen").click()
    expect(page.get_by_text("Uden samtykke kan den ikke sendes")).to_be_visible()
    assert "400" in visitor.faults.pop()  # the browser notes that the form was refused
    without_faults(visitor)
    page.get_by_label("Klienten har givet samtykke til henvisningen").check()
    page.locator("#id_given_by").fill("Bodil Bager")
    page.get_by_label("Hvad der er brug for hjælp til").check()
    without_faults(visitor)
    page.get_by_role("button", name="Send henvisningen").click()
    saved(page)
    without_faults(visitor)

    # The e-mail is read, and sent by a click.
    page.get_by_role("link", name="Skriv til rådgiveren").click()
    expect(page.locator(".referral-letter")).to_contain_text("Regnskab for en webshop")
    without_faults(visitor)
    assert Letter.objects.count() == 0
    page.get_by_role("button", name="Send e-mailen").click()
    saved(page)
    assert Letter.objects.count() == 1

    # Declined, sent to another, closed, and the closing undone.
    visitor.go("/henvisninger/venter/")
    without_faults(visitor)
    page.locator("#list-results td a").first.click()
    page.get_by_role("link", name="Registrér svaret").click()
    page.get_by_label("Nej, de tager den ikke").check()
    without_faults(visitor)
    page.get_by_role("button", name="Gem").click()
    saved(page)
    page.get_by_role("link", name="Send til en anden").click()
    page.locator("#id_provider").select_option(label="Vest Advokater · privat · Jura og aftaler")
    page.locator("#id_note").fill("Har ikke tid")
    page.locator("#id_given_by").fill("Bodil Bager")
    without_faults(visitor)
    page.get_by_role("button", name="Send").click()
    saved(page)
    page.get_by_role("link", name="Afslut").click()
    page.get_by_label("Klienten fik hjælp").check()
    page.locator("#id_note").fill("Fik lavet regnskabet")
    without_faults(visitor)
    page.get_by_role("button", name="Afslut").click()
    saved(page)
    without_faults(visitor)
    page.get_by_role("link", name="Fortryd seneste skridt").click()
    without_faults(visitor)
    page.get_by_role("button", name="Fortryd").click()
    saved(page)
    referral = Referral.objects.get()
    assert (referral.state, referral.recipient) == ("sent", "Vest Advokater")
    visitor.go(f"/vejledninger/{guidance.pk}/")
    page.get_by_role("link", name="Vest Advokater").click()
    expect(page.locator("h1")).to_have_text("Henvisning til Vest Advokater")
