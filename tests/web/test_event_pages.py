"""The pages of events: who may, what is refused, what the public page takes and gives away."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from pejl_hub.accounts.models import User
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, Person
from pejl_hub.core.actions import current_revision
from pejl_hub.events import tries
from pejl_hub.events.actions.making import make_event
from pejl_hub.events.models import Attendance, Event, Letter, Signup
from pejl_hub.events.tasks import send_letter
from pejl_hub.programmes.models import Programme, Round
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from pejl_hub.status.queries import contract_on

ANKER = "10000009"


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path, transactional_db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.DATA = tmp_path


@pytest.fixture
def event(signed_in):
    """Tomorrow, one seat, a waiting list, published."""
    signed_in("ravi")
    values = {
        "title": "Eksport",
        "held_on": timezone.localdate() + timedelta(days=1),
        "capacity": 1,
        "waiting_list": True,
        "published": True,
    }
    return make_event(values=values, by=User.objects.get(username="ravi"))


@pytest.fixture
def anker():
    return Company.objects.create(cvr=ANKER, name="Anker Design ApS")


def form(who="Alma", **more):
    given = {"name": who, "email": f"{who.split()[0].lower()}@x.dk", "consent": "on"}
    return {key: v for key, v in ({**given, "no_company": "on"} | more).items() if v is not None}


def pages(event, signup):
    return [
        f"/arrangementer/{event.pk}/ret/",
        f"/arrangementer/{event.pk}/aflys/",
        f"/arrangementer/{event.pk}/fremmoede/",
        f"/arrangementer/{event.pk}/fremmoede/ny/",
        f"/arrangementer/{event.pk}/liste/",
        f"/arrangementer/tilmelding/{signup.pk}/",
        f"/arrangementer/tilmelding/{signup.pk}/afmeld/",
        f"/arrangementer/kode/{signup.code}/",
        "/arrangementer/kode/",
        "/arrangementer/nyt/",
    ]


@pytest.mark.parametrize(
    ("who", "reads", "records"),
    [
        ("ravi", 200, 200),
        ("tove", 200, 200),
        ("poul", 200, 200),
        ("cille", 200, 200),
        ("dorte", 200, 403),
        ("bent", 403, 403),
        ("karla", 403, 403),
        ("rune", 403, 403),
    ],
)
def test_who_reads_and_who_records(who, reads, records, signed_in, event, client):
    client.post(f"/tilmeld/{event.token}/", form())
    signup, staff = Signup.objects.get(), signed_in(who)
    for path in ("/arrangementer/", f"/arrangementer/{event.pk}/"):
        assert (path, staff.get(path).status_code) == (path, reads)
    for path in pages(event, signup):
        assert (path, staff.get(path).status_code) == (path, records)
    marked = staff.post(f"/arrangementer/tilmelding/{signup.pk}/fremmoede/", {"state": "no_show"})
    assert (marked.status_code == 403) is (records == 403)


def test_nobody_signed_out_sees_more_than_the_public_pages(client, event):
    client.post(f"/tilmeld/{event.token}/", form())
    for path in ["/arrangementer/", *pages(event, Signup.objects.get())]:
        assert client.get(path).status_code == 302


def test_a_get_changes_nothing_and_a_post_confirms_a_code(signed_in, event, client):
    client.post(f"/tilmeld/{event.token}/", form())
    Event.objects.update(held_on=timezone.localdate())
    signup, staff = Signup.objects.get(), signed_in("ravi")
    path = f"/arrangementer/kode/{signup.code}/"
    staff.get(path)
    assert Signup.objects.get().state == "registered"
    staff.post(path)
    assert Signup.objects.get().state == "attended"
    assert staff.post("/arrangementer/kode/", {"code": "AAAA"}).status_code == 400
    typed = f" {signup.code[:4].lower()}-{signup.code[4:]} "
    assert staff.post("/arrangementer/kode/", {"code": typed})["Location"] == path


def test_nobody_attends_what_lies_ahead(signed_in, event, client):
    client.post(f"/tilmeld/{event.token}/", form())
    signup, staff = Signup.objects.get(), signed_in("ravi")
    assert staff.post(f"/arrangementer/kode/{signup.code}/").status_code == 400
    assert Signup.objects.get().state == "registered"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Skriv dit navn"),
        ({"name": "Alma 010170-1234"}, "CPR-nummer"),
        ({"name": "Se http://x.dk"}, "Skriv dit navn"),
        ({"email": "alma"}, "Skriv en e-mailadresse"),
        ({"email": "alma@x.dk\nBcc: b@x.dk"}, "Skriv en e-mailadresse"),
        ({"cvr": "12345678"}, "otte cifre, der passer"),
        ({"no_company": None}, "sæt kryds ved, at du ikke har"),
        ({"consent": None}, "Sæt kryds, så vi må gemme"),
    ],
)
def test_a_sign_up_that_lacks_something_is_told_and_keeps_what_was_typed(
    wrong, words, client, event
):
    answer = client.post(f"/tilmeld/{event.token}/", form("Alma", **wrong))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Signup.objects.count() == 0
    assert (
        f'value="{form("Alma", **wrong)["email"].partition(chr(10))[0]}' in answer.content.decode()
    )
    right = client.post(f"/tilmeld/{event.token}/", form("Alma"))
    assert (right.status_code, Signup.objects.count()) == (302, 1)


def test_the_public_page_neither_makes_companies_nor_sets_cookies(client, event, anker):
    for name, cvr in (("Alma", ANKER), ("Bo", "53648371")):
        client.post(f"/tilmeld/{event.token}/", form(name, cvr=cvr, no_company=None))
    assert (Company.objects.count(), Person.objects.count()) == (1, 0)
    assert [(s.name, s.pile) for s in Signup.objects.order_by("name")] == [
        ("Alma", "matched"),
        ("Bo", "unmatched"),
    ]
    answer = client.get(f"/tilmeld/{event.token}/")
    assert answer.cookies == {}
    assert answer["Referrer-Policy"] == "no-referrer"


def test_signing_up_twice_looks_the_same_from_outside_and_takes_one_seat(client, event):
    Event.objects.update(capacity=5)
    answers = [client.post(f"/tilmeld/{event.token}/", form()) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Signup.objects.count() == len(mail.outbox) == 1


def test_too_many_sign_ups_from_one_address_are_turned_away_and_other_addresses_are_not(
    client, event, monkeypatch
):
    monkeypatch.setattr(tries, "SIGNUPS", tries.Limit("sign_up", 3, 900))
    answers = [client.post(f"/tilmeld/{event.token}/", form(f"G{n}")).status_code for n in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    elsewhere = client.post(f"/tilmeld/{event.token}/", form("Ny"), REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 302


def test_one_mailbox_cannot_be_flooded_from_many_addresses(client, event, monkeypatch):
    monkeypatch.setattr(tries, "LETTERS", tries.Limit("letter", 2, 900))
    answers = [
        client.post(f"/tilmeld/{event.token}/", form(), REMOTE_ADDR=f"10.0.0.{n}").status_code
        for n in range(4)
    ]
    assert answers == [302, 302, 429, 429]


def test_whoever_guesses_links_is_turned_away_with_good_ones_too(client, event, monkeypatch):
    monkeypatch.setattr(tries, "GUESSES", tries.Limit("guess", 3, 900))
    guesses = [client.get(f"/tilmeld/gaet-{n}/").status_code for n in range(4)]
    assert guesses == [404, 404, 404, 429]
    assert client.get(f"/tilmeld/{event.token}/").status_code == 429


def test_a_page_taken_down_leads_nowhere_and_keeps_its_link_when_put_up_again(client, event):
    Event.objects.update(published=False)
    assert client.get(f"/tilmeld/{event.token}/").status_code == 404
    assert client.post(f"/tilmeld/{event.token}/", form()).status_code == 404
    Event.objects.update(published=True)
    assert client.get(f"/tilmeld/{event.token}/").status_code == 200


def cancel_path(letter):
    return re.search(r"/afmeld/[0-9a-f]+/", letter.body).group()


def test_the_cancel_link_asks_first_and_works_once(client, event):
    client.post(f"/tilmeld/{event.token}/", form())
    path = cancel_path(mail.outbox[0])
    assert client.get(path).status_code == 200
    assert Signup.objects.get().state == "registered"
    for _ in range(2):
        assert "Du er afmeldt" in client.post(path).content.decode()
    assert Signup.objects.get().state == "cancelled"
    assert [one.subject for one in mail.outbox][1:] == ["Du er afmeldt: Eksport"]
    assert client.get("/afmeld/0000/").status_code == 404


def calendar_of(letter):
    (file,) = [a for a in letter.attachments if getattr(a, "filename", "") == "arrangement.ics"]
    return file.mimetype, Calendar.from_ical(file.content)


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2030, 1, 15), "+01:00"), (date(2030, 7, 15), "+02:00")]
)
def test_the_calendar_file_says_the_hour_in_denmark_summer_and_winter(client, event, day, offset):
    Event.objects.update(held_on=day, starts_at="09:00", ends_at="11:30", place="Lyngby; sal 2")
    client.post(f"/tilmeld/{event.token}/", form("Alma \u201dA\u201d, Anker"))
    mimetype, calendar = calendar_of(mail.outbox[0])
    (entry,) = calendar.walk("VEVENT")
    assert mimetype == "text/calendar; method=REQUEST"
    assert calendar["METHOD"] == "REQUEST"
    assert entry["DTSTART"].dt.isoformat() == f"{day}T09:00:00{offset}"
    assert entry["DTEND"].dt.isoformat() == f"{day}T11:30:00{offset}"
    assert entry["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert entry["LOCATION"] == "Lyngby; sal 2"


def test_an_event_without_a_time_stands_on_its_day(client, event):
    client.post(f"/tilmeld/{event.token}/", form())
    (entry,) = calendar_of(mail.outbox[0])[1].walk("VEVENT")
    assert entry["DTSTART"].dt == event.held_on


def test_a_change_and_a_cancellation_have_the_same_uid_and_a_higher_number(
    client, event, signed_in
):
    client.post(f"/tilmeld/{event.token}/", form())
    staff = signed_in("ravi")
    changed = {"title": "Eksport", "held_on": event.held_on + timedelta(days=1), "capacity": 1}
    staff.post(f"/arrangementer/{event.pk}/ret/", changed)
    staff.post(f"/arrangementer/{event.pk}/aflys/", {"because": "Sygdom"})
    found = [calendar_of(one)[1] for one in mail.outbox]
    assert [one["METHOD"] for one in found] == ["REQUEST", "REQUEST", "CANCEL"]
    entries = [one.walk("VEVENT")[0] for one in found]
    assert len({one["UID"] for one in entries}) == 1
    assert [int(one["SEQUENCE"]) for one in entries] == [0, 1, 3]


def test_a_title_of_two_lines_is_one_line_in_the_subject(signed_in, client):
    staff = signed_in("ravi")
    day = timezone.localdate() + timedelta(days=1)
    title = "Eksport\r\nBcc: alle@x.dk"
    staff.post("/arrangementer/nyt/", {"title": title, "held_on": day, "published": "on"})
    event = Event.objects.get()
    Event.objects.update(title=title)  # as an import may have written it
    client.post(f"/tilmeld/{event.token}/", form())
    message = mail.outbox[0].message()
    assert message["Subject"] == "Du er tilmeldt: Eksport Bcc: alle@x.dk"
    assert message["Bcc"] is None
    assert mail.outbox[0].recipients() == ["alma@x.dk"]


def test_the_letter_is_in_the_language_that_was_signed_up_in(client, event):
    client.post(f"/tilmeld/{event.token}/?sprog=en", form())
    assert mail.outbox[0].subject == "You are signed up: Eksport"
    assert "Dear Alma," in mail.outbox[0].body


def test_a_letter_that_does_not_get_away_is_seen_and_sent_again(client, event, signed_in, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.post(f"/tilmeld/{event.token}/", form())
    assert Letter.objects.get().state == "failed"
    staff = signed_in("ravi")
    assert "har ikke fået sit brev" in staff.get(f"/arrangementer/{event.pk}/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    staff.post(f"/arrangementer/{event.pk}/breve/")
    letter = Letter.objects.get()
    assert (letter.state, len(mail.outbox)) == ("sent", 1)
    assert send_letter(letter.pk) is False


def test_a_closed_period_asks_for_a_reason_and_keeps_what_was_typed(signed_in, event, anker):
    day = timezone.localdate()
    Close.objects.create(
        first_day=day - timedelta(days=40), last_day=day, snapshot_id="s", signed="Alice"
    )
    staff = signed_in("ravi")
    typed = {"title": "Sen", "held_on": day}
    answer = staff.post("/arrangementer/nyt/", typed)
    page = answer.content.decode()
    assert (answer.status_code, Event.objects.count()) == (400, 1)
    assert "Perioden er lukket" in page
    assert 'value="Sen"' in page
    assert 'name="reason"' in page
    staff.post("/arrangementer/nyt/", {**typed, "reason": "Glemt"})
    late = Event.objects.get(title="Sen")
    walk_in = {"name": "Alma", "cvr": ANKER}
    path = f"/arrangementer/{late.pk}/fremmoede/ny/"
    assert staff.post(path, walk_in).status_code == 400
    assert Signup.objects.count() == 0
    staff.post(path, {**walk_in, "reason": "Listen kom sent"})
    assert Attendance.objects.get().company == anker
    assert [one.reason for one in Correction.objects.order_by("pk")] == [
        "Glemt",
        "Listen kom sent",
    ]


@pytest.mark.parametrize(
    ("national", "goal", "other"),
    [
        (True, "programme_participants", "event_participants"),
        (False, "event_participants", "programme_participants"),
    ],
)
def test_attendance_counts_for_the_programme_when_it_is_national(
    national, goal, other, signed_in, anker, monkeypatch
):
    signed_in("ravi")
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)
    programme = Programme.objects.create(name="SMV:Digital")
    of = Round.objects.create(programme=programme, name="2024", national=national)
    day = date(2024, 6, 10)
    ravi = User.objects.get(username="ravi")
    event = make_event(values={"title": "Digital", "held_on": day, "round": of}, by=ravi)
    before = current_revision()
    for name, cvr in (("Alma", ANKER), ("Bo", "")):
        signed_in("ravi").post(
            f"/arrangementer/{event.pk}/fremmoede/ny/", {"name": name, "cvr": cvr}
        )
    assert current_revision() > before
    assert (counted(goal), counted(other)) == (1, 0)
    bo = Signup.objects.get(name="Bo")
    signed_in("ravi").post(f"/arrangementer/tilmelding/{bo.pk}/", {"client": "new_person"})
    assert (counted(goal), counted(other)) == (2, 0)


def counted(goal):
    day = date(2024, 6, 30)
    standing = queries.standing_on(contract_on(day), day)
    return int(standing.goals[goal].measured.figure.value)


def test_a_cpr_number_is_refused_in_every_text_of_an_event(signed_in):
    staff, day = signed_in("ravi"), timezone.localdate()
    typed = {"title": "Møde", "held_on": day, "place": "Lyngby", "description": "Kaffe"}
    for name in ("title", "place", "description"):
        answer = staff.post("/arrangementer/nyt/", {**typed, name: "om 010170-1234"})
        assert (name, answer.status_code) == (name, 400)
        assert "CPR-nummer" in answer.content.decode()
    assert staff.post("/arrangementer/nyt/", typed).status_code == 302


def test_the_database_too_wants_a_link_on_what_is_published():
    event = Event(title="A", held_on=date(2024, 1, 1), published=True)
    with pytest.raises(ValidationError):
        event.full_clean()


def test_the_pages_take_the_same_number_of_queries_however_many_have_signed_up(
    signed_in, event, django_assert_max_num_queries
):
    staff = signed_in("ravi")
    Signup.objects.bulk_create(
        Signup(event=event, name=f"G{n}", state="registered", origin="list", code=f"C{n}",
               nonce="n", cancel_hash=str(n))
        for n in range(120)
    )  # fmt: skip
    for path, most in (
        ("/arrangementer/", 8),
        (f"/arrangementer/{event.pk}/", 16),
        (f"/arrangementer/{event.pk}/fremmoede/", 12),
    ):
        with django_assert_max_num_queries(most):
            staff.get(path)
