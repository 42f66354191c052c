"""What waits is found, for whom, and sent once a day to those who want it."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User
from pejl_hub.companies.models import Company, Person
from pejl_hub.desk.reminders.actions import choose_mail
from pejl_hub.desk.reminders.digest import Sent, send_digests
from pejl_hub.desk.reminders.kinds import KINDS
from pejl_hub.desk.reminders.models import Digest
from pejl_hub.desk.reminders.queries import reminders_for
from pejl_hub.events.models import Attendance, Event
from pejl_hub.guidance.models import Guidance
from pejl_hub.programmes.models import Participation, Programme, Round
from pejl_hub.referrals.models import Referral
from tests.mailserver import MailServer

TODAY = date(2024, 6, 12)
DRAWN = """
day         state      adviser  client   segment  size  municipality  waits
2024-06-11  planned    ravi     company  growth   5     101           planned_past
2024-06-12  planned    ravi     company  growth   5     101           .
2024-06-11  cancelled  ravi     company  .        .     .             .
2024-06-10  held       ravi     company  growth   .     101           facts_missing
2024-06-10  held       ravi     company  growth   0     101           .
2024-06-10  held       ravi     person   growth   .     101           .
2024-06-10  held       ravi     person   .        .     101           facts_missing
2024-06-10  held       tove     company  growth   5     .             facts_missing
2023-06-12  held       ravi     company  .        .     .             .
2023-06-14  planned    tove     company  growth   5     101           planned_past
"""


def lines():
    header, *rows = (line.split() for line in DRAWN.strip().splitlines())
    for row in rows:
        yield {k: None if v == "." else v for k, v in zip(header, row, strict=True)}


@pytest.fixture
def drawn(db):
    company = Company.objects.create(cvr="10150817", name="Ærlig Bager")
    person = Person.objects.create(name="Hemmelig Hansen")
    for line in lines():
        whom = {"company": company} if line["client"] == "company" else {"person": person}
        day = date.fromisoformat(line["day"])
        Guidance.objects.create(
            held_on=day,
            recorded_on=day,
            type="specialised",
            state=line["state"],
            adviser=line["adviser"],
            segment=line["segment"],
            employees=line["size"],
            municipality=line["municipality"],
            **whom,
        )
    return company


@pytest.fixture
def ravi(drawn):
    return User.objects.create(username="ravi", role=Role.ADVISER, email="ravi@hub.example")


@pytest.fixture
def tove(drawn):
    return User.objects.create(username="tove", role=Role.TEAM_LEAD, email="tove@hub.example")


def found(user, **options):
    return {pile.kind.name: pile.counted for pile in reminders_for(user, TODAY, **options)}


def expected(*advisers):
    waits = [line["waits"] for line in lines() if line["adviser"] in advisers and line["waits"]]
    return {name: waits.count(name) for name in sorted(set(waits), reverse=True)}


def test_an_adviser_is_reminded_of_what_is_drawn_as_waiting_and_of_nothing_else(ravi):
    assert found(ravi) == expected("ravi") == {"planned_past": 1, "facts_missing": 2}


def test_who_looks_after_quality_sees_everybodys_and_gets_mail_about_the_own(tove):
    assert found(tove) == expected("ravi", "tove")
    assert found(tove, own=True) == expected("tove")


def test_a_full_name_is_known_as_well_as_a_user_name(ravi):
    Guidance.objects.filter(adviser="ravi").update(adviser="Ravi Nair")
    assert found(ravi) == {}
    ravi.first_name, ravi.last_name = "Ravi", "Nair"
    assert found(ravi) == expected("ravi")


@pytest.mark.parametrize(
    ("days", "done", "withdrawn", "waits"),
    [
        (0, False, False, True),
        (1, False, False, True),
        (-1, False, False, False),
        (400, False, False, False),
        (1, True, False, False),
        (1, False, True, False),
    ],
)
def test_a_follow_up_waits_from_its_day_until_it_is_done(ravi, days, done, withdrawn, waits):
    first = Guidance.objects.filter(adviser="ravi", state="held").earliest("pk")
    first.next_step_on = TODAY - timedelta(days=days)
    first.next_step_done_on = TODAY if done else None
    if withdrawn:
        first.withdrawn_at, first.withdrawn_by = timezone.now(), "ravi"
        first.withdrawn_reason = "Dublet"
    first.save()
    assert ("follow_ups" in found(ravi)) is waits


@pytest.mark.parametrize(
    ("days", "state", "waits"),
    [(14, "sent", True), (13, "sent", False), (14, "accepted", False), (400, "sent", False)],
)
def test_a_referral_waits_when_it_has_had_no_answer_for_two_weeks(ravi, days, state, waits):
    Referral.objects.create(
        guidance=Guidance.objects.filter(adviser="ravi").first(),
        referred_on=TODAY - timedelta(days=days),
        recipient="Revision A/S",
        recipient_kind="private",
        state=state,
    )
    assert ("unanswered" in found(ravi)) is waits


@pytest.mark.parametrize(
    ("days", "states", "waits"),
    [
        (1, ["registered"], True),
        (0, ["registered"], False),
        (1, ["registered", "attended"], False),
        (1, ["registered", "no_show"], False),
        (1, ["cancelled"], False),
        (1, [], False),
    ],
)
def test_an_event_waits_when_people_signed_up_and_nobody_was_marked(ravi, days, states, waits):
    event = Event.objects.create(title="Netværk", held_on=TODAY - timedelta(days=days))
    for state in states:
        Attendance.objects.create(event=event, state=state, company=Company.objects.get())
    assert ("no_attendance" in found(ravi)) is waits


@pytest.mark.parametrize(
    ("days", "state", "waits"),
    [
        (30, "applied", True),
        (30, "offered", True),
        (29, "applied", False),
        (30, "committed", False),
        (400, "applied", False),
    ],
)
def test_an_application_waits_when_it_has_had_no_decision_for_a_month(drawn, days, state, waits):
    programme = Programme.objects.create(name="SMV:Digital")
    Participation.objects.create(
        company=Company.objects.get(), form="grant", state=state,
        round=Round.objects.create(programme=programme, name="1", national=True),
        stated_on=TODAY - timedelta(days=days),
    )  # fmt: skip
    assert ("undecided" in found(User(username="poul", role=Role.PROGRAMME_MANAGER))) is waits
    assert "undecided" not in found(User(username="ravi", role=Role.ADVISER))


def test_who_records_no_guidance_is_not_reminded_of_any(drawn):
    assert found(User(username="poul", role=Role.PROGRAMME_MANAGER)) == {}
    assert found(User(username="bent", role=Role.BOARD)) == {}


def test_the_number_of_questions_does_not_grow_with_the_records(tove):
    with CaptureQueriesContext(connection) as few:
        reminders_for(tove, TODAY)
    first = Guidance.objects.filter(state="planned").first()
    for _ in range(30):
        first.pk = None
        first.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        reminders_for(tove, TODAY)
    assert len(many) <= 2 * len(KINDS)
    assert len(few) <= len(many)


def test_the_page_names_no_person_and_the_board_may_not_open_it(signed_in, drawn):
    recently = date.today() - timedelta(days=2)
    Guidance.objects.update(held_on=recently, recorded_on=recently)
    page = signed_in("ravi").get(reverse("reminders:show")).content.decode()
    assert "Ærlig Bager" in page
    assert "En person" in page
    assert "Hemmelig" not in page
    assert signed_in("bent").get(reverse("reminders:show")).status_code == 403


def test_every_route_to_mend_a_record_leads_somewhere():
    for kind in KINDS:
        assert not kind.fix or reverse(kind.fix, args=[1])


def test_the_mail_says_what_waits_once_a_day_and_names_no_person(ravi, tove):
    assert send_digests(today=TODAY) == Sent(sent=2)
    assert send_digests(today=TODAY) == Sent(had_it=2)
    letter = next(one for one in mail.outbox if one.to == ["ravi@hub.example"])
    assert letter.subject == "Pejl: 3 poster venter på dig"
    assert "Ærlig Bager" in letter.body
    assert "Hemmelig" not in letter.body
    assert reverse("reminders:show") in letter.body
    assert len(mail.outbox) == 2
    assert send_digests(today=TODAY + timedelta(days=1)).sent == 2


@pytest.mark.parametrize("change", ["no thanks", "no address", "closed", "nothing"])
def test_nobody_is_written_to_who_does_not_want_it_or_has_nothing_waiting(ravi, change):
    if change == "no thanks":
        choose_mail(user=ravi, by_mail=False)
    elif change == "nothing":
        Guidance.objects.all().delete()
    else:
        values = {"email": ""} if change == "no address" else {"is_active": False}
        User.objects.filter(pk=ravi.pk).update(**values)
    assert send_digests(today=TODAY).sent == 0
    assert mail.outbox == []
    choose_mail(user=ravi, by_mail=True)
    assert bool(send_digests(today=TODAY).sent) is (change == "no thanks")


def test_the_choice_is_made_on_the_page(signed_in):
    client = signed_in("ravi")
    client.post(reverse("reminders:choose"))
    assert client.get(reverse("reminders:show")).context["by_mail"] is False
    client.post(reverse("reminders:choose"), {"by_mail": "on"})
    assert client.get(reverse("reminders:show")).context["by_mail"] is True


def test_a_mail_server_that_is_away_is_said_and_the_next_run_sends(ravi, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 5
    with pytest.raises(UserError, match="mail server"):
        send_digests(today=TODAY)
    assert not Digest.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(today=TODAY).sent == 1


def test_an_address_that_the_server_refuses_stops_nobody_elses_mail(ravi, tove, settings):
    with MailServer(refuse={"ravi@hub.example": "550 no such user"}) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        assert send_digests(today=TODAY) == Sent(sent=1, not_taken=1)
    assert [one.to for one in server.taken] == ["tove@hub.example"]
    assert Digest.objects.get().user == tove
