"""What is sent, once; and what happens when the server or the worker fails."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.core.actions import current_revision
from pejl_hub.surveys.actions.answering import Given, take_answer, unsubscribe
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.sending import Sent, send_due, settle
from pejl_hub.surveys.models import Answer, Enrolment, Invitation, Message, Reason
from pejl_hub.surveys.tokens import hash_of
from tests.unit.surveys.conftest import TODAY, held

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def asked(company, alice) -> Invitation:
    held(company=company)
    enrol(today=TODAY, by=None)
    return Invitation.objects.get()


def send(day=TODAY) -> Sent:
    return send_due(today=day, who="test")


class TestLetter:
    def test_it_asks_the_contracts_question_word_for_word(self, asked, by_smtp):
        send()
        (letter,) = by_smtp.taken
        question = (
            "Hvor sandsynligt er det, at du vil anbefale Erhvervshuset til andre "
            "virksomhedsejere og personer i dit netværk?"
        )
        assert question in letter.text.replace("\n", " ")
        assert question in letter.html.replace("\n", " ")
        assert letter.to == "alice@firma.example"

    def test_it_asks_an_english_reader_in_english(self, asked, alice, by_smtp):
        Invitation.objects.update(language="en")
        send()
        (letter,) = by_smtp.taken
        assert "How likely is it that you would recommend" in letter.text.replace("\n", " ")
        assert letter.message["Subject"] == "How was your guidance from Erhvervshus Hovedstaden?"

    def test_it_can_be_unsubscribed_with_one_click(self, asked, by_smtp):
        send()
        (letter,) = by_smtp.taken
        assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter.message["List-Unsubscribe"].endswith(f"/svar/{letter.secret}/afmeld/>")

    def test_only_the_hash_of_its_link_is_kept(self, asked, by_smtp):
        send()
        (letter,) = by_smtp.taken
        message = Message.objects.get(kind="invitation")
        assert message.token_hash == hash_of(letter.secret)
        assert letter.secret not in str(message.__dict__)
        assert len(letter.secret) * 6 >= 128

    def test_nothing_that_people_typed_can_add_a_header(self, asked, alice, by_smtp):
        type(alice).objects.filter(pk=alice.pk).update(email="a@x.dk\nBcc: all@x.dk")
        result = send()
        assert (result.refused, by_smtp.taken) == (1, [])

    def test_without_a_server_it_is_printed(self, asked, settings, capsys):
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        assert send().sent == 1
        assert "To: alice@firma.example" in capsys.readouterr().out


class TestReminders:
    def test_two_follow_as_the_rules_say_and_no_third(self, asked):
        send()
        assert [send(TODAY + timedelta(days=day)).sent for day in (6, 7, 13, 14, 21, 40)] == [
            *(0, 1),
            *(0, 1),
            *(0, 0),
        ]
        assert [m.subject[:9] for m in mail.outbox] == ["Hvordan v", "Påmindels", "Påmindels"]

    def test_a_late_invitation_has_late_reminders(self, asked):
        late = TODAY + timedelta(days=5)
        assert send(late).sent == 1
        assert send(late + timedelta(days=6)).sent == 0
        assert send(late + timedelta(days=7)).sent == 1

    def test_each_e_mail_has_its_own_link_and_any_of_them_answers(self, asked):
        send()
        send(TODAY + WEEK)
        one, other = Message.objects.filter(state="sent").values_list("token_hash", flat=True)
        assert one != other

    def test_none_is_sent_after_an_answer(self, asked):
        send()
        take_answer(invitation=asked, given=Given(nps=9), today=TODAY)
        assert send(TODAY + WEEK).sent == 0
        assert Message.objects.get(kind="reminder_1").state == "cancelled"

    def test_none_is_sent_after_unsubscribing(self, asked):
        send()
        unsubscribe(key=asked.person_key)
        assert send(TODAY + WEEK).sent == 0

    def test_none_is_sent_when_the_link_has_expired(self, asked):
        send()
        assert send(asked.expires_on + timedelta(days=1)).sent == 0


class TestServerTrouble:
    def test_an_address_that_does_not_exist_was_not_asked(self, asked, by_smtp):
        by_smtp.refuse["alice@firma.example"] = "550 No such user"
        revision = current_revision()
        assert send().refused == 1
        assert Enrolment.objects.get().reason == Reason.REFUSED
        assert not Answer.objects.exists()
        assert current_revision() == revision + 1
        assert send(TODAY + timedelta(days=1)).counts() == Sent().counts()

    def test_a_server_that_is_busy_is_tried_again_the_next_day(self, asked, by_smtp):
        by_smtp.refuse["alice@firma.example"] = "451 Try again later"
        assert send().put_off == 1
        assert send().sent == 0
        by_smtp.refuse.clear()
        assert send(TODAY + timedelta(days=1)).sent == 1
        assert len(by_smtp.taken) == 1

    def test_a_content_that_is_refused_was_not_taken(self, asked, by_smtp):
        by_smtp.on_data = lambda envelope: "554 Looks like spam"
        assert send().put_off == 1
        assert Message.objects.get().state == "waiting"

    def test_a_server_that_is_not_there_is_said_and_nothing_is_lost(self, asked, by_smtp, settings):
        settings.EMAIL_PORT = 1
        with pytest.raises(UserError, match="mail server"):
            send()
        settings.EMAIL_PORT = by_smtp.port
        assert send().sent == 1

    def test_the_next_e_mail_is_sent_on_a_new_connection(self, asked, petra, by_smtp):
        held(person=petra)
        enrol(today=TODAY, by=None)
        by_smtp.on_data = lambda envelope: (
            "554 No" if envelope.rcpt_tos == ["alice@firma.example"] else None
        )
        assert (send().sent, [one.to for one in by_smtp.taken]) == (1, ["petra@example.org"])


class TestKilledWorker:
    """A claim was left behind; the invitation before it is known to have been sent."""

    @pytest.fixture
    def left(self, asked, petra) -> Message:
        send()
        held(person=petra)
        enrol(today=TODAY, by=None)
        message = Message.objects.get(state="waiting", kind="invitation")
        Message.objects.filter(pk=message.pk).update(
            state="claimed", claimed_at=timezone.now(), token_hash="x" * 64
        )
        return message

    @pytest.fixture
    def log(self, settings, tmp_path):
        log = tmp_path / "mail.log"
        settings.PEJL_MAIL_LOG = str(log)
        log.write_text(f"cleanup: message-id={Message.objects.get(state='sent').message_id}\n")
        return log

    def later(self) -> Sent:
        result = Sent()
        settle(today=TODAY, result=result, now=timezone.now() + timedelta(minutes=11))
        return result

    def test_a_fresh_claim_is_left_to_the_worker_that_holds_it(self, left):
        result = Sent()
        settle(today=TODAY, result=result, now=timezone.now() + timedelta(minutes=9))
        left.refresh_from_db()
        assert (left.state, result) == ("claimed", Sent())

    def test_what_the_servers_log_knows_was_sent(self, left, log):
        log.write_text(f"{log.read_text()}cleanup: message-id={left.message_id}\n")
        assert self.later().settled == 1
        left.refresh_from_db()
        assert left.state == "sent"
        assert Message.objects.filter(invitation=left.invitation, kind="reminder_1").exists()

    def test_what_the_servers_log_does_not_know_is_sent_again_with_a_new_link(self, left, log):
        assert self.later().settled == 1
        left.refresh_from_db()
        assert (left.state, left.token_hash) == ("waiting", None)
        assert send().sent == 1

    def test_a_log_that_does_not_reach_back_proves_nothing(self, left, log):
        log.write_text("cleanup: message-id=<other@example.org>\n")
        assert self.later().uncertain == 1
        left.refresh_from_db()
        assert left.state == "uncertain"

    def test_an_older_part_of_the_log_is_read_too(self, left, log):
        log.rename(log.with_name("mail.log.1"))
        log.write_text(f"cleanup: message-id={left.message_id}\n")
        assert self.later().settled == 1

    def test_without_a_log_it_is_never_sent_again_and_the_reminder_asks(self, left):
        assert self.later().uncertain == 1
        assert send().sent == 0
        before = len(mail.outbox)
        send(TODAY + WEEK)
        assert "petra@example.org" in [to for m in mail.outbox[before:] for to in m.to]
