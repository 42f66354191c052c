"""Figures that others measured: typed or from a file, kept side by side, withdrawn with a trace."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction
from pejl_hub.evaluation import views
from pejl_hub.evidence.figures import report_figure
from pejl_hub.evidence.models import ReportedFigure
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from tests.web.test_status_pages import words

FIGURES, BY_HAND, BY_FILE = (
    reverse(f"evaluation:{name}") for name in ("figures", "by_hand", "by_file")
)
TYPED = {
    "goal": "nps_growth", "value": "72", "n": "120", "measured_on": "2024-06-10",
    "source": "Erhvervsstyrelsen", "method": "Telefoninterview",
}  # fmt: skip
FILE = b"goal,measured_on,value,n\nnps_growth,2024-06-10,72,120\nreferral_use,2024-06-10,54.5,88\n"


@pytest.fixture(autouse=True)
def june(monkeypatch, settings, tmp_path):
    """The pages count the real records of a day in June."""
    settings.DATA = tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2024, 6, 30))
    monkeypatch.setattr(views, "ensure_snapshot", ensure_snapshot)
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)


def sent(client, content=FILE, **more):
    file = SimpleUploadedFile("tal.csv", content)
    return client.post(BY_FILE, {"file": file, "source": "Erhvervsstyrelsen", **more})


class TestTyped:
    def test_a_typed_figure_stands_beside_ours_with_source_day_n_and_who(self, signed_in):
        alice = signed_in("alice")
        assert alice.post(BY_HAND, TYPED).status_code == 302
        figure = ReportedFigure.objects.get()
        assert (figure.value, figure.n, figure.reported_by, figure.who) == (
            72, 120, "Erhvervsstyrelsen", "alice",
        )  # fmt: skip
        page = words(alice.get("/evaluering/"))
        assert "Målt af Erhvervsstyrelsen" in page
        assert "n = 120" in page
        assert "Telefoninterview" in page
        assert AuditEntry.objects.filter(action="report_figure").count() == 1

    def test_an_interval_that_the_source_did_not_give_is_marked_as_ours(self, signed_in):
        alice = signed_in("alice")
        alice.post(BY_HAND, TYPED)
        alice.post(
            BY_HAND, TYPED | {"goal": "nps_operating", "interval_low": "60", "interval_high": "80"}
        )
        by = dict(ReportedFigure.objects.values_list("goal", "interval_by"))
        assert by == {"nps_growth": "nps_widest", "nps_operating": "source"}
        page = words(alice.get(FIGURES))
        assert "beregnet af os: det bredeste, som NPS og n tillader" in page
        assert "60,0 til 80,0, beregnet af kilden" in page

    def test_a_newer_figure_is_a_new_row_and_the_older_stays(self, signed_in):
        alice = signed_in("alice")
        alice.post(BY_HAND, TYPED)
        alice.post(BY_HAND, TYPED | {"value": "70"})
        alice.post(BY_HAND, TYPED | {"value": "70"})  # sent twice: once is enough
        assert list(ReportedFigure.objects.order_by("id").values_list("value", flat=True)) == [
            Decimal(72),
            Decimal(70),
        ]
        goal = next(one for one in alice.get("/evaluering/").context["goals"] if one.theirs)
        assert goal.theirs.value == "70,0"

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"value": "mange"}, "the value 'mange'"),
            ({"value": "140"}, "a number from -100 to 100"),
            ({"interval_low": "60"}, "one end of an interval"),
            ({"mix": "growth"}, "the mix 'growth'"),
            ({"method": "Spurgt 251299-1234"}, "CPR"),
            ({"goal": "press"}, "press"),
        ],
    )
    def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(self, signed_in, wrong, said):
        alice = signed_in("alice")
        page = alice.post(BY_HAND, TYPED | wrong)
        assert page.status_code == 400
        assert said in page.content.decode().replace("&#x27;", "'")
        assert 'value="Erhvervsstyrelsen"' in page.content.decode()
        assert not ReportedFigure.objects.exists()


class TestFile:
    def test_every_line_is_taken_in_with_the_hash_of_the_file(self, signed_in):
        alice = signed_in("alice")
        assert sent(alice).status_code == 302
        hashes = set(ReportedFigure.objects.values_list("file_sha256", "file_name"))
        assert hashes == {(hashlib.sha256(FILE).hexdigest(), "tal.csv")}
        assert ReportedFigure.objects.count() == 2
        assert hashlib.sha256(FILE).hexdigest()[:12] in alice.get(FIGURES).content.decode()

    def test_the_same_file_again_changes_nothing(self, signed_in):
        alice = signed_in("alice")
        for _ in range(2):
            sent(alice)
        assert ReportedFigure.objects.count() == 2

    def test_a_file_with_one_faulty_line_gives_nothing(self, signed_in):
        page = sent(signed_in("alice"), FILE + b"press,2024-06-10,3,1\n")
        assert page.status_code == 400
        assert "line 4" in words(page)
        assert not ReportedFigure.objects.exists()

    def test_the_empty_file_has_the_columns_and_is_read_when_filled_in(self, signed_in):
        alice = signed_in("alice")
        header = alice.get(reverse("evaluation:layout")).content
        line = b"awareness;2024-05-01;44,1;900;;;Panel;;;;\r\n"
        assert sent(alice, header + line).status_code == 302
        assert ReportedFigure.objects.get().method == "Panel"


class TestWithdrawing:
    def test_a_withdrawn_figure_stays_with_who_and_why_and_counts_no_more(self, signed_in):
        alice = signed_in("alice")
        alice.post(BY_HAND, TYPED)
        address = reverse("evaluation:withdraw", args=[ReportedFigure.objects.get().pk])
        assert alice.get(address).status_code == 200
        assert alice.post(address, {"why": ""}).status_code == 400
        assert ReportedFigure.objects.get().withdrawn_at is None
        assert alice.post(address, {"why": "Tastefejl"}).status_code == 302
        assert "Trukket tilbage af alice" in words(alice.get(FIGURES))
        assert "Tastefejl" in words(alice.get(FIGURES))
        assert not any(one.theirs for one in alice.get("/evaluering/").context["goals"])
        assert alice.post(address, {"why": "Igen"}).status_code == 404
        entry = AuditEntry.objects.get(action="withdraw_figure")
        assert entry.details["changed"]["withdrawn_why"] == [None, "Tastefejl"]

    def test_what_was_withdrawn_may_be_entered_again(self, signed_in):
        alice = signed_in("alice")
        alice.post(BY_HAND, TYPED)
        pk = ReportedFigure.objects.get().pk
        alice.post(reverse("evaluation:withdraw", args=[pk]), {"why": "Tastefejl"})
        alice.post(BY_HAND, TYPED)
        assert ReportedFigure.objects.count() == 2


class TestWho:
    @pytest.mark.parametrize("path", [FIGURES, reverse("evaluation:awareness")])
    def test_all_but_a_single_municipality_may_read(self, signed_in, path):
        for who in ("alice", "dorte", "bent", "ravi"):
            assert signed_in(who).get(path).status_code == 200
        assert signed_in("karla").get(path).status_code == 403

    @pytest.mark.parametrize(("who", "may"), [("alice", True), ("anna", True), ("dorte", False),
                                              ("ravi", False), ("bent", False)])  # fmt: skip
    def test_those_who_report_figures_enter_and_withdraw(self, signed_in, who, may):
        client = signed_in(who)
        kept = report_figure(
            goal="awareness", measured_on=date(2024, 5, 1), value=Decimal(44), reported_by="A",
            by=None,
        )  # fmt: skip
        away = reverse("evaluation:withdraw", args=[kept.pk])
        assert client.get(BY_HAND).status_code == (200 if may else 403)
        assert client.post(BY_HAND, TYPED).status_code == (302 if may else 403)
        assert sent(client).status_code == (302 if may else 403)
        assert client.get(reverse("evaluation:layout")).status_code == (200 if may else 403)
        assert client.post(away, {"why": "Fejl"}).status_code == (302 if may else 403)
        assert ReportedFigure.objects.filter(withdrawn_at=None, goal="nps_growth").exists() is may


class TestAwareness:
    def test_the_years_are_a_picture_and_a_table_with_method_n_and_interval(self, signed_in):
        alice = signed_in("alice")
        typed = TYPED | {"goal": "awareness", "value": "44,1", "n": "900"}
        path = alice.post(BY_HAND, typed | {"measured_on": "2022-05-01"}).url
        assert path == reverse("evaluation:awareness")
        assert alice.get(path).context["picture"] is None
        alice.post(BY_HAND, typed | {"value": "47,6", "method": "Webpanel"})
        page = alice.get(path)
        assert [one.value for one in page.context["picture"].points] == ["44,1 %", "47,6 %"]
        first, second = page.context["picture"].points
        assert first.x < second.x
        assert first.y > second.y
        assert first.high < first.y < first.low
        assert {"Telefoninterview", "Webpanel"} <= set(words(page).replace(":", "").split())
        assert "beregnet af os: Wilsons interval" in words(page)


class TestClosed:
    def test_a_figure_of_a_closed_period_asks_for_a_reason_and_becomes_a_correction(
        self, signed_in
    ):
        Close.objects.create(
            first_day=date(2024, 1, 1), last_day=date(2024, 6, 30), snapshot_id="s", signed="Dorte"
        )
        alice = signed_in("alice")
        refused = alice.post(BY_HAND, TYPED)
        assert refused.status_code == 400
        assert 'name="reason"' in refused.content.decode()
        assert 'value="120"' in refused.content.decode()
        assert 'name="reason"' not in alice.get(BY_HAND).content.decode()
        assert not ReportedFigure.objects.exists()
        assert alice.post(BY_HAND, TYPED | {"reason": "Kom sent"}).status_code == 302
        assert Correction.objects.get().reason == "Kom sent"
        address = reverse("evaluation:withdraw", args=[ReportedFigure.objects.get().pk])
        assert alice.post(address, {"why": "Fejl"}).status_code == 400
        assert alice.post(address, {"why": "Fejl", "reason": "Tastefejl"}).status_code == 302
