"""The link is sent once to each reader, whatever the mail server or the worker does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role
from pejl_hub.core import handover
from pejl_hub.reporting.actions import sending
from pejl_hub.reporting.actions.deciding import recall
from pejl_hub.reporting.actions.delivering import send_to_more
from pejl_hub.reporting.actions.sending import Sent, send_due, settle
from pejl_hub.reporting.models import Delivery
from tests.unit.reporting.conftest import person

ADDRESSES = tuple(f"r{number}@example.org" for number in range(5))
EVERYBODY = {*ADDRESSES, "karla@example.org"}


class Killed(BaseException):
    """The power went."""


def plain(text):
    """With ordinary spaces."""
    return text.replace("\xa0", " ")


def to(server):
    return sorted(one.to for one in server.taken)


class TestLetter:
    def test_it_holds_a_link_and_neither_file_nor_figure(self, out, settings):
        settings.PEJL_URL = "https://pejl.example"
        report = out()
        send_due(report=report)
        (letter,) = mail.outbox
        token = Delivery.objects.get().token
        assert plain(letter.subject) == "Kommunerapport · Ballerup, 30. juni 2024"
        assert f"https://pejl.example/rapporter/link/{token}/" in letter.body
        assert letter.attachments == []
        assert report.summary not in letter.body

    def test_a_recall_is_told_with_its_reason(self, out, dorte):
        report = out()
        send_due(report=report)
        recall(report=report, by=dorte, why="Forkert måned.")
        send_due(report=report)
        assert mail.outbox[1].subject.startswith("Tilbagekaldt: Kommunerapport")
        assert "Forkert måned." in mail.outbox[1].body

    def test_an_english_report_is_told_of_in_english(self, out):
        report = out()
        type(report).objects.update(language="en")
        send_due(report=report)
        assert plain(mail.outbox[0].subject) == "Municipality report · Ballerup, 30 June 2024"


class TestOnce:
    def test_sending_again_sends_nothing(self, out):
        report = out(*ADDRESSES)
        assert send_due(report=report).sent == 6
        assert send_due(report=report) == Sent()
        assert len(mail.outbox) == 6

    def test_whoever_has_had_it_is_not_sent_it_with_those_added_later(self, out, alice, karla):
        report = out("a@example.org")
        send_due(report=report)
        again = ["a@example.org", "A@Example.org ", "karla@example.org", "b@example.org"]
        assert send_to_more(report=report, by=alice, readers=[karla], addresses=again) == 1
        assert send_due(report=report).sent == 1
        assert mail.outbox[-1].to == ["b@example.org"]

    def test_two_readers_of_one_address_are_sent_one_e_mail(self, ballerup, alice, karla):
        twin = person("kim", Role.MUNICIPALITY_READER, "151")
        type(twin).objects.update(email="faelles@example.org")
        twin.refresh_from_db()
        karla.refresh_from_db()
        sending_to = [karla, twin]
        from pejl_hub.reporting.actions.deciding import release

        release(report=ballerup, by=alice, readers=sending_to)
        send_due(report=ballerup)
        assert [one.to for one in mail.outbox] == [["faelles@example.org"]]

    def test_two_workers_share_the_work(self, out, monkeypatch):
        report = out(*ADDRESSES)
        real, other = handover.hand_over, []

        def meanwhile(backend, email):
            if not other:
                other.append(True)
                send_due(report=report)
            real(backend, email)

        monkeypatch.setattr(handover, "hand_over", meanwhile)
        send_due(report=report)
        assert sorted(one for m in mail.outbox for one in m.to) == sorted(EVERYBODY)


class TestServerTrouble:
    def test_a_server_that_breaks_off_midway_is_sent_the_rest_later_and_nobody_twice(
        self, out, mail_server
    ):
        report = out(*ADDRESSES)
        mail_server.on_data = lambda e: "451 Busy" if len(mail_server.taken) >= 2 else None
        assert send_due(report=report).counts() == {
            "sent": 2, "refused": 0, "not_taken": 4, "uncertain": 0,
        }  # fmt: skip
        mail_server.on_data = None
        assert send_due(report=report).sent == 4
        assert to(mail_server) == sorted(EVERYBODY)

    def test_an_address_that_does_not_exist_is_told_and_not_tried_again(self, out, mail_server):
        report = out("a@example.org")
        mail_server.refuse["a@example.org"] = "550 No such user"
        assert send_due(report=report).refused == 1
        refused = Delivery.objects.get(address="a@example.org")
        assert (refused.state, refused.error) == ("refused", "No such user")
        assert send_due(report=report) == Sent()

    def test_a_server_that_is_not_there_loses_nothing(self, out, mail_server, settings):
        report = out()
        settings.EMAIL_PORT = 1
        with pytest.raises(UserError, match="mail server"):
            send_due(report=report)
        settings.EMAIL_PORT = mail_server.port
        assert send_due(report=report).sent == 1

    def test_a_receipt_that_never_came_is_not_sent_again(self, out, mail_server, monkeypatch):
        report = out()

        def broken(backend, email):
            raise handover.PerhapsTaken("connection lost")

        monkeypatch.setattr(handover, "hand_over", broken)
        assert send_due(report=report).uncertain == 1
        monkeypatch.undo()
        settle(report=report, now=timezone.now() + timedelta(minutes=11))
        assert send_due(report=report) == Sent()
        assert Delivery.objects.get().state == "uncertain"


class TestKilled:
    """The worker dies before or after handing over the n-th e-mail, again and again."""

    @pytest.mark.parametrize("after", [False, True], ids=["before_the_server", "after_the_server"])
    @pytest.mark.parametrize("number", range(6))
    def test_with_the_servers_log_each_reader_is_sent_it_exactly_once(
        self, out, mail_server, settings, monkeypatch, number, after
    ):
        settings.PEJL_MAIL_LOG = str(mail_server.log)
        report = out(*ADDRESSES)
        _killed_at(monkeypatch, number, after)
        with pytest.raises(Killed):
            send_due(report=report)
        monkeypatch.undo()
        monkeypatch.setattr(sending, "SETTLE_AFTER", timedelta(0))
        send_due(report=report)
        sent, unsure = set(to(mail_server)), _states("uncertain")
        assert len(to(mail_server)) == len(sent)
        # Before the first receipt the log is not known to reach back: then one is left in doubt.
        assert len(unsure) == (1 if number == 0 and not after else 0)
        assert sent | unsure == EVERYBODY

    @pytest.mark.parametrize("number", range(6))
    def test_without_a_log_nobody_is_sent_it_twice_and_one_at_most_is_in_doubt(
        self, out, mail_server, monkeypatch, number
    ):
        report = out(*ADDRESSES)
        _killed_at(monkeypatch, number, True)
        with pytest.raises(Killed):
            send_due(report=report)
        monkeypatch.undo()
        monkeypatch.setattr(sending, "SETTLE_AFTER", timedelta(0))
        send_due(report=report)
        assert to(mail_server) == sorted(EVERYBODY)
        assert len(_states("uncertain")) == 1

    def test_a_claim_that_is_fresh_is_left_to_the_worker_that_holds_it(self, out):
        report = out()
        Delivery.objects.update(state="claimed", claimed_at=timezone.now())
        assert send_due(report=report) == Sent()
        assert _states("claimed") == {"karla@example.org"}


def _states(state):
    return set(Delivery.objects.filter(state=state).values_list("address", flat=True))


def _killed_at(monkeypatch, number, after):
    real, handed = handover.hand_over, []

    def dying(backend, email):
        if len(handed) == number and not after:
            raise Killed
        real(backend, email)
        handed.append(email)
        if len(handed) == number + 1 and after:
            raise Killed

    monkeypatch.setattr(handover, "hand_over", dying)
