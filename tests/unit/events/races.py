"""Two at once: never a seat too many. ``test_races`` runs it, on databases that threads share."""

import pytest

from pejl_hub.events.actions.signing import cancel, sign_up
from pejl_hub.events.models import Signup
from tests.at_once import at_once
from tests.unit.events.conftest import guest

pytestmark = pytest.mark.django_db(transaction=True)


def in_state(event, state):
    return event.signups.filter(state=state).count()


def test_eight_at_once_for_three_seats_get_three_and_five_wait(make):
    event = make(capacity=3)
    at_once(*[lambda n=n: sign_up(event=event, given=guest(f"G{n}")) for n in range(8)])
    assert (in_state(event, "registered"), in_state(event, "waiting")) == (3, 5)


def test_cancellations_and_sign_ups_at_once_leave_every_seat_taken_once(make):
    event = make(capacity=3)
    seated = [sign_up(event=event, given=guest(f"A{n}")) for n in range(3)]
    waiting = [sign_up(event=event, given=guest(f"B{n}")) for n in range(2)]
    at_once(
        *[lambda one=one: cancel(signup=one, by=None) for one in seated[:2]],
        *[lambda n=n: sign_up(event=event, given=guest(f"C{n}")) for n in range(2)],
    )
    assert (in_state(event, "registered"), in_state(event, "cancelled")) == (3, 2)
    assert {Signup.objects.get(pk=one.pk).state for one in waiting} == {"registered"}


def test_the_same_link_used_twice_at_once_gives_one_seat_back(make):
    event = make(capacity=1)
    alma = sign_up(event=event, given=guest())
    for name in ("Bo", "Carl"):
        sign_up(event=event, given=guest(name))
    at_once(lambda: cancel(signup=alma, by=None), lambda: cancel(signup=alma, by=None))
    assert (in_state(event, "registered"), in_state(event, "waiting")) == (1, 1)
