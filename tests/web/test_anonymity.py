"""The hub's rule decides whether an adviser can see who answered what: allowed beside refused."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pejl_hub.companies.models import Company
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status import queries
from pejl_hub.surveys import asking
from pejl_hub.surveys.actions.answering import Given, take_answer
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.models import Answer, Invitation
from tests.unit.surveys.conftest import CVRS, TODAY, held

OWN = reverse("evaluation:own_answers")
RECORDS = "/maal/nps_growth/poster.csv?dato=2024-06-30"


@pytest.fixture(autouse=True)
def third_of_june(monkeypatch, settings, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    monkeypatch.setattr(queries, "ensure_snapshot", ensure_snapshot)


def answered(monkeypatch, *, anonymous: bool, adviser: str, name: str = "Firma ApS", cvr=CVRS[0]):
    """A company that is asked under the rule, and answers."""
    text = (asking._rules_file()).read_text("utf-8")
    assert "anonymous_to_adviser: {value: true" in text
    rules = asking.rules_on(TODAY)
    monkeypatch.setattr(
        "pejl_hub.surveys.actions.enrolling.rules_on",
        lambda day: type(rules)(**{**vars(rules), "anonymous_to_adviser": anonymous}),
    )
    company = Company.objects.create(cvr=cvr, name=name)
    company.contacts.create(name="Alice", email=f"alice@{cvr}.example", is_main=True)
    guidance = held(company=company, adviser=adviser)
    enrol(today=TODAY, by=None)
    invitation = Invitation.objects.get(enrolment__guidance=guidance)
    assert take_answer(invitation=invitation, given=Given(nps=3), today=TODAY)
    return guidance


@pytest.mark.parametrize(("anonymous", "seen"), [(True, False), (False, True)])
def test_the_rule_under_which_it_was_asked_for_opens_an_answer_to_its_adviser(
    signed_in, monkeypatch, anonymous, seen
):
    answered(monkeypatch, anonymous=anonymous, adviser="Ravi Nair")
    page = signed_in("ravi").get(OWN)
    assert page.status_code == 200
    assert ("Firma ApS" in page.content.decode()) is seen
    assert len(page.context["page"].object_list) == int(seen)


def test_another_advisers_answers_are_never_ones_own(signed_in, monkeypatch):
    answered(monkeypatch, anonymous=False, adviser="Mette Krag")
    assert "Firma ApS" not in signed_in("ravi").get(OWN).content.decode()


def test_a_hub_that_opens_its_rule_does_not_break_the_promise_of_earlier_letters(
    signed_in, monkeypatch
):
    answered(monkeypatch, anonymous=True, adviser="Ravi Nair")
    answered(monkeypatch, anonymous=False, adviser="Ravi Nair", name="Ny ApS", cvr=CVRS[1])
    page = signed_in("ravi").get(OWN).content.decode()
    assert "Ny ApS" in page
    assert "Firma ApS" not in page


def test_an_answer_that_another_evaluation_asked_for_is_not_shown(signed_in, db):
    company = Company.objects.create(cvr=CVRS[0], name="Firma ApS")
    guidance = held(company=company)
    Answer.objects.create(
        guidance=guidance, segment="growth", invited_on=TODAY, answered_on=TODAY, nps=3
    )
    assert "Firma ApS" not in signed_in("ravi").get(OWN).content.decode()


@pytest.mark.django_db(transaction=True)  # a snapshot is read through another connection
@pytest.mark.parametrize(("anonymous", "seen"), [(True, False), (False, True)])
def test_a_team_lead_who_guided_reads_the_records_of_others_but_not_who_answered_about_them(
    signed_in, monkeypatch, anonymous, seen
):
    answered(monkeypatch, anonymous=anonymous, adviser="Tove Riis")
    answered(monkeypatch, anonymous=True, adviser="Ravi Nair", name="Anden ApS", cvr=CVRS[1])
    rows = signed_in("tove").get(RECORDS).content.decode("utf-8-sig")
    assert ("Firma ApS" in rows) is seen
    assert "Anden ApS" in rows
    assert "Firma ApS" in signed_in("alice").get(RECORDS).content.decode("utf-8-sig")


@pytest.mark.django_db(transaction=True)  # a snapshot is read through another connection
def test_nobody_sees_the_adviser_beside_an_answer(signed_in, monkeypatch):
    answered(monkeypatch, anonymous=True, adviser="Ravi Nair")
    rows = signed_in("alice").get(RECORDS).content.decode("utf-8-sig")
    assert "Firma ApS" in rows
    assert "Ravi Nair" not in rows


@pytest.mark.parametrize(("who", "status"), [("ravi", 200), ("tove", 200), ("bent", 403),
                                             ("karla", 403), ("erna", 403)])  # fmt: skip
def test_those_who_guide_have_a_page_of_their_own_answers(signed_in, who, status):
    assert signed_in(who).get(OWN).status_code == status


def test_single_answers_stay_closed_to_advisers_whatever_the_rule(signed_in, monkeypatch):
    answered(monkeypatch, anonymous=False, adviser="Ravi Nair")
    assert signed_in("ravi").get(RECORDS).status_code == 403
    assert signed_in("alice").get(RECORDS).status_code == 200
