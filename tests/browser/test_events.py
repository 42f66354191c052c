"""An event from end to end: published, signed up to on a phone, attended, settled, counted."""

import re
from datetime import date

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from pejl_hub.companies.models import Company, CompanyMunicipality, Person
from pejl_hub.events.models import Attendance, Event, Signup
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from tests.browser.conftest import NARROW, WIDE
from tests.mailserver import MailServer

BEFORE, ON_THE_DAY = date(2024, 6, 3), date(2024, 6, 10)
FIGURE = "/maal/event_participants/?dato=2024-06-30"


@pytest.fixture
def clock(monkeypatch):
    """June 2024: the day can be moved on."""
    now, back = timezone.now, [timezone.localdate() - BEFORE]
    monkeypatch.setattr(timezone, "now", lambda: now() - back[0])

    def move_to(day):
        back[0] -= day - timezone.localdate()

    return move_to


@pytest.fixture
def mail_server(settings, tmp_path, live_server):
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PEJL_URL = str(live_server)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        yield server


@pytest.fixture
def hub(mail_server, visit, monkeypatch):
    """An empty hub that counts its own records and knows one company."""
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    anker = Company.objects.create(cvr="10000009", name="Anker Design ApS")
    CompanyMunicipality.objects.create(
        company=anker, from_date=date(2020, 1, 1), municipality="151", source="test"
    )
    return visit


def without_faults(visitor):
    path = visitor.page.url
    assert (path, visitor.barriers()) == (path, "")
    assert (path, visitor.faults) == (path, [])
    assert (path, visitor.overflow()) == (path, 0)


def make_in_the_browser(staff):
    """Ravi makes an event with one seat and a waiting list; returns its public link."""
    page = staff.page
    staff.go("/arrangementer/")
    without_faults(staff)
    page.get_by_role("link", name="Nyt arrangement").click()
    without_faults(staff)
    page.get_by_label("Titel", exact=True).fill("Eksport for begyndere")
    page.get_by_label("Dato").fill(ON_THE_DAY.isoformat())
    page.get_by_label("Begynder").fill("09:00")
    page.get_by_label("Slutter").fill("11:30")
    page.get_by_label("Sted", exact=True).fill("Fruebjergvej 3, København")
    page.get_by_label("Form", exact=True).select_option("physical")
    page.get_by_label("Pladser").fill("1")
    page.get_by_label("Venteliste").check()
    page.get_by_label("Offentliggjort").check()
    page.get_by_role("button", name="Opret arrangementet").click()
    expect(page.locator(".alert-success")).to_contain_text("Arrangementet er oprettet")
    without_faults(staff)
    return page.locator(".share a").get_attribute("href")


def sign_up(phone, link, name, cvr=None):
    page = phone.page
    phone.go(link.removeprefix(phone.server))
    page.get_by_label("Dit navn").fill(name)
    page.get_by_label("Din e-mail").fill(f"{name.split()[0].lower()}@example.org")
    if cvr:
        page.get_by_label("Din virksomheds CVR-nummer").fill(cvr)
    else:
        page.get_by_label("Jeg har ikke en virksomhed").check()
    page.get_by_label("Erhvervshuset må gemme").check()
    page.locator("form .button-primary").click()
    page.wait_for_load_state("networkidle")
    return page


def calendar_in(letter):
    (part,) = [p for p in letter.message.walk() if p.get_content_type() == "text/calendar"]
    return part, Calendar.from_ical(part.get_payload(decode=True))


