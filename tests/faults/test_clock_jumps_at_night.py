"""The clock jumps a day or a year, and what runs every night runs by it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pejl.base.errors import UserError
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.alerts.tasks import run_alerts
from pejl_hub.companies.models import Company, Person
from pejl_hub.core.actions import bump_revision
from pejl_hub.privacy import retention
from pejl_hub.privacy.models import RetentionRun
from pejl_hub.reporting.due import due_reports
from pejl_hub.reporting.models import Report
from pejl_hub.snapshots.actions import take_snapshot
from tests.unit.surveys.conftest import held

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 3, 3, 30, tzinfo=UTC)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
KEPT = 60  # months of pre-starters


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def agreed(clock):
    """Two people agree on NOW; the first run goes."""
    clock(NOW)
    make_demo_users()
    agree()
    tonight()


def agree():
    users = {user.username: user for user in User.objects.all()}
    retention.approve(run=retention.ask(by=users["alice"]), by=users["anna"])


def registered(name, days):
    """A pre-starter without service whose time is over so many days after NOW."""
    over = retention.months_before(NOW.date(), KEPT) + timedelta(days=days - 1)
    return Person.objects.create(name=name, created_on=over)


def kept():
    return list(Person.objects.exclude(name="(slettet)").values_list("name", flat=True))


def tonight():
    return retention.run_retention(today=timezone.localdate(), by=None)


@pytest.mark.parametrize(
    ("jump", "left"),
    [
        (timedelta(0), ["tomorrow", "in a year"]),
        (DAY, ["in a year"]),
        (-DAY, ["today", "tomorrow", "in a year"]),
    ],
)
def test_a_day_to_either_side_is_a_day_of_retention(agreed, clock, jump, left):
    for name, days in (("today", 0), ("tomorrow", 1), ("in a year", 365)):
        registered(name, days)
    clock(NOW + jump)
    tonight()
    assert kept() == left


def test_a_year_ahead_takes_nothing_and_the_right_day_goes_on(agreed, clock):
    registered("in two days", 2)
    registered("in a year", 365)
    clock(NOW + YEAR)
    with pytest.raises(UserError, match="a clock that is right"):
        tonight()
    assert kept() == ["in two days", "in a year"]
    assert RetentionRun.objects.count() == 1
    clock(NOW + 2 * DAY)
    tonight()
    assert kept() == ["in a year"]


def test_after_a_long_pause_two_people_say_that_the_clock_is_right(agreed, clock):
    registered("in half a year", 180)
    today = clock(NOW + YEAR).date()
    assert not retention.is_approved(today)  # and so the page offers to ask
    agree()
    assert retention.is_approved(today)
    tonight()
    assert kept() == []
    clock(NOW + YEAR + 31 * DAY)
    tonight()  # and each night vouches for the next
    clock(NOW + YEAR + 62 * DAY)
    tonight()


def test_a_job_for_later_waits_or_comes_early_and_is_done_once(clock):
    clock(NOW)
    run_alerts.using(run_after=NOW + DAY / 2).enqueue("2024-06-03")
    ready = DBTaskResult.objects.ready
    assert not ready().exists()
    clock(NOW - DAY)
    assert not ready().exists()
    clock(NOW + DAY)
    ready().get().claim("worker")
    for moment in (NOW - DAY, NOW, NOW + DAY):
        clock(moment)
        assert not ready().exists()


def test_what_must_be_reported_is_asked_of_the_day_and_nothing_is_kept_of_it(clock):
    def due():
        return [(one.duty.id, one.as_of, one.overdue) for one in due_reports()]

    clock(NOW)
    before = due()
    clock(NOW + YEAR)
    ahead = due()
    assert sum(one[2] for one in ahead) > sum(one[2] for one in before)
    for moment in (NOW - DAY, NOW + DAY, NOW):
        clock(moment)
        due()
    assert due() == before
    assert Report.objects.count() == 0


@pytest.mark.parametrize("jump", [DAY, YEAR])
def test_a_snapshot_of_a_clock_that_was_ahead_is_not_taken_for_the_newest_records(clock, jump):
    def talked(number):
        company = Company.objects.create(cvr=number, name=number)
        held(company=company)
        bump_revision()
        return take_snapshot(date(2024, 12, 31)).table("guidance").num_rows

    clock(NOW + jump)
    assert talked("53648371") == 1
    clock(NOW)
    assert talked("10150809") == 2
