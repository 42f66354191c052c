"""Approving, releasing, recalling and replacing: a second person, one report out, and a trace."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role
from pejl_hub.audit.models import AuditEntry
from pejl_hub.narrative.models import Comment
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.actions.deciding import approve, recall, reject, release
from pejl_hub.reporting.actions.making import make_order
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Delivery, Report, State
from pejl_hub.reporting.queries import readers_of
from pejl_hub.reporting.trail import trail_of
from tests.unit.reporting.conftest import JUNE, person


def trail(report):
    return [one.said for one in reversed(trail_of(report))]


class TestApproving:
    def test_a_second_person_approves(self, monthly, dorte):
        approve(report=monthly, by=dorte)
        monthly.refresh_from_db()
        assert (monthly.state, monthly.decided_by) == (State.APPROVED, dorte)

    def test_never_the_one_who_asked(self, monthly, alice):
        with pytest.raises(UserError, match="a second person"):
            approve(report=monthly, by=alice)
        assert Report.objects.get().state == State.MADE

    def test_the_database_holds_to_it_too(self, monthly, alice):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.update(state=State.APPROVED, decided_at=timezone.now(), decided_by=alice)

    def test_what_is_not_made_cannot_be_approved(self, asked, dorte):
        with pytest.raises(UserError, match="a report that is queued"):
            approve(report=asked.reports.first(), by=dorte)

    @pytest.mark.parametrize("changed", ["added", "rewritten"])
    def test_a_report_is_approved_with_the_comments_that_it_prints(
        self, monthly, dorte, alice, changed
    ):
        if changed == "rewritten":
            Report.objects.update(comments_sha256="5" * 64)
        else:
            Comment.objects.create(
                contract_id=monthly.contract_id, as_of=JUNE, text="Foråret var travlt.",
                state="approved", writer="Ravi", written_at=timezone.now(),
                approver="Dorte", approved_at=timezone.now(),
            )  # fmt: skip
        with pytest.raises(UserError, match="comments have changed since it was made"):
            approve(report=monthly, by=dorte)
        reject(report=monthly, by=dorte, why="Kommentaren er ny.")
        assert not Comment.objects.filter(state="frozen").exists()

    def test_a_no_needs_its_reason_and_lets_another_be_asked_for(self, monthly, dorte, alice):
        with pytest.raises(UserError, match="no reason"):
            reject(report=monthly, by=dorte, why=" ")
        with pytest.raises(UserError, match="CPR number"):
            reject(report=monthly, by=dorte, why="251299-1234 mangler")
        reject(report=monthly, by=dorte, why="Tallet for maj mangler.")
        monthly.refresh_from_db()
        assert (monthly.state, monthly.rejected_why) == (State.REJECTED, "Tallet for maj mangler.")
        again = ask_for(kind=Kind.MONTHLY, day=JUNE, by=alice).reports.get()
        assert again.replaces is None


class TestReleasing:
    def test_only_what_is_approved_is_released(self, monthly, alice):
        with pytest.raises(UserError, match="one that is approved"):
            release(report=monthly, by=alice, readers=[])
        assert not Delivery.objects.exists()

    def test_the_reader_of_the_municipality_is_sent_it_and_others_cannot_be(
        self, ballerup, alice, karla
    ):
        other = person("ole", Role.MUNICIPALITY_READER, "101")
        assert readers_of(ballerup) == [karla]
        with pytest.raises(UserError, match="Ole, whose role may not read"):
            release(report=ballerup, by=alice, readers=[other])
        release(report=ballerup, by=alice, readers=[karla], addresses=["Sekretariat@ballerup.dk"])
        assert set(Delivery.objects.values_list("name", "address")) == {
            ("Karla", "karla@example.org"),
            ("sekretariat@ballerup.dk", "sekretariat@ballerup.dk"),
        }

    @pytest.mark.parametrize("address", ["nobody", "a@b", "251299-1234@example.dk"])
    def test_an_address_that_cannot_be_used_releases_nothing(self, ballerup, alice, address):
        with pytest.raises(UserError, match="cannot be used"):
            release(report=ballerup, by=alice, readers=[], addresses=[address])
        ballerup.refresh_from_db()
        assert ballerup.state == State.APPROVED
        assert not Delivery.objects.exists()

    def test_a_reader_without_an_address_stands_on_the_list(self, ballerup, alice, karla):
        type(karla).objects.update(email="")
        release(report=ballerup, by=alice, readers=readers_of(ballerup))
        assert Delivery.objects.get().state == "no_address"


class TestRecalling:
    def test_a_recall_has_a_reason_and_tells_those_who_were_sent_it(self, out, alice):
        report = out("a@example.org", "b@example.org")
        sent = Delivery.objects.filter(address__in=["a@example.org", "karla@example.org"])
        sent.update(state="sent", sent_at=timezone.now())
        with pytest.raises(UserError, match="no reason"):
            recall(report=report, by=alice, why="")
        recall(report=report, by=alice, why="Forkert måned.")
        told = Delivery.objects.filter(about="recall").values_list("address", flat=True)
        assert set(told) == {"a@example.org", "karla@example.org"}
        assert Delivery.objects.get(about="release", address="b@example.org").state == "cancelled"

    def test_what_is_not_out_cannot_be_recalled(self, ballerup, dorte):
        with pytest.raises(UserError, match="one that is released"):
            recall(report=ballerup, by=dorte, why="Forkert.")

    def test_the_trail_tells_all_of_it_in_order(self, out, alice, dorte):
        report = out()
        recall(report=report, by=dorte, why="Forkert måned.")
        assert trail(report) == [
            "bestilte rapporten",
            "køen lavede rapporten",
            "godkendte rapporten",
            "frigav rapporten",
            "tilbagekaldte rapporten",
        ]
        assert trail_of(report)[0].more == "Forkert måned."


class TestReplacing:
    def replacement(self, report, alice, dorte, why="To vejledninger manglede."):
        order = ask_for(
            kind=Kind(report.kind), day=report.as_of, places=[report.place], why=why, by=alice
        )
        make_order(order=order)
        new = order.reports.get()
        approve(report=new, by=dorte)
        return new

    def test_a_new_report_names_the_one_it_replaces_and_takes_its_place_when_released(
        self, out, alice, dorte
    ):
        old = out()
        new = self.replacement(old, alice, dorte)
        old.refresh_from_db()
        assert (new.replaces, old.state) == (old, State.RELEASED)
        release(report=new, by=alice, readers=[])
        old.refresh_from_db()
        assert old.state == State.REPLACED
        assert trail(old)[-1] == "frigav den rapport, der erstatter denne"
        assert AuditEntry.objects.get(action="report.replaced").details["reason"] == (
            "To vejledninger manglede."
        )

    def test_after_a_recall_the_next_report_names_the_recalled_one(self, out, alice, dorte):
        old = out()
        recall(report=old, by=dorte, why="Forkert.")
        new = self.replacement(old, alice, dorte, why="")
        release(report=new, by=alice, readers=[])
        old.refresh_from_db()
        assert (new.replaces, old.state) == (old, State.RECALLED)

    def test_without_a_reason_what_is_out_is_not_made_again(self, out, alice):
        report = out()
        with pytest.raises(UserError, match="a reason why it must be made again"):
            ask_for(kind=Kind.MUNICIPALITY, day=JUNE, places=[report.place], by=alice)

    def test_the_database_lets_one_be_out(self, out, alice, dorte):
        old = out()
        new = self.replacement(old, alice, dorte)
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=new.pk).update(
                state=State.RELEASED, released_at=timezone.now(), released_by=alice
            )
