"""The database refuses what cannot be true; each rule beside the case that it allows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.companies.cvr import is_cvr, validate_cvr
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyRecord,
    CompanySize,
    Person,
)
from pejl_hub.events.models import Attendance, Event
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote, ReportedFigure
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation, Programme, Round
from pejl_hub.referrals.models import Referral
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.surveys.models import Answer

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def company():
    return Company.objects.create(cvr="53648371", name="Firma ApS")


@pytest.fixture
def person():
    return Person.objects.create(name="Petra")


@pytest.fixture
def run():
    return ImportRun.objects.create(source="escrm", file_name="export", who="alice")


@pytest.fixture
def held(company):
    """What every guidance here has; a test changes one thing."""
    return {
        "company": company,
        "held_on": DAY,
        "type": "specialised",
        "state": "held",
        "recorded_on": DAY,
    }


@pytest.fixture
def event():
    return Event.objects.create(title="Workshop", held_on=DAY)


@pytest.fixture
def round_():
    programme = Programme.objects.create(name="SMV:Digital")
    return Round.objects.create(programme=programme, name="1", national=True)


@pytest.fixture
def effort():
    return Effort.objects.create(goal="effort_digital", title="Digital")


def refused(model: type[models.Model], **values: object) -> None:
    """The database refuses the row."""
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.create(**values)


class TestCvr:
    def test_a_number_that_checks_is_a_cvr_number_and_its_neighbour_is_not(self):
        assert 5 * 2 + 3 * 7 + 6 * 6 + 4 * 5 + 8 * 4 + 3 * 3 + 7 * 2 + 1 * 1 == 13 * 11
        assert is_cvr("53648371")
        assert not is_cvr("53648372")

    @pytest.mark.parametrize("text", ["", "1234567", "536483710", "5364837x", "５３６４８３７１"])
    def test_a_text_of_another_shape_is_not_a_cvr_number(self, text):
        assert not is_cvr(text)
        with pytest.raises(ValidationError):
            validate_cvr(text)

    @pytest.mark.parametrize("cvr", ["53648372", "1234567", "5364837x"])
    def test_the_database_itself_refuses_a_number_that_does_not_check(self, cvr):
        Company.objects.create(cvr="53648371", name="Firma ApS")
        # PostgreSQL may say DataError instead, when it comes to a letter among the digits first.
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            Company.objects.create(cvr=cvr, name="Forkert ApS")

    def test_two_companies_cannot_have_one_number(self, company):
        refused(Company, cvr=company.cvr, name="Den anden")

    def test_the_number_of_a_company_approached_checks_too(self):
        values = {"contacted_on": DAY, "with_local_service": True}
        Approach.objects.create(cvr="53648371", **values)
        refused(Approach, cvr="53648372", **values)


class TestOrigin:
    """Source, id, hash and import belong together."""

    def test_a_typed_record_has_no_origin_and_an_imported_one_has_all_of_it(self, run):
        Person.objects.create(name="Typed")
        Person.objects.create(
            name="Read", source="escrm", source_id="POT1", source_hash="h", import_run=run
        )

    @pytest.mark.parametrize("missing", ["source", "source_id", "source_hash", "import_run"])
    def test_an_origin_with_a_part_missing_is_refused(self, run, missing):
        origin = {"source": "escrm", "source_id": "POT1", "source_hash": "h", "import_run": run}
        refused(Person, name="Half", **(origin | {missing: None}))

    def test_a_source_id_names_one_record_of_a_source_but_another_source_may_use_it(self, run):
        origin = {"source_id": "POT1", "source_hash": "h", "import_run": run}
        Person.objects.create(name="One", source="escrm", **origin)
        Person.objects.create(name="Other source", source="other", **origin)
        refused(Person, name="Two", source="escrm", **origin)

    def test_an_import_that_records_rest_on_cannot_be_deleted(self, run):
        Person.objects.create(
            name="Read", source="escrm", source_id="POT1", source_hash="h", import_run=run
        )
        with pytest.raises(models.ProtectedError):
            run.delete()


class TestClient:
    """A service is given to a company or a person."""

    def test_to_a_company_or_to_a_person_but_not_both_and_not_nobody(self, held, company, person):
        Guidance.objects.create(**held)
        Guidance.objects.create(**(held | {"company": None, "person": person}))
        refused(Guidance, **(held | {"person": person}))
        refused(Guidance, **(held | {"company": None}))

    def test_the_same_holds_for_attendances_and_participations(self, company, event, round_):
        Attendance.objects.create(event=event, state="attended", company=company)
        refused(Attendance, event=event, state="attended")
        values = {"round": round_, "form": "grant", "state": "paid", "stated_on": DAY}
        Participation.objects.create(company=company, **values)
        refused(Participation, **values)

    def test_a_segment_is_a_known_one_or_unknown(self, held):
        Guidance.objects.create(**held, segment="growth")
        Guidance.objects.create(**held, segment=None)
        refused(Guidance, **held, segment="")

    def test_employees_may_be_none_at_all_or_unknown_but_not_negative(self, held):
        Guidance.objects.create(**held, employees=0)
        Guidance.objects.create(**held, employees=None)
        refused(Guidance, **held, employees=-3)

    def test_a_link_to_a_later_company_says_when_and_by_whom(self, company):
        Person.objects.create(name="Petra")
        Person.objects.create(name="Pia", later_company=company, linked_at=NOON, linked_by="alice")
        refused(Person, name="Per", later_company=company)
        refused(Person, name="Poul", linked_at=NOON, linked_by="alice")


class TestGuidance:
    def test_what_is_typed_as_held_has_been_held_but_a_plan_may_lie_ahead(self, held):
        later = date(2024, 3, 2)
        Guidance.objects.create(**held)
        Guidance.objects.create(**(held | {"held_on": later, "state": "planned"}))
        refused(Guidance, **(held | {"held_on": later}))

    def test_a_source_may_have_recorded_the_booking(self, held, run):
        origin = {"source": "escrm", "source_id": "V1", "source_hash": "h", "import_run": run}
        Guidance.objects.create(**(held | {"held_on": date(2024, 3, 2)}), **origin)

    @pytest.mark.parametrize(
        ("field", "good", "bad"),
        [
            ("type", "orienting", "other"),
            ("state", "no_show", "maybe"),
            ("channel", "phone", "pigeon"),
            ("minutes", 0, -1),
        ],
    )
    def test_a_value_that_nobody_knows_is_refused(self, held, field, good, bad):
        Guidance.objects.create(**(held | {field: good}))
        refused(Guidance, **(held | {field: bad}))


class TestProgrammes:
    @pytest.mark.parametrize("field", ["applied_amount", "committed_amount", "own_contribution"])
    def test_an_amount_is_exact_or_unknown_but_not_negative(self, company, round_, field):
        values = {"company": company, "round": round_, "form": "grant", "stated_on": DAY}
        made = Participation.objects.create(**values, state="paid", **{field: Decimal("0.10")})
        made.refresh_from_db()
        assert getattr(made, field) == Decimal("0.10")
        refused(Participation, **values, state="paid", **{field: Decimal("-0.01")})

    def test_a_state_is_known_and_has_its_date(self, company, round_):
        values = {"company": company, "round": round_, "form": "course"}
        Participation.objects.create(**values, state="committed", stated_on=DAY)
        refused(Participation, **values, state="committed", stated_on=None)
        refused(Participation, **values, state="promised", stated_on=DAY)

    def test_an_attendance_has_a_state_that_we_know(self, company, event):
        Attendance.objects.create(event=event, company=company, state="cancelled")
        refused(Attendance, event=event, company=company, state="maybe")


class TestAnswers:
    @pytest.fixture
    def asked(self, held):
        return {"guidance": Guidance.objects.create(**held), "invited_on": DAY}

    def test_an_invitation_may_be_unanswered_but_an_answer_has_a_date(self, asked):
        Answer.objects.create(**asked)
        Answer.objects.create(**asked, answered_on=DAY, nps=9, referral_used=False)
        refused(Answer, **asked, nps=9)
        refused(Answer, **asked, referral_used=False)

    @pytest.mark.parametrize(("good", "bad"), [(0, -1), (10, 11)])
    def test_an_nps_answer_is_0_to_10(self, asked, good, bad):
        Answer.objects.create(**asked, answered_on=DAY, nps=good)
        refused(Answer, **asked, answered_on=DAY, nps=bad)

    def test_a_referral_has_a_recipient_of_a_known_kind(self, asked):
        values = {
            "guidance": asked["guidance"],
            "referred_on": DAY,
            "recipient": "DTU",
            "state": "sent",
        }
        Referral.objects.create(**values, recipient_kind="public")
        refused(Referral, **values, recipient_kind="other")


class TestCompanyFacts:
    def test_a_fact_holds_from_a_day_and_is_told_once_a_day_by_each_record(self, company, run):
        values = {"company": company, "from_date": DAY, "source": "escrm"}
        origin = {"source": "escrm", "source_hash": "h", "import_run": run}
        record = CompanyRecord.objects.create(company=company, source_id="SMV1", **origin)
        CompanySize.objects.create(**values, employees=3)
        CompanySize.objects.create(**values, record=record, employees=4)
        refused(CompanySize, **values, employees=5)
        refused(CompanySize, **values, record=record, employees=5)

    def test_a_size_may_be_unknown_but_not_negative(self, company):
        values = {"company": company, "from_date": DAY}
        CompanySize.objects.create(**values, source="a", employees=None)
        refused(CompanySize, **values, source="b", employees=-1)

    def test_an_industry_code_means_nothing_without_its_nomenclature(self, company):
        values = {"company": company, "from_date": DAY}
        CompanyIndustry.objects.create(**values, source="a", code="620100", nomenclature="DB07")
        refused(CompanyIndustry, **values, source="b", code="620100")
        refused(CompanyIndustry, **values, source="c", code="620100", nomenclature="DB93")


class TestCommunication:
    def test_a_channel_has_one_number_a_month_stored_on_its_first_day(self):
        ChannelViews.objects.create(month=DAY, channel="LinkedIn", views=10)
        ChannelViews.objects.create(month=DAY, channel="Facebook", views=10)
        refused(ChannelViews, month=DAY, channel="LinkedIn", views=11)
        refused(ChannelViews, month=date(2024, 4, 2), channel="LinkedIn", views=10)

    def test_the_newsletter_has_one_level_a_day_and_it_is_not_negative(self):
        NewsletterLevel.objects.create(measured_on=DAY, subscribers=0)
        refused(NewsletterLevel, measured_on=DAY, subscribers=1)
        refused(NewsletterLevel, measured_on=date(2024, 3, 2), subscribers=-1)

    def test_press_is_an_article_or_a_case(self):
        Press.objects.create(published_on=DAY, title="Omtale", kind="case")
        refused(Press, published_on=DAY, title="Omtale", kind="tweet")


class TestEvidence:
    def test_done_has_a_day_and_a_day_means_done(self, effort):
        values = {"effort": effort, "title": "Netværk", "due_on": DAY}
        Milestone.objects.create(**values, state="done", done_on=DAY)
        Milestone.objects.create(**values, state="running")
        refused(Milestone, **values, state="done")
        refused(Milestone, **values, state="running", done_on=DAY)

    def test_an_interval_has_two_ends_in_order(self):
        values = {"goal": "awareness", "measured_on": DAY, "value": 50, "reported_by": "Wilke"}
        ReportedFigure.objects.create(**values)
        ReportedFigure.objects.create(**values, interval_low=48, interval_high=52)
        refused(ReportedFigure, **values, interval_low=48)
        refused(ReportedFigure, **values, interval_low=52, interval_high=48)

    def test_a_note_says_how_it_goes_in_a_word_that_we_know(self, effort):
        values = {"effort": effort, "noted_on": DAY, "text": "I gang"}
        ProgressNote.objects.create(**values, state="on_track")
        refused(ProgressNote, **values, state="fine")


class TestImportRun:
    def test_an_end_has_a_time_and_undoing_has_a_time_and_a_name(self):
        values = {"source": "escrm", "file_name": "export", "who": "alice"}
        ImportRun.objects.create(**values)
        ImportRun.objects.create(**values, state=RunState.DONE, finished_at=NOON)
        undone = {"undone_at": NOON, "undone_by": "alice"}
        ImportRun.objects.create(**values, state=RunState.UNDONE, finished_at=NOON, **undone)
        refused(ImportRun, **values, state=RunState.DONE)
        refused(ImportRun, **values, state=RunState.RUNNING, finished_at=NOON)
        refused(ImportRun, **values, state=RunState.UNDONE, finished_at=NOON)
        refused(ImportRun, **values, state=RunState.DONE, finished_at=NOON, undone_at=NOON)
