"""The public answer pages: one answer a link, and nothing to learn from trying links."""

import secrets
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from pejl_hub.companies.models import Person
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.models import Referral
from pejl_hub.surveys import links
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.sending import send_due
from pejl_hub.surveys.models import Answer, Comment, Invitation, ReferralAnswer, Unsubscription

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def june(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def ask(name="petra") -> str:
    """The path of the link that somebody was sent about a held guidance."""
    person = Person.objects.create(name=name, email=f"{name}@example.org")
    Guidance.objects.create(
        person=person,
        type="specialised",
        state="held",
        segment="growth",
        adviser="Ravi",
        recorded_on=date(2024, 5, 14),
        held_on=date(2024, 5, 14),
    )
    enrol(today=TODAY, by=None)
    send_due(today=TODAY, who="test")
    line = next(x for x in mail.outbox[-1].body.splitlines() if "/svar/" in x)
    return line.split("localhost:8000")[1].strip()


@pytest.fixture
def path() -> str:
    return ask()


def test_an_answer_is_kept_with_its_score_its_referral_and_its_words(client, path):
    answer = client.post(path, {"nps": "9", "other_referral": "yes", "comment": "God hjælp"})
    assert answer.status_code == 302
    kept = Answer.objects.get()
    assert (kept.nps, kept.referral_used, kept.answered_on) == (9, True, TODAY)
    assert Comment.objects.get().text == "God hjælp"


@pytest.mark.parametrize(
    ("said", "kept"), [("yes", True), ("no", False), ("none", None), ("", None)]
)
def test_the_referral_counts_only_when_there_was_one(client, path, said, kept):
    client.post(path, {"nps": "0", "other_referral": said})
    assert (Answer.objects.get().nps, Answer.objects.get().referral_used) == (0, kept)


def test_each_referral_is_asked_about_by_itself(client, path):
    guidance = Guidance.objects.get()
    one, other = (
        Referral.objects.create(
            guidance=guidance,
            referred_on=guidance.held_on,
            recipient=name,
            recipient_kind="private",
            state="sent",
        )
        for name in ("Advokat A", "Revisor R")
    )
    shown = client.get(path).content.decode()
    assert "Advokat A" in shown
    assert "Revisor R" in shown
    client.post(path, {"nps": "7", f"referral_{one.pk}": "no", f"referral_{other.pk}": "yes"})
    assert dict(ReferralAnswer.objects.values_list("referral", "used")) == {
        one.pk: False,
        other.pk: True,
    }
    assert Answer.objects.get().referral_used is True


@pytest.mark.parametrize("given", [{}, {"nps": "11"}, {"nps": "-1"}, {"nps": "9.5"}])
def test_without_a_score_the_page_says_so_and_the_link_still_works(client, path, given):
    refused = client.post(path, given)
    assert refused.status_code == 400
    assert "Vælg et tal fra 0 til 10" in refused.content.decode()
    assert client.post(path, {"nps": "9"}).status_code == 302


def test_a_cpr_number_is_refused_in_the_free_text(client, path):
    refused = client.post(path, {"nps": "9", "comment": "Jeg er 010190-1234"})
    assert refused.status_code == 400
    assert not Comment.objects.exists()


def test_opening_the_link_changes_nothing_for_mail_scanners_do_so(client, path):
    for _ in range(3):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert client.get(f"{path}afmeld/").status_code == 200
    assert Answer.objects.get().answered_on is None
    assert not Unsubscription.objects.exists()


def test_whoever_has_unsubscribed_gets_no_more_letters_and_may_still_answer(client, path):
    """Unsubscribing is from letters. An answer that they send themselves is what they want."""
    client.post(f"{path}afmeld/")
    sent = len(mail.outbox)
    send_due(today=date(2024, 6, 10), who="test")
    assert len(mail.outbox) == sent
    assert client.post(path, {"nps": "9"}).status_code == 302
    assert (Answer.objects.get().nps, Unsubscription.objects.count()) == (9, 1)


def test_the_page_after_unsubscribing_says_that_the_link_may_be_used(client, path):
    said = client.post(f"{path}afmeld/").content.decode()
    assert "kan du stadig svare" in said
    # The same for a link that leads nowhere: the page must not tell which links there are.
    assert "kan du stadig svare" in client.post(f"/svar/{'x' * 32}/afmeld/").content.decode()


def test_the_question_is_in_english_when_asked_for_with_the_contracts_words_beside(client, path):
    shown = client.get(f"{path}?sprog=en").content.decode()
    assert '<html lang="en">' in shown
    assert "How likely is it that you would recommend" in shown
    assert "Hvor sandsynligt er det, at du vil anbefale" in shown


class TestReplay:
    def test_a_second_use_is_refused_and_the_first_answer_stands(self, client, path):
        client.post(path, {"nps": "9"})
        assert client.post(path, {"nps": "0"}).status_code == 404
        assert Answer.objects.get().nps == 9

    def test_the_reminders_link_does_not_answer_again(self, client, path):
        send_due(today=date(2024, 6, 10), who="test")
        reminder = next(x for x in mail.outbox[-1].body.splitlines() if "/svar/" in x)
        reminder = reminder.split("localhost:8000")[1].strip()
        assert reminder != path
        assert client.post(reminder, {"nps": "9"}).status_code == 302
        assert client.post(path, {"nps": "0"}).status_code == 404

    def test_an_expired_link_is_refused_and_one_of_its_last_day_is_not(
        self, client, path, monkeypatch
    ):
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(2024, 8, 3))
        assert client.get(path).status_code == 404
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(2024, 8, 2))
        assert client.get(path).status_code == 200


