"""A month is closed, moved, proved and opened again, by keyboard and eye; axe finds nothing."""

from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from pejl_hub.closing.models import Close
from pejl_hub.communication.models import NewsletterLevel
from pejl_hub.core.actions import bump_revision
from tests.browser.conftest import NARROW, WIDE


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_month_is_signed_moved_proved_and_opened_by_two_people(visit, width, transactional_db):
    NewsletterLevel.objects.create(measured_on=date(2023, 12, 31), subscribers=100)
    NewsletterLevel.objects.create(measured_on=date(2024, 1, 20), subscribers=150)
    visitor = visit(width)

    def is_sound(page):
        assert visitor.barriers() == ""
        assert visitor.faults == []
        assert visitor.overflow() == 0
        return page

    visitor.sign_in("alice")
    page = is_sound(visitor.go("/afslutning/"))
    page.get_by_role("link", name="Afslut januar 2024").click()
    is_sound(page).get_by_role("button", name="Underskriv og afslut").click()
    expect(page.get_by_text("Underskrevet af Alice Lund")).to_be_visible()
    is_sound(page).get_by_role("button", name="Efterprøv tallene").click()
    expect(page.get_by_text("byte for byte")).to_be_visible()

    NewsletterLevel.objects.create(measured_on=date(2024, 1, 25), subscribers=170)
    with transaction.atomic():
        bump_revision()
    close = Close.objects.get()
    page = visitor.go(f"/afslutning/{close.pk}/bevaegelser/?dato=2024-01-31")
    page.get_by_text("Registreret sent").first.click()
    expect(page.get_by_text("+20").first).to_be_visible()
    is_sound(page)

    visitor.go(f"/afslutning/{close.pk}/genaabn/")
    page.fill("#reason", "Importen manglede")
    is_sound(page).get_by_role("button", name="Bed om det").click()
    expect(page.get_by_text("En anden end den")).to_be_visible()
    other = visit(width)
    other.sign_in("dorte")
    page = other.go(f"/afslutning/{close.pk}/")
    assert other.barriers() == ""
    page.get_by_role("button", name="Genåbn").click()
    expect(page.get_by_text("Genåbnet").first).to_be_visible()
