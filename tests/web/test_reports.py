"""The pages of the reports: who may see which, the way from asking to recall, and the link."""

import base64
import hashlib
import re
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pejl.base.periods import Period
from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import Role, User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.audit.models import AuditEntry
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.models import State as EditionState
from pejl_hub.reporting import files
from pejl_hub.reporting.actions import making
from pejl_hub.reporting.actions.asking import ask_for
from pejl_hub.reporting.actions.deciding import approve, recall, release
from pejl_hub.reporting.demo import make_demo_reports
from pejl_hub.reporting.kinds import TERMS, Kind, kinds_for
from pejl_hub.reporting.meeting import Released
from pejl_hub.reporting.models import Delivery, Report, State
from pejl_hub.reporting.queries import readers_of
from pejl_hub.status.queries import contract_on
from pejl_hub.wheel.queries import wheel
from tests.unit.reporting.conftest import JUNE, Kept, product
from tests.web.test_status_pages import words

LIST = reverse("reporting:list")
OUTSIDE = ("bent", "kaj", "karla", "erna")
INSIDE = ("ravi", "tove", "poul", "cille")
WORKERS = ("alice", "dorte", "rune", "anna")


def page(report, name="report", *more):
    return reverse(f"reporting:{name}", args=[report.key, *more])


@pytest.fixture
def hub(signed_in, settings, tmp_path, monkeypatch):
    """The demo's users, and a queue that works at once."""
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(making, "produce", product)
    monkeypatch.setattr(making, "snapshot_for", lambda report: Kept())
    # What waits for the commit is done at once: a test's transaction is never committed.
    monkeypatch.setattr(
        transaction, "on_commit", lambda call, robust=False, **_: None if robust else call()
    )
    signed_in("alice")
    User.objects.filter(username="karla").update(email="karla@example.org")
    return signed_in


@pytest.fixture
def edition(hub):
    contract = contract_on(JUNE)
    return Edition.objects.create(
        contract_id=contract.id, contract_sha256=contract.sha256, as_of=JUNE, minimum=3,
        state=EditionState.PUBLISHED, who="alice",
    )  # fmt: skip


def listed(client):
    """The numbers of the reports on the list."""
    return {row.pk for row in client.get(LIST).context["list"].rows}


def user(name):
    return User.objects.get(username=name)


def made(kind, *places, inside=False, day=JUNE):
    """Reports that Alice has asked for and the queue has made."""
    order = ask_for(kind=kind, day=day, places=places or [""], inside=inside, by=user("alice"))
    making.make_order(order=order)
    return list(order.reports.order_by("place"))


def released(kind, *places, inside=False):
    reports = made(kind, *places, inside=inside)
    for report in reports:
        approve(report=report, by=user("dorte"))
        release(report=report, by=user("alice"), readers=readers_of(report))
        report.refresh_from_db()
    return reports


