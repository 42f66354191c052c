"""The register of open questions: every reading's figure and light, and who decided."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pejl.contract.load import load
from pejl_hub.audit.models import AuditEntry
from pejl_hub.interpretations.models import Decision
from tests.web.conftest import CONTRACT
from tests.web.test_status_pages import words

REGISTER = reverse("interpretations:register")
DAY = {"dato": "2024-06-30"}
TYPED = {
    "reading": "companies",
    "decided_on": "2024-06-14",
    "decided_by": "KKR Hovedstaden",
    "because": "Målet gælder virksomhederne.",
    "document": "Referat 14. juni 2024, punkt 4",
}


@pytest.fixture
def alice(signed_in, year):
    return signed_in("alice")


def decide(client, question="T1", **change):
    there = reverse("interpretations:decide", args=[load(CONTRACT).id, question])
    return client.post(there, TYPED | change)


def row(client, question, **asked):
    page = client.get(REGISTER, DAY | asked)
    return next(one for one in page.context["rows"] if one.question.id == question)


def test_every_question_of_the_contract_is_there_with_all_its_readings(alice):
    rows = alice.get(REGISTER, DAY).context["rows"]
    asked = load(CONTRACT).interpretations
    assert {one.question.id for one in rows} == {one.id for one in asked}
    assert all(len(one.readings) == len(one.question.readings) for one in rows)
    assert all(one.readings[0].own for one in rows)


def test_both_readings_have_their_figures_their_difference_and_their_light(alice):
    own, other = row(alice, "T1").readings
    assert (own.id, other.id) == ("guidances", "companies")
    assert own.shown.measured
    assert other.shown.measured
    assert re.fullmatch(r"[+−±]\d+,\d procentpoint", other.difference)
    assert own.light
    assert other.light


def test_a_reading_that_the_records_cannot_give_says_so(alice):
    assert [one.shown for one in row(alice, "T6").readings][1:] == [None]
    assert "Posterne kan ikke give et tal for denne læsning." in words(alice.get(REGISTER, DAY))


def test_a_decision_is_shown_from_its_day_and_both_figures_stay(alice):
    assert decide(alice).status_code == 302
    before, after = row(alice, "T1", dato="2024-06-13"), row(alice, "T1")
    assert (before.decided, after.decided) == ("", "companies")
    page = words(alice.get(REGISTER, DAY))
    assert "KKR Hovedstaden afgjorde 14. juni 2024: Andel af de forskellige virksomheder." in page
    assert "Målet tælles stadig efter kontraktens egen læsning" in page
    assert all(one.shown.measured for one in after.readings)
    assert AuditEntry.objects.filter(action="decision.recorded").count() == 1


def test_questions_that_are_decided_stand_last(alice):
    decide(alice)
    assert alice.get(REGISTER, DAY).context["rows"][-1].question.id == "T1"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reading": "unknown"}, "unknown er ikke en af"),
        ({"decided_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "ikke kommet"),
        ({"because": "Spørg 251299-1234"}, "CPR-numre gemmes aldrig"),
        ({"document": ""}, "påkrævet"),
    ],
)
def test_half_a_decision_is_refused(alice, change, said):
    answer = decide(alice, **change)
    assert answer.status_code == 400
    assert said in words(answer)
    assert not Decision.objects.exists()


def test_a_decision_is_taken_back_with_a_reason_and_stays_on_record(alice):
    decide(alice)
    there = reverse("interpretations:withdraw", args=[Decision.objects.get().pk])
    assert alice.post(there, {"why": ""}).status_code == 400
    assert row(alice, "T1").decided == "companies"
    alice.post(there, {"why": "Forkert møde"})
    assert row(alice, "T1").decided == ""
    assert "trukket tilbage af alice: Forkert møde" in words(alice.get(REGISTER, DAY))
    assert alice.post(there, {"why": "Igen"}).status_code == 400


def test_a_later_decision_takes_over(alice):
    decide(alice)
    decide(alice, reading="guidances", decided_on="2024-06-20")
    assert row(alice, "T1").decided == "guidances"
    assert row(alice, "T1", dato="2024-06-15").decided == "companies"


@pytest.mark.parametrize(("name", "status"), [("dorte", 302), ("ravi", 403), ("rune", 403)])
def test_who_may_record_a_decision(signed_in, year, name, status):
    assert decide(signed_in(name)).status_code == status


def test_an_unknown_question_is_not_found(alice):
    assert decide(alice, question="T99").status_code == 404


def test_every_orphan_is_listed_with_its_reason(alice):
    page = alice.get(REGISTER, DAY)
    orphans = load(CONTRACT).orphans
    assert {key: why for key, _quote, why in page.context["orphans"]} == orphans
    assert orphans["K2.5"] in words(page)


def test_the_file_holds_every_reading_and_the_decision(alice):
    decide(alice)
    answer = alice.get(reverse("interpretations:download", args=["csv"]), DAY)
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + sum(len(one.readings) for one in load(CONTRACT).interpretations)
    decided = next(line for line in lines if ";companies;" in line)
    assert "KKR Hovedstaden" in decided
    assert alice.get(reverse("interpretations:download", args=["pdf"]), DAY).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("bent", 403), ("alice", 200)])
def test_the_file_of_figures_is_for_the_house(signed_in, year, name, status):
    there = reverse("interpretations:download", args=["csv"])
    assert signed_in(name).get(there, DAY).status_code == status


def test_a_reader_of_one_municipality_does_not_see_the_register(signed_in, year):
    assert signed_in("karla").get(REGISTER, DAY).status_code == 403


def test_readers_outside_the_house_see_the_editions_figures_and_no_light(signed_in, published):
    found = row(signed_in("bent"), "T1")
    assert all(one.light == "" for one in found.readings)
    assert "Registrér en afgørelse" not in words(signed_in("bent").get(REGISTER, DAY))
