"""The clock jumps back an hour, forward a year, and over the nights when it is put on and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.alerts.tasks import run_alerts
from pejl_hub.audit import chain
from pejl_hub.audit.actions import record
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close
from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.core.presence import at_work
from pejl_hub.core.worker import take_up_left_behind
from pejl_hub.desk.reminders.digest import send_digests
from pejl_hub.desk.reminders.models import Digest
from pejl_hub.governance.closes.actions import close_period
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.sending import send_due
from pejl_hub.surveys.models import Enrolment
from tests.unit.surveys.conftest import TODAY, held

pytestmark = pytest.mark.django_db
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
# Denmark: 31 March 2024 has no 02:30, and 27 October 2024 has two of them.
NIGHTS = (datetime(2024, 3, 31, 0, 30, tzinfo=UTC), datetime(2024, 10, 27, 0, 30, tzinfo=UTC))


@pytest.fixture
def alice(db):
    return User.objects.create(username="alice", role="controller", email="alice@hub.dk")


@pytest.fixture
def asked(company, petra):
    """Two who are due."""
    held(company=company)
    held(person=petra)
    Contact.objects.create(company=company, name="A", email="a@firma.example", is_main=True)


@pytest.fixture
def company(db):
    return Company.objects.create(cvr="53648371", name="Firma ApS")


@pytest.fixture
def petra(db):
    return Person.objects.create(name="Petra", email="petra@example.org")


@pytest.mark.parametrize("jump", [-HOUR, YEAR, -YEAR])
def test_the_audit_log_keeps_its_order_and_its_chain(alice, clock, jump):
    now = clock(datetime(2024, 6, 3, 12, tzinfo=UTC))
    record(by=alice, action="first", obj=alice)
    chain.seal()
    clock(now + jump)
    record(by=alice, action="second", obj=alice)
    chain.seal()
    clock(now)
    record(by=alice, action="third", obj=alice)
    chain.seal()
    sealed = AuditEntry.objects.exclude(link=None).order_by("link__number")
    told = [one.action for one in sealed if one.action in ("first", "second", "third")]
    assert told == ["first", "second", "third"]
    assert chain.verify().holds


def test_a_month_is_closed_once_whatever_the_clock_says(alice, clock, settings, tmp_path):
    settings.DATA = tmp_path
    now = clock(datetime(2024, 3, 1, 0, 30, tzinfo=UTC))
    made = close_period(until=date(2024, 1, 31), signed="Alice", by=alice)
    for moment in (now - HOUR, now + YEAR):
        clock(moment)
        with pytest.raises(UserError, match="closed already"):
            close_period(until=date(2024, 1, 31), signed="Alice", by=alice)
    assert list(Close.objects.all()) == [made]
    clock(now - timedelta(days=2))  # February was over a moment ago, and now is not
    with pytest.raises(UserError, match="a month that is over"):
        close_period(until=date(2024, 2, 29), signed="Alice", by=alice)
    assert Close.objects.count() == 1


def test_nobody_is_asked_twice_or_forgotten_when_the_day_jumps(asked):
    enrol(today=TODAY, by=None)
    assert send_due(today=TODAY, who="test").sent == 2
    for day in (TODAY - timedelta(days=1), TODAY + YEAR, TODAY):
        enrol(today=day, by=None)
        assert send_due(today=day, who="test").sent == 0
    assert Enrolment.objects.count() == 2
    assert send_due(today=TODAY + timedelta(days=7), who="test").sent == 2  # the first reminder
    assert len(mail.outbox) == 4


def test_the_mornings_e_mail_comes_once_a_day_when_the_day_comes_twice(alice, monkeypatch):
    piles = "pejl_hub.desk.reminders.digest.reminders_for"
    letter = "pejl_hub.desk.reminders.digest.letter"
    monkeypatch.setattr(piles, lambda *_, **__: [type("Pile", (), {"counted": 1})])
    monkeypatch.setattr(letter, lambda *_: mail.EmailMessage("s", "b", to=["alice@hub.dk"]))
    monkeypatch.setattr("pejl_hub.desk.reminders.digest.may", lambda *_: True)
    day = date(2024, 6, 3)
    for today in (day - timedelta(days=1), day, day - timedelta(days=1), day):
        send_digests(today=today)
    assert (len(mail.outbox), Digest.objects.count()) == (2, 2)


@pytest.mark.parametrize(("jump", "stays"), [(-HOUR, True), (HOUR, True), (YEAR, False)])
def test_a_session_survives_an_hour_and_ends_calmly_after_a_year(alice, client, clock, jump, stays):
    now = clock(timezone.now())
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    page = reverse("clients:search")
    assert client.get(page).status_code == 200
    clock(now + jump)
    answer = client.get(page)
    assert (answer.status_code == 200) is stays
    if not stays:
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("night", NIGHTS)
def test_the_nights_when_the_clock_is_put_have_one_day_each(alice, clock, night):
    days = {timezone.localdate(clock(night + n * HOUR / 2)) for n in range(8)}
    assert len(days) == 1
    for n in range(4):
        clock(night + n * HOUR / 2)
        record(by=alice, action=f"at {n}", obj=alice)
    chain.seal()
    assert chain.verify().holds


def test_a_living_worker_keeps_its_job_when_the_clock_jumps(clock, settings, tmp_path):
    settings.DATA = tmp_path
    run_alerts.enqueue("2024-06-03")
    DBTaskResult.objects.get().claim("alive")
    with at_work("alive"):
        clock(timezone.now() + YEAR)
        assert take_up_left_behind() == 0
    assert take_up_left_behind() == 1