class TestWhoSeesWhat:
    @pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.MUNICIPALITY])
    def test_each_reader_sees_the_kinds_meant_for_their_role_and_the_house_all(
        self, hub, edition, kind
    ):
        (report,) = released(kind)
        for name in (*OUTSIDE, *INSIDE, *WORKERS):
            reader = user(name)
            meant = may(reader, Action.SEE_SMALL_COUNTS) or kind in kinds_for(reader.role)
            client = hub(name)
            for address in (page(report), page(report, "file", "pdf"), page(report, "preview")):
                assert (client.get(address).status_code == 200) == meant, (name, address)
            assert listed(client) == ({report.pk} if meant else set())

    def test_a_municipality_reads_its_own_report_and_no_others(self, hub, edition):
        own, other = released(Kind.MUNICIPALITY, "151", "157")
        karla = hub("karla")
        assert "Kommunerapport · Ballerup" in words(karla.get(page(own)))
        for address in (page(other), page(other, "file", "pdf"), page(other, "preview")):
            assert karla.get(address).status_code == 404
        assert listed(karla) == {own.pk}
        for name in ("bent", "kaj", "erna"):
            assert hub(name).get(page(own)).status_code == 404

    def test_before_the_release_only_those_who_work_with_reports_see_it(self, hub, edition):
        (report,) = made(Kind.BOARD)
        for name in (*OUTSIDE, *INSIDE):
            assert hub(name).get(page(report)).status_code == 404
            assert listed(hub(name)) == set()
        for name in WORKERS:
            assert hub(name).get(page(report)).status_code == 200

    def test_what_was_made_without_an_edition_never_leaves_the_house(self, hub, edition):
        (report,) = released(Kind.STATUS, inside=True)
        for name in OUTSIDE:
            assert hub(name).get(page(report)).status_code == 404
        assert hub("ravi").get(page(report)).status_code == 200

    def test_a_report_has_no_number_to_guess(self, hub, edition):
        (report,) = released(Kind.BOARD)
        for guess in (str(report.pk), "00000000-0000-0000-0000-000000000001"):
            assert hub("bent").get(f"/rapporter/{guess}/").status_code == 404

    def test_every_act_is_refused_to_those_who_may_not(self, hub, edition):
        (report,) = made(Kind.BOARD)
        acts = {
            Action.MAKE_REPORTS: ("release", "send_more", "make_again"),
            Action.APPROVE_REPORTS: ("approve", "reject", "recall"),
        }
        for name in (*OUTSIDE, *INSIDE, *WORKERS):
            client, role = hub(name), user(name).role
            for action, names in acts.items():
                if not may(user(name), action):
                    for act in names:
                        assert client.post(page(report, act)).status_code == 403, (role, act)
            allowed = may(user(name), Action.MAKE_REPORTS)
            asked = client.get(reverse("reporting:ask", args=["board"]))
            assert (asked.status_code == 200) == allowed
        report.refresh_from_db()
        assert report.state == State.MADE

    def test_nobody_signed_out_sees_anything(self, client, hub, edition):
        (report,) = released(Kind.BOARD)
        for address in (LIST, page(report), page(report, "file", "pdf")):
            assert client.get(address).status_code == 302

    def test_each_kind_has_its_readers(self):
        assert {kind: set(terms.readers) for kind, terms in TERMS.items()} == {
            Kind.MONTHLY: set(),
            Kind.MUNICIPALITY: {Role.MUNICIPALITY_READER},
            Kind.ANNUAL: {Role.BOARD, Role.KKR_READER},
            Kind.KKR: {Role.KKR_READER},
            Kind.BOARD: {Role.BOARD},
            Kind.PACKAGE: {Role.AUTHORITY_READER},
            Kind.STATUS: {Role.KKR_READER, Role.BOARD},
        }


