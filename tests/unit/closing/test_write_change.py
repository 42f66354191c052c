"""A change is written with its audit entry; in a closed period it is a correction, or refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed, facts, write_change
from pejl_hub.closing.models import Close, Correction, CorrectionKind
from pejl_hub.communication.models import NewsletterLevel
from pejl_hub.core.actions import current_revision

MARCH = date(2024, 3, 1), date(2024, 3, 31)
pytestmark = pytest.mark.django_db


def close(first: date, last: date, **more: object) -> Close:
    return Close.objects.create(
        first_day=first, last_day=last, snapshot_id="s", signed="Alice", **more
    )


@transaction.atomic
def change(day: date, *, reason: str = "", days: list[date | None] | None = None) -> AuditEntry:
    level = NewsletterLevel.objects.create(measured_on=day, subscribers=100)
    before = facts(level)
    level.subscribers = 110
    level.save()
    return write_change(
        by=None,
        action="newsletter.changed",
        obj=level,
        days=days or [day],
        before=before,
        after=facts(level),
        reason=reason,
        kind=CorrectionKind.LATE,
    )


def test_in_an_open_period_the_old_and_the_new_value_are_kept_and_nothing_is_corrected():
    entry = change(date(2024, 4, 1))
    assert entry.details == {"changed": {"subscribers": ["100", "110"]}}
    assert Correction.objects.count() == 0
    assert current_revision() == 1


@pytest.mark.parametrize("day", [date(2024, 3, 1), date(2024, 3, 31)])
def test_in_a_closed_period_a_change_without_a_reason_is_refused_and_nothing_is_written(day):
    close(*MARCH)
    with pytest.raises(PeriodClosed):
        change(day, reason="  ")
    assert (NewsletterLevel.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_in_a_closed_period_a_change_with_a_reason_is_a_correction_of_every_close_it_touches():
    march, first_quarter = close(*MARCH), close(date(2024, 1, 1), date(2024, 3, 31))
    close(date(2024, 4, 1), date(2024, 4, 30))
    entry = change(date(2024, 3, 5), reason="Typed from the wrong page")
    made = Correction.objects.filter(entry=entry)
    assert {c.close_id for c in made} == {march.pk, first_quarter.pk}
    assert {(c.kind, c.reason) for c in made} == {("late", "Typed from the wrong page")}


def test_moving_a_record_out_of_a_closed_period_needs_a_reason_too():
    close(*MARCH)
    with pytest.raises(PeriodClosed):
        change(date(2024, 4, 2), days=[date(2024, 3, 30), date(2024, 4, 2)])


def test_an_unknown_day_is_in_no_period():
    close(*MARCH)
    change(date(2024, 4, 2), days=[None])


def test_a_reason_that_looks_like_a_cpr_number_is_refused():
    with pytest.raises(UserError, match="CPR"):
        change(date(2024, 4, 1), reason="ring til 251299-1234")


def test_a_period_opened_again_binds_no_more_and_takes_two_people():
    alice, dorte = (User.objects.create(username=n, role=Role.CONTROLLER) for n in ("a", "d"))
    march = close(*MARCH, reopen_asked_at=timezone.now(), reopen_asked_by=alice)
    march.reopened_at, march.reopened_by = timezone.now(), alice
    with pytest.raises(IntegrityError), transaction.atomic():
        march.save()
    march.reopened_by = dorte
    march.save()
    change(date(2024, 3, 5))