class TestGuessing:
    def test_unknown_used_and_expired_links_are_answered_alike(self, client, path, monkeypatch):
        unknown = client.get(reverse("surveys:answer", args=[secrets.token_urlsafe(24)]))
        client.post(path, {"nps": "9"})
        used, late = client.get(path), ask("late")
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 1, 1))
        expired = client.get(late)
        pages = {(one.status_code, one.content) for one in (unknown, used, expired)}
        assert len(pages) == 1

    def test_the_unsubscribing_page_does_not_tell_which_links_exist(self, client, path):
        unknown = reverse("surveys:answer", args=["A" * 32])
        for method in (client.get, client.post):
            known, guessed = (method(f"{one}afmeld/") for one in (path, unknown))
            assert known.status_code == guessed.status_code == 200
            assert known.content.replace(path.encode(), b"") == guessed.content.replace(
                unknown.encode(), b""
            )
        assert Unsubscription.objects.count() == 1

    def test_neither_the_stored_hash_nor_a_number_opens_anything(self, client, path):
        invitation = Invitation.objects.get()
        for guess in (
            invitation.messages.get(kind="invitation").token_hash,
            invitation.pk,
            invitation.person_key,
            path.split("/")[2][:-1],
            path.split("/")[2].swapcase(),
        ):
            assert client.get(reverse("surveys:answer", args=[guess])).status_code == 404

    def test_whoever_tries_many_is_turned_away_with_a_good_link_too_for_a_while(
        self, client, path, monkeypatch
    ):
        for number in range(links.TRIES):
            assert client.get(reverse("surveys:answer", args=[f"guess{number}"])).status_code == 404
        assert client.get(path).status_code == 429
        assert client.get(path, REMOTE_ADDR="192.0.2.9").status_code == 200
        later = links.time.time() + links.WINDOW_SECONDS
        monkeypatch.setattr(links.time, "time", lambda: later)
        assert client.get(path).status_code == 200

    def test_links_are_all_different_and_say_nothing_of_each_other(self, path):
        secret, other = path.split("/")[2], ask("bo").split("/")[2]
        assert len(secret) == len(other) == 32
        assert sum(a == b for a, b in zip(secret, other, strict=True)) < 10

    def test_the_page_is_kept_by_nobody_and_its_address_goes_nowhere(self, client, path):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert not answer.cookies


class TestUnsubscribing:
    def test_a_post_stops_the_reminders_and_every_later_evaluation(self, client, path):
        assert "afmeldt" in client.post(f"{path}afmeld/").content.decode()
        send_due(today=date(2024, 6, 10), who="test")
        assert len(mail.outbox) == 1

    def test_one_click_in_the_mail_program_is_enough(self, client, path):
        address = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")
        assert mail.outbox[-1].extra_headers["List-Unsubscribe-Post"]
        answer = client.post(address.split("localhost:8000")[1], {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert Unsubscription.objects.exists()

    def test_it_works_after_the_answer_too(self, client, path):
        client.post(path, {"nps": "9"})
        client.post(f"{path}afmeld/")
        assert Unsubscription.objects.exists()