class TestAsking:
    ASK = reverse("reporting:ask", args=["municipality"])

    def test_all_municipalities_in_one_click(self, hub, edition):
        answer = hub("alice").post(
            self.ASK, {"day": "2024-06-30", "place": "alle", "language": "da"}, follow=True
        )
        assert Report.objects.filter(state=State.MADE).count() == 29
        shown = words(answer)
        assert "29 rapporter, bestilt af alice" in shown
        assert "Du har selv bestilt rapporterne" in shown
        approved = hub("dorte").post(
            reverse("reporting:approve_order", args=[Report.objects.first().order.key])
        )
        assert approved.status_code == 302
        assert Report.objects.filter(state=State.APPROVED).count() == 29

    def test_without_an_edition_publishing_is_offered_and_nothing_is_made(self, hub):
        answer = hub("alice").post(
            self.ASK, {"day": "2024-06-30", "place": "alle", "language": "da"}
        )
        assert answer.status_code == 400
        assert "30. juni 2024 er ikke offentliggjort endnu" in words(answer)
        assert b'name="dag" value="2024-06-30"' in answer.content
        assert not Report.objects.exists()

    def test_an_order_that_goes_on_says_how_far_it_has_come(self, hub, edition, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        order = ask_for(
            kind=Kind.MUNICIPALITY, day=JUNE, places=["101", "147", "151"], by=user("alice")
        )
        making._make(making._claim_next(order))
        answer = hub("alice").get(reverse("reporting:order", args=[order.key]))
        assert "1 af 3 er lavet." in words(answer)
        assert re.search(rb'<progress max="3" value="1"', answer.content)
        assert b'http-equiv="refresh"' in answer.content  # without scripts
        assert hub("ravi").get(reverse("reporting:order", args=[order.key])).status_code == 403

    def test_a_queue_that_fell_silent_can_be_woken(self, hub, edition, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        order = ask_for(kind=Kind.BOARD, day=JUNE, by=user("alice"))
        Report.objects.update(
            state=State.MAKING, claimed_at="2024-01-01T00:00Z", asked_at="2024-01-01T00:00Z"
        )
        alice = hub("alice")
        report = order.reports.get()
        assert "Der er ikke hørt fra køen" in words(alice.get(page(report)))
        settings.TASKS = {
            "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
        }
        alice.post(reverse("reporting:retry", args=[order.key]))
        report.refresh_from_db()
        assert report.state == State.MADE

    def test_an_unknown_kind_is_not_there(self, hub):
        assert hub("alice").get("/rapporter/ny/hemmelig/").status_code == 404


class TestTheWay:
    def test_from_approval_to_recall_and_another(self, hub, edition, mailoutbox):
        (report,) = made(Kind.MUNICIPALITY, "151")
        alice, dorte, karla = hub("alice"), hub("dorte"), hub("karla")
        alice.post(page(report, "approve"))
        report.refresh_from_db()
        assert report.state == State.MADE  # she asked for it herself
        dorte.post(page(report, "approve"))
        form = alice.get(page(report, "release"))
        assert "Karla Bech, Kommune" in words(form)
        alice.post(page(report, "release"), {
            "readers": [str(user("karla").pk)], "addresses": "post@ballerup.example",
        })  # fmt: skip
        assert sorted(m.to[0] for m in mailoutbox) == ["karla@example.org", "post@ballerup.example"]
        karla.get(_link(mailoutbox, "karla@example.org"))
        shown = words(alice.get(page(report)))
        assert "1 af 2" in words(alice.get(LIST))
        assert "Karla Bech fulgte" not in shown
        assert "karla fulgte linket" in shown
        alice.post(page(report, "recall"), {"why": "Tallet for maj var forkert."})
        assert [m.subject[:12] for m in mailoutbox[2:]] == ["Tilbagekaldt"] * 2
        shown = words(karla.get(page(report)))
        assert "Tilbagekaldt" in shown
        assert "Tallet for maj var forkert." in shown
        assert karla.get(page(report, "file", "pdf")).status_code == 404
        assert alice.get(page(report, "file", "pdf")).status_code == 200
        alice.post(page(report, "make_again"), {"why": "Maj er rettet."})
        new = Report.objects.get(replaces=report)
        dorte.post(page(new, "approve"))
        alice.post(page(new, "release"), {"addresses": ""})
        assert "Se den rapport, der erstatter den" in words(karla.get(page(report)))
        assert "Maj er rettet." in words(karla.get(page(new)))

    @pytest.mark.parametrize("why", ["", "251299-1234 er forkert"])
    @pytest.mark.parametrize("act", ["recall", "reject", "make_again"])
    def test_no_act_without_a_reason_that_may_be_read(self, hub, edition, act, why):
        (report,) = made(Kind.BOARD) if act == "reject" else released(Kind.BOARD)
        answer = hub("alice").post(page(report, act), {"why": why})
        assert answer.status_code == 400
        state = report.state
        report.refresh_from_db()
        assert (report.state, Report.objects.count()) == (state, 1)

    def test_a_wrong_address_keeps_what_was_typed_and_sends_nothing(self, hub, edition, mailoutbox):
        (report,) = made(Kind.BOARD)
        approve(report=report, by=user("dorte"))
        answer = hub("alice").post(
            page(report, "release"), {"addresses": "a@b.dk\nikke en adresse"}
        )
        assert answer.status_code == 400
        assert b"ikke en adresse" in answer.content
        assert mailoutbox == []

    def test_a_batch_is_released_each_to_its_own_readers(self, hub, edition, mailoutbox):
        reports = made(Kind.MUNICIPALITY, "101", "151")
        for report in reports:
            approve(report=report, by=user("dorte"))
        address = reverse("reporting:release_order", args=[reports[0].order.key])
        shown = words(hub("alice").get(address))
        assert "Ballerup Karla Bech" in shown
        assert "København Ingen logger ind for den endnu" in shown
        hub("alice").post(address)
        hub("alice").post(address)
        assert [m.to for m in mailoutbox] == [["karla@example.org"]]
        assert Report.objects.filter(state=State.RELEASED).count() == 2


class TestLink:
    def test_it_opens_nothing_to_whoever_may_not_see_the_report(self, hub, edition, mailoutbox):
        released(Kind.MUNICIPALITY, "151")
        link = _link(mailoutbox, "karla@example.org")
        for name in ("bent", "kaj", "erna"):
            assert hub(name).get(link).status_code == 404
        assert Delivery.objects.get().opened_at is None
        assert hub("karla").get(link).status_code == 302

    def test_the_first_opening_is_kept(self, hub, edition, mailoutbox):
        released(Kind.MUNICIPALITY, "151")
        link = _link(mailoutbox, "karla@example.org")
        hub("karla").get(link)
        first = Delivery.objects.get()
        hub("ravi").get(link)
        again = Delivery.objects.get()
        assert (again.opened_at, again.opened_by) == (first.opened_at, user("karla"))
        assert AuditEntry.objects.filter(action="report.opened").count() == 1

    def test_an_unknown_link_is_not_there(self, hub):
        assert hub("karla").get("/rapporter/link/abc/").status_code == 404

    def test_a_link_to_a_recalled_report_tells_that_it_was_recalled(self, hub, edition, mailoutbox):
        (report,) = released(Kind.MUNICIPALITY, "151")
        recall(report=report, by=user("dorte"), why="Forkert måned.")
        answer = hub("karla").get(_link(mailoutbox, "karla@example.org"), follow=True)
        assert "Forkert måned." in words(answer)


class TestNext:
    def test_the_monthly_report_is_due_month_by_month_until_it_is_released(self, hub):
        assert "Månedsstatus, 31. januar 2024" in words(hub("alice").get(LIST))
        (report,) = made(Kind.MONTHLY, day=date(2024, 1, 31))
        approve(report=report, by=user("dorte"))
        assert "Månedsstatus, 31. januar 2024 er på vej" in words(hub("alice").get(LIST))
        release(report=report, by=user("alice"), readers=[])
        shown = words(hub("alice").get(LIST))
        assert "Forfalden senest 14. marts 2024 Månedsstatus, 29. februar 2024" in shown
        assert "Forfalden" not in words(hub("bent").get(LIST))

    def test_a_recalled_report_meets_no_duty_any_more(self, hub, edition):
        contract, quarter = contract_on(JUNE), Period(date(2024, 4, 1), JUNE)
        (report,) = released(Kind.BOARD)
        assert Released(contract).meeting("efforts_to_board", quarter) == report
        recall(report=report, by=user("dorte"), why="Forkert.")
        assert Released(contract).meeting("efforts_to_board", quarter) is None

    def test_each_municipality_must_have_had_its_report(self, hub, edition):
        contract, quarter = contract_on(JUNE), Period(date(2024, 4, 1), JUNE)
        first, *others = sorted(contract.territory.on(JUNE))
        released(Kind.MUNICIPALITY, *others)
        assert Released(contract).meeting("municipal_running", quarter) is None
        released(Kind.MUNICIPALITY, first)
        assert Released(contract).meeting("municipal_running", quarter)

    def test_the_annual_report_is_of_the_years_last_day(self, hub, edition):
        contract = contract_on(JUNE)
        released(Kind.ANNUAL)
        assert Released(contract).meeting("annual_report", contract.period) is None
        assert Released(contract).meeting("annual_report", Period(date(2024, 1, 1), JUNE))

    def test_the_wheel_shows_the_report_as_evidence(self, hub, edition):
        (report,) = released(Kind.KKR)
        (item,) = [one for one in wheel(contract_on(JUNE)) if one.duty.id == "status_to_kkr"]
        assert (item.state, item.automatic) == ("done", True)
        assert item.proof.href == page(report)


def hash_of(style):
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"


@pytest.mark.parametrize(
    ("content", "allowed"),
    [
        (b"<p>plain</p>", "'none'"),
        (b"<head><style>p{}</style></head><p>one</p>", hash_of(b"p{}")),
        (b"<style>a{}</style><style>b{}</style>", f"{hash_of(b'a{}')} {hash_of(b'b{}')}"),
    ],
)
def test_the_preview_has_the_very_styles_that_the_file_was_made_with(
    hub, edition, monkeypatch, content, allowed
):
    (report,) = released(Kind.BOARD)
    monkeypatch.setattr(files, "content_of", lambda file: content)
    policy = hub("bent").get(page(report, "preview"))["Content-Security-Policy"]
    assert f"style-src {allowed};" in policy


def test_the_preview_lets_no_script_run_and_may_be_shown_in_our_page_alone(hub, edition):
    (report,) = released(Kind.BOARD)
    answer = hub("bent").get(page(report, "preview"))
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert "script" not in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "frame-src 'self'" in hub("bent").get(page(report))["Content-Security-Policy"]


def test_a_page_of_the_list_asks_the_database_a_fixed_number_of_questions(
    hub, edition, django_assert_max_num_queries
):
    released(Kind.MUNICIPALITY, "101", "147", "151", "153", "155", "157")
    alice = hub("alice")
    with django_assert_max_num_queries(30):
        alice.get(LIST)


def _link(outbox, address):
    letter = next(m for m in outbox if m.to == [address])
    return re.search(r"https?://[^/]+(/rapporter/link/[\w-]+/)", letter.body).group(1)


class TestDemo:
    def test_it_shows_reports_that_are_out_and_some_on_their_way_and_is_made_once(
        self, hub, edition
    ):
        assert make_demo_reports(day=JUNE) == 34
        assert make_demo_reports(day=JUNE) == 34
        assert Report.objects.filter(state=State.RELEASED).count() == 32
        assert listed(hub("karla")) == {Report.objects.get(place="151").pk}

    def test_without_an_edition_nothing_leaves_the_house(self, hub):
        assert make_demo_reports(day=JUNE) == 2
        assert set(Report.objects.values_list("kind", "edition")) == {("monthly", None)}

    def test_a_real_hub_gets_none(self, hub, edition):
        User.objects.update(is_demo=False)
        assert make_demo_reports(day=JUNE) == 0


class TestInterface:
    @pytest.fixture
    def ask(self, hub):
        """Ask as a demo user, by a key."""

        def send(who, path, scopes=(Scope.READ_FIGURES,)):
            secret = make_key(user=user(who), name="test", scopes=scopes, days=1)[1]
            return Client().get(f"/api/v1/{path}", headers={"authorization": f"Bearer {secret}"})

        return send

    def test_it_lists_the_released_reports_and_hands_out_their_files(self, ask, edition):
        (report,) = released(Kind.BOARD)
        made(Kind.KKR)
        told = ask("ravi", "reports").json()
        (line,) = told["reports"]
        assert (told["total"], line["key"], line["kind"]) == (1, str(report.key), "board")
        file = next(one for one in line["files"] if one["format"] == "pdf")
        answer = ask("ravi", f"reports/{report.key}/files/pdf")
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert AuditEntry.objects.filter(action="report.downloaded").count() == 1

    def test_it_gives_no_more_than_the_page_does(self, ask, edition):
        own, other = released(Kind.MUNICIPALITY, "151", "157")
        assert [one["municipality"] for one in ask("karla", "reports").json()["reports"]] == ["151"]
        assert ask("karla", f"reports/{own.key}/files/pdf").status_code == 200
        assert ask("karla", f"reports/{other.key}/files/pdf").status_code == 404
        assert ask("karla", "reports", (Scope.WRITE_GUIDANCE,)).status_code == 403

    def test_what_was_recalled_is_gone(self, ask, edition):
        (report,) = released(Kind.BOARD)
        recall(report=report, by=user("dorte"), why="Forkert.")
        assert ask("ravi", "reports").json()["total"] == 0
        assert ask("ravi", f"reports/{report.key}/files/pdf").status_code == 404

    @pytest.mark.parametrize("wrong", ["kind=secret", "as_of=today", "municipality=x", "page=0"])
    def test_what_is_not_understood_is_refused(self, ask, wrong):
        assert ask("ravi", f"reports?{wrong}").status_code == 422
