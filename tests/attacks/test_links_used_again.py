"""Links that have been used, ended or are another's. Keys: `test_keys_used_again`."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pejl_hub.accounts.models import Role, User
from pejl_hub.events.models import Signup
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.models import Referral
from pejl_hub.surveys.actions.answering import Given, take_answer
from pejl_hub.surveys.models import Answer, Invitation, Message, ReferralAnswer
from pejl_hub.wheel.actions import end_feed, find_feed, make_feed
from tests.web.test_answer_pages import TODAY, ask
from tests.web.test_event_pages import cancel_path, form
from tests.web.test_event_pages import event as event

pytestmark = pytest.mark.django_db


@pytest.fixture
def june(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def test_of_two_answers_that_were_read_at_once_one_is_kept(june):
    """Both have opened the link before either has answered."""
    ask()
    first, second = (Invitation.objects.get() for _ in range(2))
    assert take_answer(invitation=first, given=Given(nps=9), today=TODAY)
    assert not take_answer(invitation=second, given=Given(nps=0), today=TODAY)
    assert Answer.objects.get().nps == 9


def test_one_clients_link_answers_for_no_other(june, client):
    """The number of another's referral, sent along with the own answer, is nobody's."""
    own, _other = ask("petra"), ask("bo")
    theirs = Referral.objects.create(
        guidance=Guidance.objects.get(person__name="bo"), referred_on=TODAY, recipient="R",
        recipient_kind="private", state="sent",
    )  # fmt: skip
    hers = Invitation.objects.get(enrolment__guidance__person__name="petra")
    told = {"nps": "9", f"referral_{theirs.pk}": "yes", "answer": "2", "invitation": "2"}
    assert client.post(own, told).status_code == 302
    assert not ReferralAnswer.objects.exists()
    assert list(Answer.objects.filter(nps=9)) == [hers.answer]


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_a_letter_that_was_never_sent_or_was_called_back_opens_nothing(june, client, state):
    path = ask()
    assert client.get(path).status_code == 200
    Message.objects.update(state=state, sent_at=None)
    assert client.post(path, {"nps": "0"}).status_code == 404
    assert Answer.objects.get().nps is None


def test_a_link_whose_answer_has_been_taken_away_opens_nothing(june, client):
    path = ask()
    Invitation.objects.update(answer=None)
    assert client.get(path).status_code == 404
    assert client.post(path, {"nps": "0"}).status_code == 404
    assert not Answer.objects.filter(nps=0).exists()


def test_a_letters_link_is_kept_by_its_hash_alone(june):
    secret = ask().split("/")[2]
    assert secret not in str(list(Message.objects.values()) + list(Invitation.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_a_cancel_link_gives_back_its_own_seat_once_and_none_after_the_beginning(client, event):
    client.post(f"/tilmeld/{event.token}/", form())
    client.post(f"/tilmeld/{event.token}/", form("Bo"))
    path = cancel_path(mail.outbox[0])
    for wrong in (event.token, Signup.objects.first().code, Signup.objects.first().cancel_hash):
        assert client.post(f"/afmeld/{wrong}/").status_code == 404
    type(event).objects.update(held_on=timezone.localdate() - timedelta(days=1))
    client.post(path)
    assert sorted(Signup.objects.values_list("state", flat=True)) == ["registered", "waiting"]
    type(event).objects.update(held_on=timezone.localdate() + timedelta(days=1))
    client.post(path)
    told = len(mail.outbox)
    client.post(path)
    assert len(mail.outbox) == told
    assert sorted(Signup.objects.values_list("state", flat=True)) == ["cancelled", "registered"]


@pytest.mark.parametrize("end", ["ended", "renewed", "user closed", "another role", "no demo"])
def test_a_calendars_address_opens_nothing_after_its_end(signed_in, settings, end):
    alice = User.objects.get(username="alice") if signed_in else None
    secret = make_feed(user=alice, everything=True)
    path = reverse("wheel:ics", args=[secret])
    assert Client().get(path).status_code == 200
    if end == "ended":
        end_feed(user=alice)
    elif end == "renewed":
        make_feed(user=alice, everything=True)
    elif end == "user closed":
        User.objects.filter(pk=alice.pk).update(is_active=False)
    elif end == "another role":
        User.objects.filter(pk=alice.pk).update(role=Role.BOARD)
    else:
        settings.PEJL_DEMO = False
    assert Client().get(path).status_code == 404


def test_what_is_stored_of_a_calendars_address_opens_nothing(signed_in):
    alice = User.objects.get(username="alice") if signed_in else None
    secret = make_feed(user=alice, everything=True)
    feed = find_feed(secret)
    for wrong in (feed.sha256, secret[:-1], secret.swapcase(), str(feed.pk)):
        assert Client().get(reverse("wheel:ics", args=[wrong])).status_code == 404
