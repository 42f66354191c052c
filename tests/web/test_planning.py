"""The target adviser's pages: who sees them, what they answer, and what they refuse."""

import pytest
from django.urls import reverse

from pejl.contract.goal import Goal
from pejl.targets.advice import Advice, Kind, Why
from pejl.targets.counts import CountYear, count_ahead
from pejl.targets.shares import ShareYear, share_ahead
from pejl_hub.planning import queries
from pejl_hub.status import queries as status
from tests.web.test_status_pages import words

pytestmark = pytest.mark.django_db
LIST = reverse("planning:goals")
ADVISERS = {f"vejleder{number}": 100 for number in range(10)}


def page_of(goal):
    return reverse("planning:goal", args=[goal])


def goal(name: str) -> Goal:
    return status.contracts()[-1].goals[name]


@pytest.fixture
def drawn_advice(year, monkeypatch):
    """Three even years of guidance, a share, a score of some answers, and effects."""
    past = {"2022": 1000.0, "2023": 1000.0, "2024": 1000.0}
    ahead = count_ahead([CountYear(1000)] * 3, scatter=1)
    part = share_ahead([ShareYear(400, 1000)] * 3, 1, 1000)
    found = [
        Advice(goal("guidance"), Kind.COUNT, 1500.0, past, ahead=ahead),
        Advice(goal("press"), Kind.COUNT, 50.0, {"2024": 50.0}, why=Why.YEARS),
        Advice(goal("guidance_5plus"), Kind.SHARE, 0.3, dict.fromkeys(past, 0.4), ahead=part),
        Advice(goal("nps_growth"), Kind.SAMPLE, 70.0, deviation=56.6, answers=120, figure=72.0),
        Advice(goal("effect_turnover"), Kind.EFFECT, 10.0),
        Advice(goal("awareness"), Kind.NONE, 0.5, why=Why.KIND),
    ]
    monkeypatch.setattr(queries, "advice", lambda on: {one.goal.id: one for one in found})
    monkeypatch.setattr(
        queries, "advisers_of", lambda on, name: ADVISERS if name == "guidance" else {}
    )


@pytest.mark.parametrize("name", ["alice", "dorte", "tove", "ravi", "rune"])
def test_the_house_asks_the_adviser(signed_in, drawn_advice, name):
    client = signed_in(name)
    assert client.get(LIST).status_code == 200
    assert client.get(page_of("guidance")).status_code == 200


@pytest.mark.parametrize("name", ["bent", "kaj", "erna", "karla"])
def test_readers_outside_the_house_do_not(signed_in, drawn_advice, name):
    client = signed_in(name)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of("guidance")).status_code == 403


def test_the_list_says_what_can_be_promised_or_what_stands_in_the_way(signed_in, drawn_advice):
    page = words(signed_in("alice").get(LIST))
    assert "Hvad kan loves for 2025?" in page
    assert "1-1 vejledninger 2022: 1.000 , 2023: 1.000 , 2024: 1.000" in page
    assert "Der skal to år til" in page
    assert "Kendskabsgrad" in page.split("Fremskrives ikke")[1]


def test_the_real_advice_of_the_drawn_year_is_shown(signed_in, year):
    assert "Hvad kan loves for 2025?" in words(signed_in("alice").get(LIST))


def promised(answer):
    return int(answer.context["told"]["promised"].replace(".", ""))


def test_more_certainty_promises_less(signed_in, drawn_advice):
    alice = signed_in("alice")
    found = [promised(alice.get(page_of("guidance"), {"sikkerhed": sure})) for sure in (60, 80, 95)]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_a_proposed_target_has_its_chance(signed_in, drawn_advice):
    alice = signed_in("alice")
    low = alice.get(page_of("guidance"), {"maal": 700}).context["told"]["chance"]
    high = alice.get(page_of("guidance"), {"maal": 1500}).context["told"]["chance"]
    assert (low.split()[0].split("\xa0")[0], high.split("\xa0")[0]) == ("99", "1")


def test_two_advisers_who_leave_are_answered_beside_what_holds_now(signed_in, drawn_advice):
    alice = signed_in("alice")
    answer = alice.get(page_of("guidance"), {"faerre": 2})
    then = int(answer.context["changed"]["promised"].replace(".", ""))
    assert then == pytest.approx(promised(answer) * 0.8, abs=3)
    taken = alice.get(page_of("guidance"), {"faerre": 2, "overtager": 50})
    assert int(taken.context["changed"]["promised"].replace(".", "")) > then
    assert "changed" not in alice.get(page_of("guidance")).context


def test_more_than_there_are_cannot_leave(signed_in, drawn_advice):
    answer = signed_in("alice").get(page_of("guidance"), {"faerre": 10})
    assert answer.status_code == 400
    assert "Så mange vejledere er der ikke" in words(answer)


@pytest.mark.parametrize(
    "asked", [{"sikkerhed": 100}, {"sikkerhed": "meget"}, {"maal": -1}, {"aaret": 101}]
)
def test_what_cannot_be_asked_is_said_beside_the_field(signed_in, drawn_advice, asked):
    answer = signed_in("alice").get(page_of("guidance"), asked)
    assert answer.status_code == 400
    assert 'class="problem"' in answer.content.decode()


def test_a_share_is_answered_in_percent(signed_in, drawn_advice):
    page = words(signed_in("alice").get(page_of("guidance_5plus"), {"maal": 30}))
    assert "99 pct." in page.replace("\xa0", " ")
    assert "nævner ingen vejleder" not in page


def test_the_answers_that_an_nps_needs_and_the_response_rate(signed_in, drawn_advice):
    alice = signed_in("alice")
    answer = alice.get(page_of("nps_growth"), {"bredde": 10, "spurgte": 248, "sand": 80})
    assert answer.context["needed"] == 124  # (1.96 × 56.6 / 10)² = 123.1, rounded up
    assert answer.context["rate"].startswith("50")
    assert answer.context["to_show"] == 252
    below = alice.get(page_of("nps_growth"), {"bredde": 10, "sand": 60})
    assert below.context["to_show"] is None
    few = alice.get(page_of("nps_growth"), {"bredde": 1, "spurgte": 100})
    assert "Spørg flere" in words(few)


def test_an_effect_is_answered_from_an_assumption_and_empty_without_one(signed_in, drawn_advice):
    alice = signed_in("alice")
    empty = alice.get(page_of("effect_turnover"))
    assert empty.status_code == 200
    assert "Skriv din egen antagelse" in words(empty)
    page = words(alice.get(page_of("effect_turnover"), {"vejledte": 100, "spredning": 45.3}))
    assert "12,7 procentpoint" in page
    assert "162 vejledte virksomheder" in page


def test_a_goal_that_is_not_foreseen_has_no_page(signed_in, drawn_advice):
    alice = signed_in("alice")
    assert alice.get(page_of("awareness")).status_code == 404
    assert alice.get(page_of("findes-ikke")).status_code == 404


def test_without_history_the_page_says_what_it_takes(signed_in, drawn_advice, monkeypatch):
    one = queries.advice(None)["press"]
    monkeypatch.setattr(queries, "advice", lambda on: {"press": one})
    assert "Der skal to år til" in words(signed_in("alice").get(page_of("press")))