def test_the_whole_path_of_an_event(hub, mail_server, clock):
    staff, phone = hub(WIDE), hub(NARROW, scripts=False)
    staff.sign_in("ravi")
    link = make_in_the_browser(staff)

    page = sign_up(phone, link, "Alma Anker", "10 00 00 09")
    expect(page.locator("h1")).to_have_text("Tak, du er tilmeldt")
    assert phone.overflow() == 0
    confirmed = mail_server.taken[0]
    assert (confirmed.to, confirmed.message["Subject"]) == (
        "alma@example.org", "Du er tilmeldt: Eksport for begyndere",
    )  # fmt: skip
    part, calendar = calendar_in(confirmed)
    (entry,) = calendar.walk("VEVENT")
    assert (part.get_param("method"), calendar["METHOD"]) == ("REQUEST", "REQUEST")
    assert entry["DTSTART"].dt.isoformat() == "2024-06-10T09:00:00+02:00"
    assert entry["DTSTART"].params["TZID"] == "Europe/Copenhagen"

    page = sign_up(phone, link, "Bo Berg")
    expect(page.locator("h1")).to_have_text("Du står på venteliste")
    assert mail_server.taken[1].message["Subject"].startswith("Du står på venteliste")

    cancel = re.search(r"http\S+/afmeld/\S+", confirmed.text).group()
    page = phone.go(cancel.removeprefix(phone.server))
    assert Signup.objects.get(name="Alma Anker").state == "registered"
    page.get_by_role("button", name="Ja, afmeld mig").click()
    expect(page.locator("h1")).to_have_text("Du er afmeldt")
    gone, moved_up = mail_server.taken[2:]
    _, cancelled = calendar_in(gone)
    assert (cancelled["METHOD"], cancelled.walk("VEVENT")[0]["UID"]) == ("CANCEL", entry["UID"])
    assert (moved_up.to, moved_up.message["Subject"]) == (
        "bo@example.org", "Du har fået en plads: Eksport for begyndere",
    )  # fmt: skip

    event = Event.objects.get()
    event.capacity = 3
    event.save()
    sign_up(phone, link, "Alma Anker", "10000009")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mail_server.taken[-1].text).group()

    clock(ON_THE_DAY)
    door = hub(NARROW)
    door.sign_in("ravi")
    page = door.go(f"/arrangementer/{event.pk}/fremmoede/")
    without_faults(door)
    expect(page.locator("#door-tally")).to_have_text("0 af 2 er kommet")
    page.get_by_label("Find en deltager").fill("bo")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Er kommet Bo Berg").click()
    expect(page.locator("#door-tally")).to_have_text("1 af 2 er kommet")
    without_faults(door)

    page = door.go("/arrangementer/kode/")
    without_faults(door)
    page.get_by_label("De otte tegn").fill(code.lower())
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.locator("h1")).to_have_text("Alma Anker")
    assert Signup.objects.filter(name="Alma Anker", state="attended").count() == 0
    without_faults(door)
    page.get_by_role("button", name="Bekræft fremmøde").click()
    expect(page.locator(".scanned-answer")).to_contain_text("Er kommet")
    without_faults(door)

    # Alma's company was known by its number; Bo counts only when somebody says who he is.
    staff.sign_in("ravi")  # a week has passed since
    figure = staff.go(FIGURE).locator(".facts dd").first
    expect(figure).to_contain_text("1")
    page = staff.go(f"/arrangementer/{event.pk}/?tilstand=afklar")
    without_faults(staff)
    page.get_by_role("link", name="Afklar Bo Berg").click()
    without_faults(staff)
    page.get_by_role("button", name="Opret en person").click()
    expect(page.locator(".alert-success")).to_contain_text("Bo Berg er afklaret")
    assert (Person.objects.get().name, Company.objects.count()) == ("Bo Berg", 1)
    assert Attendance.objects.filter(state="attended").count() == 2
    expect(staff.go(FIGURE).locator(".facts dd").first).to_contain_text("2")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_is_open_to_all_in_both_languages(width, hub, mail_server, clock):
    staff = hub(width)
    staff.sign_in("ravi")
    link = make_in_the_browser(staff).removeprefix(staff.server)
    sign_up(staff, link, "Alma Anker", "10000009")
    sign_up(staff, link, "Bo Berg")
    event, (alma, bo) = Event.objects.get(), Signup.objects.order_by("pk")
    cancel = re.search(r"/afmeld/\S+", mail_server.taken[0].text).group()
    for path in (
        *(one + sep + query for one, sep in ((link, "?"), (link + "tak/", "?"), (cancel, "&"))
          for query in ("", "sprog=en")),
        "/arrangementer/?hvornaar=afholdte&orden=title",
        "/arrangementer/?q=findes-ikke",
        f"/arrangementer/{event.pk}/",
        f"/arrangementer/{event.pk}/ret/",
        f"/arrangementer/{event.pk}/aflys/",
        f"/arrangementer/{event.pk}/fremmoede/",
        f"/arrangementer/{event.pk}/fremmoede/ny/",
        f"/arrangementer/tilmelding/{alma.pk}/",
        f"/arrangementer/tilmelding/{bo.pk}/?q=anker",
        f"/arrangementer/tilmelding/{bo.pk}/afmeld/",
        f"/arrangementer/{event.pk}/liste/",
    ):  # fmt: skip
        staff.go(path)
        without_faults(staff)
    page = staff.go(link)
    # The design system takes a box's own look away: a box that cannot be seen cannot be ticked.
    shown = page.locator("#id_consent").evaluate("box => getComputedStyle(box).appearance")
    assert shown == "auto"
    page.get_by_role("button", name="Skriv mig på venteliste").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv dit navn")
    assert staff.barriers() == ""
    staff.go("/tilmeld/findes-ikke/")
    assert staff.barriers() == ""


LIST = """\
Navn;E-mail;CVR;Virksomhed;Kommune;Fremmøde
Alma Anker;alma@example.org;10000009;Anker;Ballerup;Ja
Bo Berg;bo@example.org;;;;Ja
Carl;carl@example.org;;Tvilling ApS;;Ja
"""


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, False)])
def test_a_list_of_attendees_in_three_piles(width, scripts, hub, clock, tmp_path):
    for cvr in ("53648371", "10000025"):
        Company.objects.create(cvr=cvr, name="Tvilling ApS")
    event = Event.objects.create(title="Messe", held_on=BEFORE, form="physical")
    file = tmp_path / "deltagere.csv"
    file.write_text(LIST, encoding="cp1252")
    staff = hub(width, scripts=scripts)
    staff.sign_in("ravi")
    check = without_faults if scripts else lambda _: None
    page = staff.go(f"/arrangementer/{event.pk}/")
    page.get_by_role("link", name="Indlæs en deltagerliste").first.click()
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Se det igennem").click()
    for pile in ("matched", "several", "unmatched"):
        expect(page.locator(f".pile-{pile} strong")).to_have_text("1")
    check(staff)
    page.get_by_role("button", name="Indlæs 3 rækker").click()
    expect(page.locator(".alert-success")).to_contain_text("ikke oprettet nogen virksomhed")
    check(staff)
    page.get_by_role("link", name="Afklar 2").click()
    page.get_by_role("link", name="Afklar Carl").click()
    check(staff)
    page.locator(".choices").first.get_by_role("button", name="Vælg").first.click()
    expect(page.locator(".alert-success")).to_contain_text("Carl er afklaret")
    assert Attendance.objects.filter(state="attended").count() == 2
    assert Company.objects.count() == 3
    page = staff.go(f"/arrangementer/{event.pk}/")
    page.get_by_role("link", name="deltagere.csv").click()
    page.get_by_role("link", name="Fortryd listen").click()
    check(staff)
    page.get_by_role("button", name="Fortryd listen").click()
    expect(page.get_by_role("alert")).to_contain_text("hvor der siden er arbejdet på")
    assert Signup.objects.count() == 3
