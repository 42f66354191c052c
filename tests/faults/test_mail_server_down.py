"""The mail server is down or dies: nothing is sent twice, and what was not sent is shown."""

from contextlib import ExitStack
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from pejl_hub.core.letterbox import DOUBT
from pejl_hub.desk.referrals.story import story
from pejl_hub.events.models import Event, LetterKind, Signup
from pejl_hub.events.models import Letter as EventLetter
from pejl_hub.events.tasks import send_letter as send_event_letter
from pejl_hub.referrals.actions.moves import send as send_referral
from pejl_hub.referrals.actions.posting import letter_for, post
from pejl_hub.referrals.tasks import send_letter as send_referral_letter
from tests.faults.brokenmail import dying_at
from tests.mailserver import MailServer
from tests.unit.referrals import drawn

pytestmark = pytest.mark.django_db
NOT_TAKEN = ("nobody", "SILENCE", "EHLO", "MAIL", "RCPT", "451", "550")
PERHAPS = ("CONTENT",)


@pytest.fixture
def ravi():
    return drawn.adviser_of_the_hub()


@pytest.fixture
def event_letter(ravi):
    event = Event.objects.create(title="Eksport", held_on=date(2024, 6, 3), municipality="101")
    alma = Signup.objects.create(
        event=event,
        name="Alma",
        email="alma@x.dk",
        state="registered",
        language="da",
        origin="public",
        code="ABCD2345",
        nonce="once",
        cancel_hash="hash",
    )
    return EventLetter.objects.create(signup=alma, kind=LetterKind.CONFIRMED)


@pytest.fixture
def referral_letter(ravi):
    provider = drawn.outside(by=ravi)
    made = drawn.draft(by=ravi, guidance=drawn.talk(), provider=provider)
    referral = send_referral(referral=made, on=drawn.SENT, by=ravi)
    return post(referral=referral, seen=letter_for(referral, ravi).mark, by=ravi)


@pytest.fixture(params=["event", "referral"])
def outbox(request):
    """A waiting letter and how it is sent."""
    letter = request.getfixturevalue(f"{request.param}_letter")
    return letter, {"event": send_event_letter, "referral": send_referral_letter}[request.param]


@pytest.fixture
def server(settings):
    """Lets the mail server be in a trouble, or (None) well."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3
    with ExitStack() as stack:

        def be(trouble=None):
            if trouble == "nobody":
                settings.EMAIL_PORT = 1
            elif trouble is None or trouble.isdigit():
                running = stack.enter_context(MailServer())
                settings.EMAIL_HOST, settings.EMAIL_PORT = running.host, running.port
                if trouble:
                    running.refuse = dict.fromkeys(
                        ("alma@x.dk", "post@revision.example"), f"{trouble} No"
                    )
                return running
            else:
                settings.EMAIL_PORT = stack.enter_context(dying_at(trouble))
            return None

        yield be


@pytest.mark.parametrize("trouble", NOT_TAKEN)
def test_what_was_not_taken_says_why_and_goes_when_the_server_is_well(outbox, server, trouble):
    letter, send = outbox
    server(trouble)
    assert send(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == ("failed", None)
    assert letter.error
    assert not letter.error.startswith(DOUBT)
    type(letter).objects.update(state="waiting")  # as whoever sends it again does
    well = server()
    assert send(letter.pk) is True
    assert send(letter.pk) is False
    assert len(well.taken) == 1


@pytest.mark.parametrize("trouble", PERHAPS)
def test_what_the_server_may_have_taken_is_in_doubt_and_is_said_to_be(outbox, server, trouble):
    letter, send = outbox
    server(trouble)
    assert send(letter.pk) is False
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert letter.error.startswith(DOUBT)


def test_a_letter_whose_worker_was_killed_is_not_sent_again_by_itself(outbox, server):
    letter, send = outbox
    well = server()
    type(letter).objects.update(state="claimed")
    assert send(letter.pk, again=True) is False
    assert send(letter.pk) is False
    letter.refresh_from_db()
    assert letter.error == f"{DOUBT}: the worker was killed"
    assert well.taken == []


def test_a_letter_that_its_killed_worker_had_not_claimed_is_sent(outbox, server):
    letter, send = outbox
    well = server()
    assert send(letter.pk, again=True) is True
    assert len(well.taken) == 1


def test_a_letter_that_we_cannot_write_is_failed_and_the_error_is_ours(event_letter, monkeypatch):
    def broken(_letter):
        raise KeyError("a template's mistake")

    monkeypatch.setattr("pejl_hub.events.tasks.email_of", broken)
    with pytest.raises(KeyError):
        send_event_letter(event_letter.pk)
    event_letter.refresh_from_db()
    assert (event_letter.state, mail.outbox) == ("failed", [])


@pytest.mark.parametrize(("doubtful", "said"), [(True, True), (False, False)])
def test_the_events_page_says_whose_letter_is_in_doubt(event_letter, client, ravi, doubtful, said):
    error = f"{DOUBT}: broken" if doubtful else "550 No"
    EventLetter.objects.update(state="failed", error=error)
    client.force_login(ravi, "django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("events:event", args=[event_letter.signup.event_id]))
    page = shown.content.decode()
    assert "har ikke fået sit brev" in page
    assert ("de kan få det to gange" in page) is said


def test_the_referrals_story_says_that_the_letter_is_in_doubt(referral_letter):
    type(referral_letter).objects.update(state="failed", error=f"{DOUBT}: broken")
    lines = story(referral_letter.consent.referral, names=True)
    (about,) = [line for line in lines if referral_letter.to in line.what]
    assert "Måske blev det sendt: spørg rådgiveren først" in about.more
