"""The user evaluation on pages: to whom it is open, what it hides, and links that lead nowhere."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from pejl_hub.companies.models import Company, Contact
from pejl_hub.core.actions import current_revision
from pejl_hub.evaluation import views
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.models import Referral
from pejl_hub.surveys import links
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.sending import send_due
from pejl_hub.surveys.models import Answer, Comment, Invitation, Unsubscription
from tests.unit.surveys.conftest import TODAY, held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def third_of_june(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a: TODAY)


@pytest.fixture
def guidance() -> Guidance:
    company = Company.objects.create(cvr="53648371", name="Firma ApS")
    Contact.objects.create(company=company, name="Alice", email="alice@firma.example")
    return held(company=company)


@pytest.fixture
def link(guidance) -> str:
    """The address of the answer page, as it stands in the e-mail."""
    enrol(today=TODAY, by=None)
    send_due(today=TODAY, who="test")
    text = mail.outbox[-1].body
    return next(w for w in text.split() if "/svar/" in w).removeprefix("http://localhost:8000")


class TestAnswering:
    def test_a_get_shows_the_question_and_uses_nothing_up(self, client, link):
        for _ in range(3):
            page = client.get(link)
            assert page.status_code == 200
            assert "Hvor sandsynligt er det" in page.content.decode()
        assert Invitation.objects.get().used_at is None
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]

    def test_an_answer_is_kept_once_and_moves_the_revision(self, link):
        strict, revision = Client(enforce_csrf_checks=True), current_revision()
        data = {"nps": "9", "other_referral": "yes", "comment": "Godt"}
        assert strict.post(link, data).status_code == 302
        answer = Answer.objects.get()
        assert (answer.nps, answer.referral_used, answer.answered_on) == (9, True, TODAY)
        assert Comment.objects.get().text == "Godt"
        assert current_revision() == revision + 1
        again = strict.post(link, {"nps": "0"})
        answer.refresh_from_db()
        assert (again.status_code, answer.nps) == (404, 9)

    @pytest.mark.parametrize("nps", ["", "11", "-1", "ni"])
    def test_what_is_no_score_is_asked_again_and_the_text_is_kept(self, client, link, nps):
        page = client.post(link, {"nps": nps, "comment": "Godt"})
        assert page.status_code == 400
        assert "Vælg et tal fra 0 til 10." in page.content.decode()
        assert "Godt" in page.content.decode()
        assert Answer.objects.get().answered_on is None

    def test_a_cpr_number_is_never_kept(self, client, link):
        page = client.post(link, {"nps": "9", "comment": "Jeg er 251299-1234"})
        assert page.status_code == 400
        assert not Comment.objects.exists()

    def test_each_referral_is_asked_about_and_any_used_counts(self, client, guidance, link):
        one, other = (
            Referral.objects.create(
                guidance=guidance,
                referred_on=TODAY,
                recipient=name,
                recipient_kind="private",
                state="sent",
            )
            for name in ("Bank", "Revisor")
        )
        page = client.get(link).content.decode()
        assert "Bank" in page
        assert "Revisor" in page
        client.post(link, {"nps": "9", f"referral_{one.pk}": "no", f"referral_{other.pk}": "yes"})
        answer = Answer.objects.get()
        assert answer.referral_used is True
        assert dict(answer.referrals.values_list("referral_id", "used")) == {
            one.pk: False,
            other.pk: True,
        }

    def test_it_can_be_read_in_english(self, client, link):
        page = client.get(f"{link}?sprog=en").content.decode()
        assert "How likely is it" in page
        assert 'lang="en"' in page

    def test_it_holds_no_script(self, client, link):
        assert "<script" not in client.get(link).content.decode()


class TestLinksThatLeadNowhere:
    def test_unknown_used_and_expired_are_answered_alike(self, client, link, monkeypatch):
        unknown = client.get("/svar/" + "x" * 32 + "/")
        client.post(link, {"nps": "9"})
        used = client.get(link)
        Invitation.objects.update(used_at=None, expires_on=TODAY - timedelta(days=1))
        expired = client.get(link)
        pages = {(p.status_code, p.content, p["Cache-Control"]) for p in (unknown, used, expired)}
        assert len(pages) == 1
        assert unknown.status_code == 404

    def test_whoever_guesses_is_turned_away_with_good_links_too(self, client, link):
        for number in range(links.TRIES):
            assert client.get(f"/svar/{number:032d}/").status_code == 404
        assert client.get(link).status_code == 429
        assert client.get("/svar/" + "y" * 32 + "/").status_code == 429
        assert Client(REMOTE_ADDR="192.0.2.7").get(link).status_code == 200

    def test_unsubscribing_looks_the_same_for_a_link_that_never_was(self, client, link):
        good, bad = f"{link}afmeld/", "/svar/" + "z" * 32 + "/afmeld/"
        assert client.get(good).content == client.get(bad).content
        assert not Unsubscription.objects.exists()
        one_click = {"List-Unsubscribe": "One-Click"}
        assert client.post(good, one_click).content == client.post(bad, one_click).content
        assert Unsubscription.objects.count() == 1


class TestStaffPages:
    @pytest.fixture(autouse=True)
    def counted(self, year, monkeypatch):
        monkeypatch.setattr(views, "ensure_snapshot", lambda day: year)

    @pytest.mark.parametrize(
        ("path", "allowed", "refused"),
        [
            ("/evaluering/", ["alice", "dorte", "bent", "ravi", "anna"], ["karla"]),
            ("/evaluering/tilmelding/", ["alice", "dorte", "ravi", "anna"], ["bent", "karla"]),
            ("/evaluering/tekster/", ["alice", "dorte", "anna"], ["ravi", "bent", "karla"]),
            ("/maal/nps_growth/poster.csv", ["alice", "dorte"], ["ravi", "bent", "karla"]),
        ],
    )
    def test_each_page_is_open_to_some_and_closed_to_others(
        self, signed_in, path, allowed, refused
    ):
        assert {signed_in(who).get(path).status_code for who in allowed} == {200}
        assert {signed_in(who).get(path).status_code for who in refused} == {403}

    def test_the_figure_is_the_one_of_the_status_pages(self, signed_in):
        alice = signed_in("alice")
        page = alice.get("/evaluering/?dato=2024-12-31")
        standing = alice.get("/maal/nps_growth/?dato=2024-12-31")
        figures = {one.result.goal.id: one.value for one in page.context["goals"]}
        assert set(figures) == {"nps_growth", "nps_operating", "referral_use"}
        assert figures["nps_growth"] == standing.context["line"].shown.value

    def test_a_share_is_held_against_its_target_as_a_share_and_pending_goals_are_not_scored(
        self, signed_in
    ):
        page = signed_in("alice").get("/evaluering/?dato=2024-12-31")
        shown = {one.result.goal.id: one for one in page.context["goals"]}["referral_use"]
        assert shown.result.target == Decimal("0.5")
        value = shown.result.measured.figure.value
        assert shown.result.verdict.by_point is (None if value is None else value >= 0.5)
        assert "5.000" not in shown.target
        assert "afventer rammeaftalen og bedømmes ikke" in page.content.decode()

    def test_an_adviser_sees_no_single_answer_and_no_adviser(self, signed_in):
        page = signed_in("ravi").get("/maal/nps_growth/")
        assert 'id="records"' not in page.content.decode()
        assert 'id="records"' in signed_in("alice").get("/maal/nps_growth/").content.decode()
        titles = [t for t, _ in signed_in("ravi").get("/evaluering/").context["groups"]]
        assert "Efter rådgiver" not in titles

    def test_the_log_says_who_was_not_asked_and_staff_may_leave_out(self, signed_in, guidance):
        alice = signed_in("alice")
        page = alice.get("/evaluering/tilmelding/?dato=2024-06-03")
        assert [(key, n) for key, _, n in page.context["counts"]] == [("due", 1)]
        alice.post(f"/evaluering/tilmelding/{guidance.pk}/udelad/", {"note": "Konkurs"})
        after = alice.get("/evaluering/tilmelding/?dato=2024-06-03")
        assert [(key, n) for key, _, n in after.context["counts"]] == [("by_staff", 1)]
        assert "Konkurs (alice)" in after.content.decode()

    def test_texts_are_masked_and_their_themes_counted(self, signed_in, client, link):
        client.post(link, {"nps": "9", "comment": "Lang ventetid. Ring 20 30 40 50, a@b.dk"})
        page = signed_in("alice").get("/evaluering/tekster/").content.decode()
        assert "Ring [tlf.], [e-mail]" in page
        assert "20 30 40 50" not in page
        assert "ventetid" in page
        assert "Firma" not in page
