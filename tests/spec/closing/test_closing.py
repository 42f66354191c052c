"""Who may close what, and how a closed month is opened again: every allowed act and its refusal."""

from datetime import date

import pytest

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User
from pejl_hub.closing.queries import is_closed
from pejl_hub.governance.closes import queries
from pejl_hub.governance.closes.actions import ask_reopening, close_period, decide_reopening

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def alice():
    return User.objects.create(username="alice", role=Role.CONTROLLER)


@pytest.fixture
def dorte():
    return User.objects.create(username="dorte", role=Role.DIRECTOR)


def sign(until: date = JANUARY, by: User | None = None, signed: str = "Alice Lund"):
    return close_period(until=until, signed=signed, by=by)


def test_a_close_signs_all_that_is_not_signed_and_the_next_goes_on_from_there(alice):
    first, second = sign(FEBRUARY, alice), sign(MARCH, alice)
    assert (first.first_day, first.last_day) == (date(2024, 1, 1), FEBRUARY)
    assert (second.first_day, second.last_day) == (date(2024, 3, 1), MARCH)
    assert is_closed(date(2024, 2, 10))
    assert not is_closed(date(2024, 4, 1))


@pytest.mark.parametrize(
    ("until", "signed", "why"),
    [
        (date(2024, 1, 30), "Alice Lund", "last day of a month"),
        (date(2030, 1, 31), "Alice Lund", "month that is over"),
        (JANUARY, "  ", "signature"),
        (JANUARY, "251299-1234", "CPR"),
    ],
)
def test_a_close_that_cannot_be_signed_says_why(until, signed, why):
    with pytest.raises(UserError, match=why):
        sign(until, signed=signed)
    assert queries.latest_close() is None


def test_what_is_closed_is_not_closed_again():
    sign()
    with pytest.raises(UserError, match="closed already"):
        sign()


def test_a_second_person_opens_a_month_again_and_it_can_be_closed_anew(alice, dorte):
    close = sign(by=alice)
    ask_reopening(close=close, reason="Importen manglede", by=alice)
    assert is_closed(JANUARY)
    decide_reopening(close=close, allow=True, by=dorte)
    assert not is_closed(JANUARY)
    again = sign(by=alice)
    assert (again.first_day, again.pk) == (date(2024, 1, 1), close.pk + 1)


def test_the_one_who_asked_cannot_decide(alice):
    close = sign(by=alice)
    ask_reopening(close=close, reason="Importen manglede", by=alice)
    with pytest.raises(UserError, match="second person"):
        decide_reopening(close=close, allow=True, by=alice)
    assert is_closed(JANUARY)


def test_a_refused_opening_leaves_it_closed_and_can_be_asked_for_again(alice, dorte):
    close = sign(by=alice)
    ask_reopening(close=close, reason="Importen manglede", by=alice)
    decide_reopening(close=close, allow=False, by=dorte)
    assert is_closed(JANUARY)
    ask_reopening(close=close, reason="Den mangler stadig", by=alice)


def test_nothing_is_opened_that_nobody_asked_about(alice, dorte):
    with pytest.raises(UserError, match="nobody asks"):
        decide_reopening(close=sign(by=alice), allow=True, by=dorte)


def test_only_the_newest_close_can_be_opened_for_later_ones_rest_on_it(alice):
    first = sign(by=alice)
    sign(FEBRUARY, alice)
    with pytest.raises(UserError, match="newest"):
        ask_reopening(close=first, reason="Importen manglede", by=alice)


@pytest.mark.parametrize("reason", ["", "  ", "251299-1234"])
def test_an_opening_needs_a_reason_without_a_cpr_number(alice, reason):
    with pytest.raises(UserError):
        ask_reopening(close=sign(by=alice), reason=reason, by=alice)
