"""Signing up, the waiting list, cancelling: seats are given once, and in the order of asking."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from pejl_hub.companies.models import Company, Person
from pejl_hub.events.actions.making import call_off, change_event
from pejl_hub.events.actions.signing import NoSeat, cancel, sign_up
from pejl_hub.events.models import Attendance, Letter, Signup
from pejl_hub.guidance.models import Guidance
from tests.unit.events.conftest import ANKER, guest

pytestmark = pytest.mark.django_db(transaction=True)


def drawn(event):
    """The sign-ups of an event as a drawn line, in the order of asking."""
    return " ".join(f"{s.name}:{s.state}" for s in event.signups.order_by("pk"))


def kinds():
    return [letter.kind for letter in Letter.objects.order_by("pk")]


def test_seats_go_in_the_order_of_asking_and_the_rest_wait(make):
    event = make()
    for name in ("Alma", "Bo", "Carl", "Dina"):
        sign_up(event=event, given=guest(name))
    assert drawn(event) == "Alma:registered Bo:registered Carl:waiting Dina:waiting"
    assert kinds() == ["confirmed", "confirmed", "waiting", "waiting"]


def test_a_seat_given_back_goes_to_whoever_has_waited_longest_who_is_told(make):
    event = make()
    alma, *_ = [sign_up(event=event, given=guest(n)) for n in ("Alma", "Bo", "Carl", "Dina")]
    assert cancel(signup=alma, by=None) is True
    assert drawn(event) == "Alma:cancelled Bo:registered Carl:registered Dina:waiting"
    assert kinds()[-2:] == ["cancelled", "moved_up"]
    assert cancel(signup=alma, by=None) is False
    assert drawn(event) == "Alma:cancelled Bo:registered Carl:registered Dina:waiting"


def test_more_seats_move_the_queue_up(make, ravi):
    event = make()
    for name in ("Alma", "Bo", "Carl", "Dina"):
        sign_up(event=event, given=guest(name))
    change_event(event=event, values={"capacity": 3}, by=ravi)
    assert drawn(event) == "Alma:registered Bo:registered Carl:registered Dina:waiting"


@pytest.mark.parametrize(
    ("values", "taken"),
    [
        ({"waiting_list": False}, False),
        ({"capacity": None}, True),
        ({"capacity": 0}, True),  # into the queue
        ({"opens_at": timezone.now() + timedelta(hours=1)}, False),
        ({"closes_at": timezone.now() - timedelta(hours=1)}, False),
        ({"held_on": timezone.localdate() - timedelta(days=1)}, False),
    ],
)
def test_whether_a_third_gets_in(make, values, taken):
    event = make(**values)
    for name in ("Alma", "Bo"):
        if values in ({"waiting_list": False}, {"capacity": None}):
            sign_up(event=event, given=guest(name))
    if taken:
        sign_up(event=event, given=guest("Carl"))
        assert event.signups.filter(name="Carl").exists()
    else:
        with pytest.raises(NoSeat):
            sign_up(event=event, given=guest("Carl"))
        assert not event.signups.filter(name="Carl").exists()


def test_the_same_address_again_gets_no_second_seat_and_no_second_letter_at_once(make):
    event = make()
    first = sign_up(event=event, given=guest())
    again = sign_up(event=event, given=guest("ALMA"))
    assert (again.pk, Signup.objects.count(), len(kinds())) == (first.pk, 1, 1)
    Letter.objects.update(written_at=timezone.now() - timedelta(hours=2))
    sign_up(event=event, given=guest())
    assert (Signup.objects.count(), kinds()) == (1, ["confirmed", "confirmed"])


def test_a_known_company_is_recognised_and_its_facts_are_those_of_the_events_day(make, anker):
    held = timezone.localdate() - timedelta(days=30)
    Guidance.objects.create(
        company=anker, type="specialised", state="held", segment="growth",
        held_on=held, recorded_on=held,
    )  # fmt: skip
    signup = sign_up(event=make(), given=guest(cvr=f"DK {ANKER[:4]} {ANKER[4:]}"))
    attendance = Attendance.objects.get()
    assert (signup.company, signup.matched_by, attendance.company) == (anker, "cvr", anker)
    frozen = attendance.municipality, attendance.employees, attendance.segment
    assert frozen == ("151", 4, "growth")


def test_an_event_moved_to_another_day_freezes_that_days_facts(make, anker, ravi, today):
    event = make()
    sign_up(event=event, given=guest(cvr=ANKER))
    change_event(event=event, values={"held_on": today + timedelta(days=9)}, by=ravi)
    attendance = Attendance.objects.get()
    assert (attendance.municipality, attendance.employees) == ("101", 40)
    assert kinds() == ["confirmed", "changed"]


def test_a_number_that_is_not_on_record_makes_neither_company_nor_attendance(make, anker):
    signup = sign_up(event=make(), given=guest(cvr="53648371"))
    assert (Company.objects.count(), Person.objects.count()) == (1, 0)
    assert (signup.pile, Attendance.objects.count()) == ("unmatched", 0)


def test_whoever_waits_has_no_attendance_until_the_seat_is_theirs(make, anker):
    event = make(capacity=1)
    bo = sign_up(event=event, given=guest("Bo"))
    sign_up(event=event, given=guest(cvr=ANKER))
    assert Attendance.objects.count() == 0
    cancel(signup=bo, by=None)
    assert Attendance.objects.get().state == "registered"


def test_calling_an_event_off_cancels_every_signup_and_tells_them(make, anker, ravi):
    event = make(capacity=1)
    sign_up(event=event, given=guest(cvr=ANKER))
    sign_up(event=event, given=guest("Bo"))
    call_off(event=event, because="Oplægsholderen er syg", by=ravi)
    assert drawn(event) == "Alma:cancelled Bo:cancelled"
    assert Attendance.objects.get().state == "cancelled"
    assert [m.subject for m in mail.outbox][-2:] == ["Aflyst: Eksport for begyndere"] * 2
    with pytest.raises(NoSeat):
        sign_up(event=event, given=guest("Carl"))


def test_a_signup_cannot_be_cancelled_from_outside_once_the_event_has_begun(make, ravi, today):
    event = make()
    alma = sign_up(event=event, given=guest())
    event.held_on = today - timedelta(days=1)
    event.save()
    assert cancel(signup=alma, by=None) is False
    assert cancel(signup=alma, by=ravi) is True
