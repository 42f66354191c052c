"""The user evaluation from end to end, on a phone: asked by e-mail, answered once, counted."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pejl_hub.companies.models import Person
from pejl_hub.guidance.models import Guidance
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.sending import send_due
from pejl_hub.surveys.models import Answer, Message
from tests.browser.conftest import NARROW
from tests.mailserver import MailServer

ASKED_ON, REMINDED_ON = date(2024, 6, 3), date(2024, 6, 10)
GROWTH = "/maal/nps_growth/?dato=2024-06-30"
REFERRALS = "/maal/referral_use/?dato=2024-06-30"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def mail_server(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server


@pytest.fixture
def phone(visit, mail_server, live_server, settings, monkeypatch):
    """Petra's phone, without JavaScript, in June 2024; the pages count the real records."""
    settings.PEJL_URL = str(live_server)
    monkeypatch.setattr(timezone, "localdate", lambda *_: ASKED_ON)
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    for name in ("petra", "silent"):
        Guidance.objects.create(
            person=Person.objects.create(name=name, email=f"{name}@example.org"),
            type="specialised",
            state="held",
            segment="growth",
            recorded_on=date(2024, 5, 14),
            held_on=date(2024, 5, 14),
        )
    return visit(NARROW, scripts=False)


def test_the_whole_path_on_a_phone_without_javascript(phone, visit, mail_server, live_server):
    controller = visit()
    controller.sign_in()
    for path_of_figure in (GROWTH, REFERRALS):
        expect(controller.go(path_of_figure).locator(".facts dd").first).to_contain_text(
            "Ikke opgjort endnu"
        )

    enrol(today=ASKED_ON, by=None)
    assert send_due(today=ASKED_ON, who="test").sent == 2
    letter = next(one for one in mail_server.taken if one.to == "petra@example.org")
    assert f"{live_server}/svar/{letter.secret}/" in letter.html
    path = f"/svar/{letter.secret}/"

    page = phone.go(path)
    expect(page.locator("legend").first).to_have_text(
        "Hvor sandsynligt er det, at du vil anbefale Erhvervshuset til andre "
        "virksomhedsejere og personer i dit netværk?"
    )
    assert phone.overflow() == 0
    page.locator("#id_nps_9").check()
    page.get_by_text("Ja, og jeg har benyttet den").click()
    page.get_by_label("Hvad var godt, og hvad kunne være bedre?").fill("Konkret hjælp")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.locator("h1")).to_have_text("Tak for dit svar")

    for path_of_figure in (GROWTH, REFERRALS):
        figure = controller.go(path_of_figure).locator(".facts dd .big")
        expect(figure).to_contain_text("100")

    assert send_due(today=REMINDED_ON, who="test").sent == 1
    reminded = [one.to for one in mail_server.taken[2:]]
    assert reminded == ["silent@example.org"]
    assert Message.objects.filter(state="cancelled").count() == 1

    page = phone.go(path)
    expect(page.locator("h1")).to_have_text("Linket kan ikke bruges")
    assert Answer.objects.filter(answered_on__isnull=False).count() == 1


def test_the_answer_pages_are_open_to_all_on_a_phone_in_both_languages(
    phone, visit, mail_server, live_server
):
    enrol(today=ASKED_ON, by=None)
    send_due(today=ASKED_ON, who="test")
    secret = mail_server.taken[0].secret
    visitor = visit(NARROW)
    paths = [f"/svar/{secret}/", f"/svar/{secret}/afmeld/", "/svar/tak/"]
    for path in [one + query for one in paths for query in ("", "?sprog=en")]:
        visitor.go(path)
        assert (path, visitor.barriers()) == (path, "")
        assert (path, visitor.faults) == (path, [])
        assert (path, visitor.overflow()) == (path, 0)
    page = visitor.go(paths[0])
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg et tal fra 0 til 10")
    assert visitor.barriers() == ""
    visitor.go("/svar/findes-ikke/")
    assert visitor.barriers() == ""
