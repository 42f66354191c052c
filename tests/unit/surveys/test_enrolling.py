"""Who is asked, who is not, and why: each rule beside the case that it allows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from pejl.base.errors import UserError
from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.core.actions import current_revision
from pejl_hub.surveys.actions.enrolling import enrol
from pejl_hub.surveys.actions.excluding import leave_out
from pejl_hub.surveys.models import Answer, Enrolment, Invitation, Message, Reason, Unsubscription
from pejl_hub.surveys.tokens import person_key
from tests.unit.surveys.conftest import CVRS, TODAY, held

pytestmark = pytest.mark.django_db


def reasons() -> dict[int, str | None]:
    return dict(Enrolment.objects.values_list("guidance_id", "reason"))


def test_a_held_specialised_guidance_is_asked_about_after_the_wait(company, alice):
    guidance = held(company=company, days_ago=14)
    revision = current_revision()
    assert enrol(today=TODAY, by=None).asked == 1
    invitation = Invitation.objects.get()
    assert invitation.enrolment.guidance == guidance
    assert invitation.contact == alice
    assert invitation.expires_on == TODAY + timedelta(days=60)
    assert (invitation.answer.invited_on, invitation.answer.segment) == (TODAY, "growth")
    assert Message.objects.get().due_on == TODAY
    assert current_revision() == revision + 1
    assert AuditEntry.objects.get(action="survey_enrolled").details == {"asked": 1}


@pytest.mark.parametrize(
    "other",
    [
        {"days_ago": 13},
        {"days_ago": 61},
        {"type": "orienting"},
        {"state": "no_show"},
        {"state": "cancelled"},
        {"segment": "pre_starter"},
        {"segment": None},
        {"sent_to_evaluation_on": TODAY},
    ],
)
def test_another_guidance_is_not_considered(company, alice, other):
    held(company=company, **other)
    assert enrol(today=TODAY, by=None).asked == 0
    assert not Enrolment.objects.exists()
    held(company=company)
    assert enrol(today=TODAY, by=None).asked == 1


def test_a_guidance_that_another_evaluation_has_asked_about_is_left_alone(company, alice):
    Answer.objects.create(guidance=held(company=company), invited_on=TODAY)
    assert enrol(today=TODAY, by=None).asked == 0


def test_a_second_run_asks_nobody_again(company, alice, petra):
    held(company=company)
    held(person=petra)
    assert enrol(today=TODAY, by=None).asked == 2
    assert enrol(today=TODAY, by=None).asked == 0
    assert enrol(today=TODAY + timedelta(days=1), by=None).asked == 0
    assert Message.objects.count() == Answer.objects.count() == 2


class TestOncePerPersonAndPeriod:
    def test_the_oldest_guidance_is_asked_about_and_the_others_say_why_not(self, company, alice):
        first, second = held(company=company, days_ago=30), held(company=company, days_ago=20)
        enrol(today=TODAY, by=None)
        assert reasons() == {first.pk: None, second.pk: Reason.ASKED_ALREADY}

    def test_the_next_period_is_another_time(self, company, alice):
        held(company=company)
        enrol(today=TODAY, by=None)
        july = date(2024, 7, 10)
        held(company=company, days_ago=0)
        assert enrol(today=july, by=None).asked == 1

    def test_a_person_with_two_companies_is_one_person(self, company, alice):
        other = Company.objects.create(cvr=CVRS[1], name="Andet ApS")
        Contact.objects.create(company=other, name="Alice", email="ALICE@firma.example ".strip())
        held(company=company, days_ago=30)
        held(company=other)
        assert enrol(today=TODAY, by=None).reasons == {Reason.ASKED_ALREADY: 1}

    def test_the_database_keeps_it_too(self, company, alice, petra):
        held(company=company)
        held(person=petra)
        enrol(today=TODAY, by=None)
        one, other = Invitation.objects.all()
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=one.pk).update(person_key=other.person_key)


class TestReasons:
    def test_without_an_address_nobody_can_be_asked_until_there_is_one(self, company):
        guidance = held(company=company)
        enrol(today=TODAY, by=None)
        assert reasons() == {guidance.pk: Reason.NO_EMAIL}
        Contact.objects.create(company=company, name="Bo", email="bo@firma.example")
        tomorrow = TODAY + timedelta(days=1)
        assert enrol(today=tomorrow, by=None).asked == 1
        assert reasons() == {guidance.pk: None}

    @pytest.mark.parametrize("address", ["bo", "bo@", "bo@x.dk\nBcc: all@x.dk", "a@b.dk, c@d.dk"])
    def test_what_is_no_address_is_not_written_to(self, address):
        person = Person.objects.create(name="Bo", email=address)
        guidance = held(person=person)
        enrol(today=TODAY, by=None)
        assert reasons() == {guidance.pk: Reason.BAD_EMAIL}
        assert not Message.objects.exists()

    def test_whoever_has_unsubscribed_is_not_asked_whatever_the_letters_case(self, company, alice):
        Unsubscription.objects.create(person_key=person_key("Alice@Firma.example"))
        guidance = held(company=company)
        enrol(today=TODAY, by=None)
        assert reasons() == {guidance.pk: Reason.UNSUBSCRIBED}

    def test_the_main_contact_is_asked_before_the_first(self, company):
        Contact.objects.create(company=company, name="Bo", email="bo@firma.example")
        main = Contact.objects.create(
            company=company, name="Carla", email="carla@firma.example", is_main=True
        )
        held(company=company)
        enrol(today=TODAY, by=None)
        assert Invitation.objects.get().contact == main


class TestLeavingOut:
    def test_staff_may_leave_a_client_out_and_the_log_says_who_and_why(
        self, company, alice, django_user_model
    ):
        ravi = django_user_model.objects.create(username="ravi", role="adviser")
        guidance = held(company=company)
        leave_out(guidance=guidance, note=" Konkurs ", by=ravi, today=TODAY)
        assert enrol(today=TODAY, by=None).asked == 0
        enrolment = Enrolment.objects.get()
        assert (enrolment.reason, enrolment.note, enrolment.who) == ("by_staff", "Konkurs", "ravi")
        assert AuditEntry.objects.get(action="survey_left_out").by == ravi

    def test_without_an_explanation_nobody_is_left_out(self, company, django_user_model):
        ravi = django_user_model.objects.create(username="ravi", role="adviser")
        with pytest.raises(UserError, match="explanation"):
            leave_out(guidance=held(company=company), note="  ", by=ravi, today=TODAY)

    def test_what_was_asked_already_cannot_be_left_out(self, company, alice, django_user_model):
        ravi = django_user_model.objects.create(username="ravi", role="adviser")
        guidance = held(company=company)
        enrol(today=TODAY, by=None)
        with pytest.raises(UserError, match="decided about"):
            leave_out(guidance=guidance, note="Konkurs", by=ravi, today=TODAY)

    def test_the_database_wants_a_name_and_an_explanation_from_staff_alone(self, company):
        guidance = held(company=company)
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.create(guidance=guidance, decided_on=TODAY, reason=Reason.BY_STAFF)
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.create(
                guidance=guidance, decided_on=TODAY, reason=Reason.NO_EMAIL, note="x", who="y"
            )
