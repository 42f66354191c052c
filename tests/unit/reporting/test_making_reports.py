"""Reports are asked for once, and made once, whatever kills the worker on the way."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl.indicators.result import SnapshotRef
from pejl_hub.audit.models import AuditEntry
from pejl_hub.reporting import files, tasks
from pejl_hub.reporting.actions import making
from pejl_hub.reporting.actions.asking import NoEdition, ask_for
from pejl_hub.reporting.kinds import Kind
from pejl_hub.reporting.models import Order, Report, State
from pejl_hub.reporting.producing import Product
from pejl_hub.reporting.snapshot import snapshot_for
from tests.unit.reporting.conftest import JUNE, PLACES, Kept, product


class Killed(BaseException):
    """The power went: nothing after this line was run."""


def states(order):
    return sorted(order.reports.values_list("state", flat=True))


class TestAsking:
    def test_each_place_gets_its_report_and_an_order_knows_them_all(self, asked, edition):
        reports = asked.reports.order_by("place")
        assert [one.place for one in reports] == list(PLACES)
        assert {one.edition for one in reports} == {edition}
        assert {one.state for one in reports} == {State.QUEUED}

    def test_asking_twice_makes_nothing_twice(self, asked, alice):
        with pytest.raises(UserError, match="under way or released already"):
            ask_for(kind=Kind.MUNICIPALITY, day=JUNE, places=PLACES, by=alice)
        more = ask_for(kind=Kind.MUNICIPALITY, day=JUNE, places=[*PLACES, "155"], by=alice)
        assert [one.place for one in more.reports.all()] == ["155"]
        assert Order.objects.count() == 2

    def test_the_database_refuses_a_second_report_under_way(self, asked):
        one = asked.reports.first()
        one.pk, one.key = None, "00000000-0000-0000-0000-000000000001"
        with pytest.raises(IntegrityError), transaction.atomic():
            one.save(force_insert=True)

    def test_what_leaves_the_house_needs_an_edition_of_exactly_the_date(self, alice, edition):
        with pytest.raises(NoEdition, match="nothing is published"):
            ask_for(kind=Kind.KKR, day=date(2024, 5, 31), by=alice)
        assert not Report.objects.exists()
        assert ask_for(kind=Kind.KKR, day=JUNE, by=alice).reports.get().is_outside

    def test_what_stays_in_the_house_needs_none_on_any_day(self, alice):
        order = ask_for(kind=Kind.STATUS, day=date(2024, 5, 7), inside=True, by=alice)
        assert not order.reports.get().is_outside
        with pytest.raises(NoEdition):
            ask_for(kind=Kind.BOARD, day=date(2024, 5, 7), inside=True, by=alice)

    @pytest.mark.parametrize(
        ("kind", "day", "places", "refused"),
        [
            (Kind.MONTHLY, date(2019, 5, 31), [""], "a date that a contract holds for"),
            (Kind.MUNICIPALITY, JUNE, ["851"], "the municipality 851"),
            (Kind.MUNICIPALITY, JUNE, [""], "no municipality"),
            (Kind.MUNICIPALITY, JUNE, [], "no municipality"),
            (Kind.MONTHLY, JUNE, ["101"], "the municipality 101"),
        ],
    )
    def test_what_cannot_be_made_is_refused_at_once(
        self, alice, edition, kind, day, places, refused
    ):
        with pytest.raises(UserError, match=refused):
            ask_for(kind=kind, day=day, places=places, by=alice)
        assert not Order.objects.exists()


class TestMaking:
    def test_every_report_is_made_with_its_files_and_hashes(self, asked):
        assert making.make_order(order=asked) == len(PLACES)
        assert states(asked) == [State.MADE] * len(PLACES)
        for report in asked.reports.all():
            assert report.summary.startswith(f"Det vigtigste: municipality {report.place}")
            assert report.snapshot_sha256 == Kept.sha256
            assert {one.form for one in report.files.all()} == {"pdf", "html"}
            assert all(files.content_of(one) for one in report.files.all())

    def test_a_file_that_was_changed_is_not_handed_out(self, monthly, settings):
        file = monthly.files.get(form="pdf")
        (settings.DATA / "reports" / str(monthly.key) / file.name).write_bytes(b"other")
        with pytest.raises(UserError, match="gone or changed"):
            files.content_of(file)

    def test_one_that_fails_keeps_none_from_being_made_and_is_tried_again(
        self, asked, alice, monkeypatch
    ):
        def some(report, *given):
            if report.place == "147":
                raise RuntimeError("no room on disk")
            return product(report, *given)

        monkeypatch.setattr(making, "produce", some)
        making.make_order(order=asked)
        assert states(asked) == [State.FAILED, *[State.MADE] * 3]
        monkeypatch.setattr(making, "produce", product)
        assert making.try_again(order=asked, by=alice) == 1
        assert making.make_order(order=asked) == 1
        assert states(asked) == [State.MADE] * 4

    def test_a_refusal_says_why(self, asked, monkeypatch):
        def refuse(*_given):
            raise UserError(given="a contract", needed="another", remedy="Ask again.")

        monkeypatch.setattr(making, "produce", refuse)
        making.make_order(order=asked)
        assert "Ask again." in asked.reports.first().error

    def test_a_contract_that_changed_since_is_not_counted_by(self, asked):
        asked.reports.update(contract_sha256="0" * 64)
        assert making.make_order(order=asked) == 0
        assert "has changed since" in asked.reports.first().error


# A worker takes these steps for each report; it may be killed before any of them.
STEPS = ("produce", "keep", "keep", "_mark_made")


@pytest.mark.parametrize("moment", range(len(STEPS) * 3 + 2))
def test_an_order_killed_at_any_step_is_resumed_and_makes_each_report_once(
    asked, monkeypatch, moment
):
    _kill_at(monkeypatch, moment)
    with pytest.raises(Killed):
        making.make_order(order=asked)
    left = [one for one in asked.reports.all() if one.state == State.MAKING]
    made_before = dict(asked.reports.filter(state=State.MADE).values_list("pk", "made_at"))
    assert len(left) == 1
    monkeypatch.undo()
    monkeypatch.setattr(making, "produce", product)
    monkeypatch.setattr(making, "snapshot_for", lambda report: Kept())
    _resume(asked, monkeypatch)
    assert states(asked) == [State.MADE] * len(PLACES)
    for pk, when in made_before.items():
        assert Report.objects.get(pk=pk).made_at == when
    assert AuditEntry.objects.filter(action="report.made").count() == len(PLACES)
    assert all(
        files.content_of(file) for report in asked.reports.all() for file in report.files.all()
    )


def _kill_at(monkeypatch, moment):
    """Let the worker live for so many steps."""
    left = [moment]

    def dying(step):
        def run(*given, **more):
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return step(*given, **more)

        return run

    monkeypatch.setattr(making, "produce", dying(product))
    monkeypatch.setattr(making, "_mark_made", dying(making._mark_made))
    monkeypatch.setattr(files, "keep", dying(files.keep))


def _resume(order, monkeypatch):
    """At once nobody takes over what another may still be making; after the wait, somebody does."""
    alive = order.reports.get(state=State.MAKING)
    making.make_order(order=order)
    alive.refresh_from_db()
    assert alive.state == State.MAKING
    monkeypatch.setattr(making, "STALE", making.STALE * 0)
    making.make_order(order=order)


def test_a_worker_that_lives_after_all_changes_nothing_that_another_made(asked, monkeypatch):
    report = making._claim_next(asked)
    monkeypatch.setattr(making, "STALE", making.STALE * 0)
    making.make_order(order=asked)
    made = Report.objects.get(pk=report.pk)
    making._mark_made(report, Product("late", {}), SnapshotRef("late", "late"))
    making._fail(report, "late")
    report.refresh_from_db()
    assert (report.state, report.summary) == (State.MADE, made.summary)
    assert AuditEntry.objects.filter(action="report.made").count() == len(PLACES)


def test_all_of_an_order_is_counted_from_the_snapshot_that_its_first_report_fixed(
    alice, monkeypatch
):
    order = ask_for(kind=Kind.MONTHLY, day=JUNE, by=alice)
    report, taken = order.reports.get(), []

    class Snapshot(Kept):
        id = "first"

    monkeypatch.setattr("pejl_hub.reporting.snapshot.ensure_snapshot", lambda day: Snapshot())
    monkeypatch.setattr("pejl_hub.reporting.snapshot.open_kept", taken.append)
    assert snapshot_for(report).id == "first"
    Snapshot.id = "second"
    snapshot_for(report)
    assert taken == ["first"]


class TestQueue:
    """A run leaves a later look behind before it begins: so a killed one is taken up by itself."""

    @pytest.fixture
    def looks(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        from django_tasks_db.models import DBTaskResult

        return DBTaskResult.objects.filter(run_after__lt="2999-01-01T00:00Z")

    def test_a_killed_run_is_taken_up_by_the_look_that_it_left(self, asked, looks, monkeypatch):
        _kill_at(monkeypatch, 5)
        with pytest.raises(Killed):
            tasks.make.call(order_id=asked.pk)
        (look,) = looks
        wait = look.run_after - timezone.now()
        assert making.STALE < wait < making.STALE * 2
        assert look.args_kwargs == {"args": [], "kwargs": {"order_id": asked.pk}}
        monkeypatch.undo()
        monkeypatch.setattr(making, "produce", product)
        monkeypatch.setattr(making, "snapshot_for", lambda report: Kept())
        monkeypatch.setattr(making, "STALE", making.STALE * 0)
        assert tasks.make.call(order_id=asked.pk) == 3
        assert states(asked) == [State.MADE] * len(PLACES)

    def test_where_nothing_is_waited_for_no_look_is_left(self, asked, looks):
        making.make_order(order=asked)
        assert tasks.make.call(order_id=asked.pk) == 0
        assert not looks.exists()

    def test_what_the_mail_server_did_not_take_is_tried_again_by_itself(
        self, out, looks, mail_server
    ):
        report = out()
        mail_server.on_data = lambda envelope: "451 Busy"
        assert tasks.send.call(report_id=report.pk)["not_taken"] == 1
        assert looks.count() == 1
        mail_server.on_data = None
        assert tasks.send.call(report_id=report.pk)["sent"] == 1
        assert len(mail_server.taken) == 1
