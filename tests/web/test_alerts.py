"""Alerts: found by comparing two counts on record, shown to whom they are for, and sent once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.standing.result import Light
from pejl_hub.accounts.models import Role, User
from pejl_hub.alerts import actions
from pejl_hub.alerts.actions import choose_mail, dismiss, look, mark_read
from pejl_hub.alerts.digest import Sent, send_alerts
from pejl_hub.alerts.models import Alert, AlertKind, CheckState, Sending, TrackState
from pejl_hub.alerts.queries import FOR, unread_count
from pejl_hub.alerts.tasks import run_alerts
from pejl_hub.alerts.words import KINDS, said
from pejl_hub.closing.models import Close
from pejl_hub.communication.models import Press
from pejl_hub.core.actions import bump_revision
from pejl_hub.quality.checks import CHECKS
from pejl_hub.quality.finding import Found, Part
from pejl_hub.status import queries
from tests.mailserver import MailServer
from tests.web.test_status_pages import words

PAGE = reverse("alerts:list")
JANUARY, JUNE, JULY = date(2024, 1, 31), date(2024, 6, 30), date(2024, 7, 31)


def published(number, day):
    for one in range(number):
        Press.objects.create(published_on=day, title=f"Artikel {one}", kind="article")
    bump_revision()


@pytest.fixture
def hub(db, settings, tmp_path):
    """A hub of its own whose months need no close, and whose duties are far from due."""
    settings.DATA, settings.PEJL_CLOSE_DAYS = tmp_path, 999
    settings.PEJL_DUTY_DAYS = 999


def told(alerts):
    return [(alert.kind, alert.subject) for alert in alerts]


def test_a_goal_that_falls_behind_is_told_of_once_with_why_and_how_to_recover(hub):
    published(5, date(2024, 1, 10))
    assert look(JANUARY) == []  # the first count has nothing to be held against
    (alert,) = look(JUNE)
    assert told([alert]) == [("left", "press")]
    line = said(alert)
    assert line.title == "Presseartikler og cases er ikke længere på sporet"
    assert "Målet var »På sporet« den 31. januar 2024 og er nu »Bagud«." in plain(line.reason)
    # 50 less 5, over the six months left; 5 in the six months so far
    assert "Der mangler 45" in plain(line.recovery)
    assert "8 om måneden, hvor det hidtil har været 1 om måneden" in plain(line.recovery)
    assert look(JUNE) == look(JUNE + timedelta(days=1)) == []
    published(30, date(2024, 7, 1))
    assert look(date(2024, 7, 2)) == []  # on track again, but for a day only
    (back,) = look(date(2024, 7, 9))
    assert told([back]) == [("regained", "press")]
    # held against the last count that stood behind, not the one that first stood on track
    assert "var »Bagud« den 1. juli 2024 og er nu »På sporet«" in plain(said(back).reason)
    assert Alert.objects.count() == 2


def plain(text):
    return text.replace("\xa0", " ")


def test_a_goal_that_is_reached_is_back_at_once_and_needs_nothing(hub):
    published(5, date(2024, 1, 10))
    look(JANUARY), look(JUNE)
    published(45, date(2024, 7, 1))
    (alert,) = look(date(2024, 7, 2))
    assert said(alert).recovery == ""
    assert "er tilbage på sporet" in said(alert).title


def test_pending_goals_are_not_on_record_and_give_no_alert(hub):
    look(JANUARY)
    pending = {
        goal.id
        for goal in queries.contract_on(JANUARY).goals.values()
        if "pending" in goal.status.values()
    }
    assert pending
    assert not TrackState.objects.filter(goal__in=pending).exists()


@pytest.fixture
def counted(year, hub, monkeypatch):
    """Looks at counts that are drawn: ``counted(day, light=…, wrong=…)``."""

    def count_of(day, light=Light.ON_TRACK, wrong=0):
        contract = queries.contract_on(JUNE)
        standing = queries.standing_on(contract, JUNE)
        goals = {"guidance": replace(standing.goals["guidance"], light=light)}
        part = Part("guidance", "2024-06", None, None, 100, wrong)
        found = {"dublet": Found(CHECKS["dublet"], (part,))}
        monkeypatch.setattr(
            actions,
            "count",
            lambda on: actions.Count(contract, day, replace(standing, goals=goals), found),
        )
        return look(day)

    return count_of


def test_a_clock_that_was_ahead_does_not_silence_what_comes(counted, monkeypatch):
    """The alerts of the wrong day stand; the first right count has nothing to be held against."""

    def night(day, **drawn):
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)
        return told(counted(day, **drawn))

    assert night(date(2024, 5, 1), wrong=10) == []
    assert night(date(2024, 12, 1), wrong=20, light=Light.OFF_TRACK) == [
        ("left", "guidance"),
        ("worse", "dublet"),
    ]
    assert night(date(2024, 5, 2), wrong=10, light=Light.OFF_TRACK) == []
    assert night(date(2024, 5, 2), wrong=20, light=Light.REACHED) == []  # once a day
    assert night(date(2024, 5, 3), wrong=20, light=Light.REACHED) == [
        ("regained", "guidance"),
        ("worse", "dublet"),
    ]


def test_a_check_that_worsens_is_told_of_once_and_again_only_when_worse_still(counted):
    start = JUNE
    drawn = [
        (10, False),
        (14, False),
        (15, True),
        (19, False),
        (15, False),
        (20, True),
        (20, False),
    ]
    for number, (wrong, expected) in enumerate(drawn):
        found = counted(start + timedelta(days=number), wrong=wrong)
        assert told(found) == ([("worse", "dublet")] if expected else [])
    first = Alert.objects.order_by("pk").first()
    assert "15 poster, 15,0 pct., mod 10, 10,0 pct., den 30. juni 2024" in plain(said(first).reason)
    assert CheckState.objects.get().wrong == 20


@pytest.mark.parametrize("light", [Light.PENDING, Light.NO_TARGET, Light.NOT_MEASURED])
def test_a_goal_without_track_gives_no_alert_and_begins_anew_after(counted, light):
    counted(JUNE)
    assert counted(JUNE + timedelta(days=1), light) == []
    assert not TrackState.objects.exists()
    assert counted(JUNE + timedelta(days=2), Light.OFF_TRACK) == []
    assert told(counted(JUNE + timedelta(days=3), Light.REACHED)) == [("regained", "guidance")]


def test_a_goal_between_two_lights_does_not_turn_to_and_fro(counted):
    counted(JUNE)
    lights = [Light.AT_RISK, Light.ON_TRACK] * 15
    for number, light in enumerate(lights, start=1):
        assert counted(JUNE + timedelta(days=number), light) == []


def test_looking_at_an_earlier_day_changes_nothing_on_record(counted):
    counted(JUNE)
    assert counted(JANUARY, Light.OFF_TRACK, wrong=90) == []
    assert (TrackState.objects.get().day, CheckState.objects.get().day) == (JUNE, JUNE)


def close(month_end):
    return Close.objects.create(
        first_day=month_end.replace(day=1),
        last_day=month_end,
        snapshot_id="s",
        snapshot_sha256="0",
        contract_sha256="0",
        code_version="0",
        signed="Alice",
    )


def test_a_close_is_due_some_days_after_its_month_and_told_of_once(hub, settings):
    settings.PEJL_CLOSE_DAYS = 10
    close(date(2024, 5, 31))
    assert look(date(2024, 7, 9)) == []
    (alert,) = look(date(2024, 7, 10))
    assert told([alert]) == [("close_due", "2024-06")]
    assert "Afslutningen af juni 2024 er forfalden" in plain(said(alert).title)
    assert "4 tidligere måneder er også åbne" in plain(said(alert).reason)
    assert look(date(2024, 7, 11)) == []
    assert told(look(date(2024, 8, 10))) == [("close_due", "2024-07")]


def test_a_closed_month_is_not_due(hub, settings):
    settings.PEJL_CLOSE_DAYS = 10
    close(JUNE)
    assert look(date(2024, 7, 10)) == []


def test_a_day_before_every_contract_is_refused(hub):
    with pytest.raises(UserError, match="a day in a contract's period"):
        look(date(1999, 1, 1))


def test_after_the_last_contract_its_last_day_is_counted(hub):
    look(date(2031, 5, 5))
    assert {state.day for state in TrackState.objects.all()} == {queries.contracts()[-1].period.end}


def test_every_kind_has_its_words_and_its_readers():
    assert set(KINDS) == set(FOR) == set(AlertKind)


@pytest.fixture
def alert(db):
    facts = {"month": "2024-06", "open": 1, "days": 10}
    return make_alert("close_due:drawn:2024-06", AlertKind.CLOSE_DUE, "2024-06", facts)


def make_alert(key, kind, subject, facts):
    return Alert.objects.create(
        key=key, kind=kind, contract="ehhs-2024", subject=subject, day=JUNE, facts=facts
    )


@pytest.fixture
def worse(db):
    facts = {"wrong": 15, "checked": 100}
    facts["before"] = {"wrong": 10, "checked": 100, "day": "2024-05-31"}
    return make_alert("worse:drawn:dublet", AlertKind.WORSE, "dublet", facts)


@pytest.mark.parametrize("user", ["alice", "dorte", "tove", "rune", "anna"])
def test_who_looks_after_quality_sees_the_alerts(signed_in, worse, user):
    shown = words(signed_in(user).get(PAGE))
    assert "Flere poster i kontrollen »Dublet«" in shown


@pytest.mark.parametrize("user", ["ravi", "poul", "cille", "bent", "kaj", "karla", "erna"])
def test_others_do_not(signed_in, worse, user):
    client = signed_in(user)
    assert client.get(PAGE).status_code == 403
    for name in ("alerts:read", "alerts:dismiss", "alerts:choose"):
        assert client.post(reverse(name), {"varsel": worse.pk}).status_code == 403
    assert unread_count(User.objects.get(username=user)) == 0


def test_a_close_is_for_those_who_can_sign_it(signed_in, alert):
    assert "Afslutningen af juni" in words(signed_in("alice").get(PAGE))
    assert "Afslutningen af juni" not in words(signed_in("dorte").get(PAGE))
    answer = signed_in("dorte").post(reverse("alerts:dismiss"), {"varsel": alert.pk})
    assert answer.status_code == 404


def test_the_front_page_and_the_desk_say_how_many_are_unread(signed_in, year, worse, alert):
    client = signed_in("alice")
    for page in (reverse("status:overview"), reverse("desk:home")):
        assert "2 ulæste varsler" in words(client.get(page))
    client.post(reverse("alerts:read"), {"varsel": worse.pk})
    assert "1 ulæst varsel" in words(client.get(reverse("status:overview")))
    client.post(reverse("alerts:read"))
    assert "ulæst" not in words(client.get(reverse("status:overview")))
    assert "ulæst" not in words(signed_in("bent").get(reverse("status:overview")))


def test_read_and_put_away_are_each_reader_s_own(signed_in, worse):
    alice, tove = signed_in("alice"), signed_in("tove")
    alice.post(reverse("alerts:dismiss"), {"varsel": worse.pk})
    assert "Flere poster" not in words(alice.get(PAGE))
    assert "Flere poster" in words(alice.get(PAGE, {"alle": "1"}))
    assert "Flere poster" in words(tove.get(PAGE))
    assert unread_count(User.objects.get(username="alice")) == 0
    assert unread_count(User.objects.get(username="tove")) == 1
    back = alice.post(reverse("alerts:dismiss"), {"varsel": worse.pk, "igen": "1", "alle": "1"})
    assert back.url == f"{PAGE}?alle=1"
    assert "Flere poster" in words(alice.get(PAGE))


def test_without_alerts_the_page_says_what_it_is_for(signed_in):
    assert "Pejl ser efter hver morgen" in words(signed_in("alice").get(PAGE))


def test_what_does_not_exist_is_not_found(signed_in, worse):
    client = signed_in("alice")
    for number in ("999999", "x", ""):
        assert client.post(reverse("alerts:dismiss"), {"varsel": number}).status_code == 404


@pytest.fixture
def readers(db):
    made = [("ada", Role.CONTROLLER), ("dan", Role.DIRECTOR), ("ravi", Role.ADVISER)]
    return {
        name: User.objects.create(username=name, role=role, email=f"{name}@hub.example")
        for name, role in made
    }


def test_each_reader_is_sent_what_is_for_them_in_one_mail_and_once(readers, worse, alert):
    assert send_alerts(today=JUNE) == Sent(sent=2)
    assert send_alerts(today=JUNE) == Sent(nothing=2)
    assert send_alerts(today=JULY) == Sent(nothing=2)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"ada@hub.example", "dan@hub.example"}
    ada = letters["ada@hub.example"]
    assert ada.subject == "Pejl: 2 nye varsler"
    assert "Afslutningen af juni" in plain(ada.body)
    assert "15 poster, 15,0 pct., mod 10" in plain(ada.body)
    assert PAGE in ada.body
    assert letters["dan@hub.example"].subject == "Pejl: 1 nyt varsel"


@pytest.mark.parametrize("change", ["no thanks", "no address", "closed", "read", "away", "old"])
def test_nobody_is_written_to_who_does_not_want_it_or_has_seen_it(readers, worse, change):
    ada, today = readers["ada"], JUNE
    User.objects.exclude(pk=ada.pk).delete()
    if change == "no thanks":
        choose_mail(user=ada, by_mail=False)
    elif change in ("read", "away"):
        mark_read(alerts=[worse], user=ada)
        if change == "away":
            dismiss(alert=worse, user=ada)
    elif change == "old":
        today = JUNE + timedelta(days=31)
    else:
        values = {"email": ""} if change == "no address" else {"is_active": False}
        User.objects.filter(pk=ada.pk).update(**values)
    assert send_alerts(today=today).sent == 0
    assert mail.outbox == []
    assert not Sending.objects.exists()


def test_who_wants_mail_again_gets_what_is_new(readers, worse):
    choose_mail(user=readers["ada"], by_mail=False)
    assert send_alerts(today=JUNE).sent == 1
    choose_mail(user=readers["ada"], by_mail=True)
    assert send_alerts(today=JUNE).sent == 1
    assert [letter.to for letter in mail.outbox] == [["dan@hub.example"], ["ada@hub.example"]]


def test_the_choice_is_made_on_the_page(signed_in):
    client = signed_in("alice")
    client.post(reverse("alerts:choose"))
    assert client.get(PAGE).context["by_mail"] is False
    client.post(reverse("alerts:choose"), {"by_mail": "on"})
    assert client.get(PAGE).context["by_mail"] is True


def test_a_mail_server_that_is_away_is_said_and_the_next_run_sends(readers, worse, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 5
    with pytest.raises(UserError, match="mail server"):
        send_alerts(today=JUNE)
    assert not Sending.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_alerts(today=JUNE).sent == 2


def test_an_address_that_the_server_refuses_stops_nobody_elses_mail(readers, worse, settings):
    with MailServer(refuse={"ada@hub.example": "550 no such user"}) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        assert send_alerts(today=JUNE) == Sent(sent=1, not_taken=1)
    assert [one.to for one in server.taken] == ["dan@hub.example"]
    assert Sending.objects.get().user == readers["dan"]


def test_the_worker_looks_and_sends_and_a_second_time_does_neither(counted, readers):
    counted(JUNE)
    assert told(counted(JUNE + timedelta(days=1), Light.OFF_TRACK)) == [("left", "guidance")]
    day = (JUNE + timedelta(days=1)).isoformat()
    assert run_alerts.call(day) == {"found": 0, "sent": 2, "nothing": 0, "not_taken": 0}
    assert run_alerts.call(day) == {"found": 0, "sent": 0, "nothing": 2, "not_taken": 0}
