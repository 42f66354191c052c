"""Two users with one name: neither is shown what may be the other's."""

from datetime import date

import pytest
from django.urls import reverse

from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.names import LONGEST, names_alone, signature
from pejl_hub.companies.models import Person
from pejl_hub.desk.referrals.answers import may_see
from pejl_hub.desk.reminders.queries import reminders_for
from pejl_hub.guidance.actions.recording import Judged, Talk, record
from pejl_hub.guidance.models import Guidance
from pejl_hub.surveys.seen import kept_from, own_answers
from tests.unit.referrals.drawn import outside
from tests.web.test_referral_answers import answered, referred

MINE = reverse("registers:show", args=["henvisninger"]) + "?own=ja"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def karin(username, first="Karin", last="Holm", **more):
    return User.objects.create(
        username=username, first_name=first, last_name=last, role=Role.ADVISER, **more
    )


@pytest.fixture
def first(db, settings, tmp_path):
    settings.DATA = tmp_path
    return karin("kho")


def sees(user):
    """What of the referral and its answer the user is shown as their own."""
    answers = [answer.guidance.adviser for answer in own_answers(user)]
    referral = Guidance.objects.exclude(referrals=None).get().referrals.get()
    return len(answers), may_see(referral, user)


def test_what_is_ones_own_is_seen_until_somebody_else_has_the_name(first):
    answered(referred(first, outside(by=first)), used=True)
    assert sees(first) == (1, True)
    second = karin("karin2")
    assert (sees(first), sees(second)) == ((0, False), (0, False))
    second.last_name = "Holm Friis"
    second.save()
    assert (sees(first), sees(second)) == ((1, True), (0, False))


def test_a_closed_namesake_keeps_what_was_theirs_from_a_new_one(first):
    answered(referred(first, outside(by=first)), used=True)
    User.objects.filter(pk=first.pk).update(is_active=False)
    assert sees(karin("karin2")) == (0, False)


def test_an_answer_that_was_promised_to_be_kept_is_kept_from_both(first):
    """What may be one's own is wider than what is: a promise is not lost with a namesake."""
    answered(referred(first, outside(by=first)), used=True, anonymous=True)
    second = karin("karin2")
    guidance = Guidance.objects.exclude(referrals=None).get()
    assert kept_from(first) == kept_from(second) == {guidance.pk}
    assert kept_from(karin("ravi", "Ravi", "Nair")) == frozenset()
    User.objects.filter(pk=second.pk).update(role=Role.TEAM_LEAD)
    assert sees(User.objects.get(pk=second.pk)) == (0, False)


def test_what_is_recorded_after_there_are_two_is_signed_apart_and_is_ones_own(first):
    second = karin("karin2")
    made = [recorded(one) for one in (first, second)]
    assert [one.adviser for one in made] == ["Karin Holm (kho)", "Karin Holm (karin2)"]
    assert [waiting(one) for one in (first, second)] == [1, 1]
    assert recorded(karin("ravi", "Ravi", "Nair")).adviser == "Ravi Nair"


def recorded(by):
    talk = Talk(held_on=date(2026, 3, 1), type="orienting", team="Iværk")
    client = Person.objects.create(name="Alma")
    return record(client=client, talk=talk, state="planned", by=by, judged=Judged())


def waiting(user):
    return sum(pile.counted for pile in reminders_for(user, date(2026, 3, 5), own=True))


def test_the_register_shows_as_mine_what_is_nobody_elses(first, client):
    referred(first, outside(by=first))
    client.force_login(first, BACKEND)
    assert client.get(MINE).context["list"].counted == 1
    karin("karin2")
    assert client.get(MINE).context["list"].counted == 0


@pytest.mark.parametrize(
    ("username", "name", "theirs"),
    [
        ("karin holm", "", True),  # a user name that is the full name
        ("x", "kho", True),  # a full name that is the user name
        ("x", "Karin  Holm", False),
        ("x", "Karin Holm (kho)", True),
        ("x", "", False),
    ],
)
def test_a_name_is_taken_by_a_user_name_as_well_as_by_a_full_name(first, username, name, theirs):
    before = names_alone(first)
    User.objects.create(
        username="Karin Holm" if username == "karin holm" else username, first_name=name
    )
    assert (names_alone(first) != before) == theirs
    assert len(before - names_alone(first)) == theirs


def test_a_signature_has_room_on_a_record(first):
    long = karin("l" * 140, "Karin", "Holm")
    assert signature(long) == "l" * 140
    assert len(signature(long)) <= LONGEST
