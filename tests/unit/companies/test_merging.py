"""Merging: what moves, what stands in the way, and that undoing leaves no trace."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pejl.base.errors import UserError
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies import decisions, merging
from pejl_hub.companies.following import survivors
from pejl_hub.companies.merging import merge, preview_merge, undo_merge
from pejl_hub.companies.models import Company, CompanySize, Contact, MergeRecord, Person
from pejl_hub.companies.rows import Ledger
from pejl_hub.events.models import Attendance
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach, Campaign, Candidate, ContactBasis
from pejl_hub.surveys.models import Invitation
from tests.unit.companies import drawn

LINKED = datetime(2024, 6, 1, 10, 0, 0, 123456, tzinfo=UTC)
WHY = "Samme virksomhed, efter et ejerskifte"


@pytest.fixture
def tove(db):
    make_demo_users()
    return User.objects.get(username="tove")


@pytest.fixture
def two(db):
    companies = drawn.company(0), drawn.company(1)
    for one in companies:
        drawn.services(company=one)
    return companies


def test_every_relation_to_a_company_or_a_person_is_decided():
    assert decisions.undecided() == []


def test_a_relation_without_a_decision_is_named_and_stops_every_merge(two, tove, monkeypatch):
    fewer = {k: v for k, v in decisions.DECISIONS.items() if k != "guidance.guidance.company"}
    monkeypatch.setattr(decisions, "DECISIONS", fewer)
    assert decisions.undecided() == ["guidance.guidance.company"]
    with pytest.raises(UserError, match="guidance"):
        merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    assert Company.objects.count() == 2


def test_a_new_model_that_names_a_company_loosely_or_generically_is_seen():
    from django.contrib.contenttypes.fields import GenericForeignKey
    from django.test.utils import isolate_apps

    with isolate_apps("pejl_hub.companies"):

        class Note(models.Model):
            about_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE)
            about_id = models.BigIntegerField()
            about = GenericForeignKey("about_type", "about_id")
            cvr = models.CharField(max_length=8)
            companies = models.ManyToManyField(Company)

            class Meta:
                app_label = "companies"

            def __str__(self):
                return ""

        found = {relation.column for relation in decisions._relations_of(Note)}
    assert found == {"about", "cvr", "companies"}


def test_everything_of_one_company_goes_to_the_other(two, tove):
    kept, gone = two
    record = merge(gone=gone, kept=kept, why=WHY, by=tove)
    assert not Company.objects.filter(pk=gone.pk).exists()
    assert Guidance.objects.filter(company=kept).count() == 2
    assert Attendance.objects.filter(company=kept).count() == 2
    assert set(Approach.objects.values_list("cvr", flat=True)) == {kept.cvr}
    assert sorted(Contact.objects.filter(company=kept).values_list("email", flat=True)) == [
        "bo0@nordvind.dk", "bo1@nordvind.dk", "eva@nordvind.dk",
    ]  # fmt: skip
    assert Contact.objects.filter(company=kept, is_main=True).count() == 1
    sizes = CompanySize.objects.filter(company=kept).values_list("from_date", "employees")
    assert sorted(sizes) == [(date(2024, 1, n), n) for n in (1, 2, 3)]
    assert AuditEntry.objects.get(action="client.merged").object_id == str(kept.pk)
    assert survivors([gone.cvr, kept.cvr]) == {gone.cvr: kept.cvr}
    undo_merge(record=record, by=tove)
    assert survivors([gone.cvr]) == {}


def test_what_was_frozen_on_a_service_stays(two, tove):
    kept, gone = two
    before = list(Guidance.objects.order_by("pk").values("segment", "municipality", "employees"))
    merge(gone=gone, kept=kept, why=WHY, by=tove)
    after = list(Guidance.objects.order_by("pk").values("segment", "municipality", "employees"))
    assert after == before


FIELDS = """
 kept   gone   take   becomes
 A/S    ApS    no     A/S
 A/S    ApS    yes    ApS
 -      ApS    no     ApS
 A/S    -      yes    A/S
"""


@pytest.mark.parametrize("line", FIELDS.strip().splitlines()[1:])
def test_a_field_is_taken_when_told_or_unknown(db, tove, line):
    known = [None if cell == "-" else cell for cell in line.split()]
    kept = Company.objects.create(cvr=drawn.CVR[0], name="A", form=known[0])
    gone = Company.objects.create(cvr=drawn.CVR[1], name="B", form=known[1])
    take = ["form"] if known[2] == "yes" else []
    merge(gone=gone, kept=kept, why=WHY, by=tove, take=take)
    kept.refresh_from_db()
    assert (kept.form, kept.name) == (known[3], "A")


def test_protection_against_advertising_is_never_lost(db, tove):
    kept = Company.objects.create(cvr=drawn.CVR[0], name="A", advertising_protected=False)
    gone = Company.objects.create(cvr=drawn.CVR[1], name="B", advertising_protected=True)
    merge(gone=gone, kept=kept, why=WHY, by=tove)
    kept.refresh_from_db()
    assert kept.advertising_protected is True


def test_a_person_who_is_the_company_becomes_its_contact(db, tove):
    kept, gone = drawn.company(0), drawn.person(0)
    drawn.services(person=gone)
    asked = drawn.invitation(Guidance.objects.get(), "k", person=gone)
    before = drawn.rows_of_all_tables()
    record = merge(gone=gone, kept=kept, why=WHY, by=tove)
    moved = Guidance.objects.get()
    assert (moved.company, moved.person) == (kept, None)
    assert Invitation.objects.get(pk=asked.pk).email == "emma0@dahl.dk"
    undo_merge(record=record, by=tove)
    assert drawn.rows_of_all_tables() == before


def test_two_people_who_are_one_keep_the_link_to_the_company_founded(db, tove):
    company = drawn.company(0)
    linked = {"later_company": company, "linked_at": LINKED, "linked_by": "ravi"}
    kept, gone = drawn.person(0), drawn.person(1, **linked)
    merge(gone=gone, kept=kept, why=WHY, by=tove)
    kept.refresh_from_db()
    assert (kept.later_company, kept.linked_by) == (company, "ravi")


def test_people_who_founded_different_companies_are_not_one(db, tove):
    one, other = drawn.company(0), drawn.company(1)
    by = {"linked_at": LINKED, "linked_by": "ravi"}
    kept, gone = (
        drawn.person(0, later_company=one, **by),
        drawn.person(1, later_company=other, **by),
    )
    with pytest.raises(UserError, match="another company"):
        merge(gone=gone, kept=kept, why=WHY, by=tove)
    merge(gone=gone, kept=other, why=WHY, by=tove)


@pytest.mark.parametrize("why", ["", "  ", "se 251299-1234"])
def test_a_merge_says_why(two, tove, why):
    with pytest.raises(UserError):
        merge(gone=two[1], kept=two[0], why=why, by=tove)


@pytest.mark.parametrize(("who", "may"), [("tove", True), ("ravi", False), ("bent", False)])
def test_those_who_may_merge_may_undo(two, tove, who, may):
    by = User.objects.get(username=who)
    record = merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    if may:
        undo_merge(record=record, by=by)
        return
    with pytest.raises(PermissionDenied):
        undo_merge(record=record, by=by)
    with pytest.raises(PermissionDenied):
        merge(gone=drawn.person(0), kept=two[0], why=WHY, by=by)


def test_a_closed_month_asks_for_a_reason_both_ways(two, tove):
    first, last = date(2024, 5, 1), date(2024, 5, 31)
    Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    before = drawn.rows_of_all_tables()
    with pytest.raises(PeriodClosed):
        merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    assert drawn.rows_of_all_tables() == before
    record = merge(gone=two[1], kept=two[0], why=WHY, by=tove, reason="dublet")
    assert [c.kind for c in Correction.objects.all()] == ["merged"]
    with pytest.raises(PeriodClosed):
        undo_merge(record=record, by=tove)
    undo_merge(record=record, by=tove, reason="fejl")


def test_a_preview_changes_nothing_and_says_what_would_happen(two, tove):
    before = drawn.rows_of_all_tables()
    seen = preview_merge(gone=two[1], kept=two[0])
    assert drawn.rows_of_all_tables() == before
    moved = {model._meta.model_name: count for model, count in seen.moved().items()}
    assert moved == {
        "companysize": 3, "companymunicipality": 3, "contact": 2, "approach": 1,
        "guidance": 1, "attendance": 1, "participation": 1,
    }  # fmt: skip
    assert seen.days == (date(2024, 5, 1), date(2024, 5, 3), date(2024, 5, 20))


class Killed(BaseException):
    """The machine is switched off."""


@pytest.mark.parametrize("step", [0, 2, 4])
def test_killed_in_the_middle_nothing_has_happened(two, tove, monkeypatch, step):
    before, change, done = drawn.rows_of_all_tables(), Ledger.change, []

    def dies(self, row, **values):
        if len(done) == step:
            raise Killed
        done.append(row)
        change(self, row, **values)

    monkeypatch.setattr(Ledger, "change", dies)
    with pytest.raises(Killed):
        merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    assert drawn.rows_of_all_tables() == before
    assert MergeRecord.objects.count() == 0


def test_killed_in_the_middle_of_undoing_nothing_is_undone(two, tove, monkeypatch):
    record = merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    merged = drawn.rows_of_all_tables()

    def dies(changes):
        put_back(list(changes)[3:])
        raise Killed

    put_back = merging.put_back
    monkeypatch.setattr(merging, "put_back", dies)
    with pytest.raises(Killed):
        undo_merge(record=record, by=tove)
    assert drawn.rows_of_all_tables() == merged


def test_what_was_changed_since_is_not_overwritten(two, tove):
    record = merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    moved = Guidance.objects.order_by("pk").last()
    Guidance.objects.filter(pk=moved.pk).update(minutes=45)
    with pytest.raises(UserError, match="changed"):
        undo_merge(record=record, by=tove)
    Guidance.objects.filter(pk=moved.pk).update(minutes=None)
    undo_merge(record=record, by=tove)
    with pytest.raises(UserError, match="already"):
        undo_merge(record=record, by=tove)


@pytest.fixture
def listed(two, tove):
    """Both on one campaign's list; the second is to be called again."""
    campaign = Campaign.objects.create(
        name="Forår", municipality="101", starts_on="2024-03-01", ends_on="2024-05-31", owner=tove
    )
    again = [None, date(2024, 4, 2)]
    return [
        Candidate.objects.create(campaign=campaign, company=one, added_by=tove, call_again_on=day)
        for one, day in zip(two, again, strict=True)
    ]


def test_two_companies_on_one_call_list_stand_there_once_with_both_ones_calls(two, listed, tove):
    for candidate, day in zip(listed, (1, 2), strict=True):
        Approach.objects.create(
            cvr=candidate.company.cvr, candidate=candidate, contacted_on=date(2024, 3, day),
            with_local_service=True, by=tove,
        )  # fmt: skip
    before = drawn.rows_of_all_tables()
    record = merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    one = Candidate.objects.get()
    assert (one.company, one.call_again_on) == (two[0], date(2024, 4, 2))
    assert one.approaches.count() == 2
    undo_merge(record=record, by=tove)
    assert drawn.rows_of_all_tables() == before


def test_two_bases_in_force_on_one_list_are_refused_whole(two, listed, tove):
    for candidate in listed:
        ContactBasis.objects.create(
            candidate=candidate, kind="consent", text="Ja tak", dated_on="2024-03-01",
            recorded_by=tove,
        )  # fmt: skip
    before = drawn.rows_of_all_tables()
    with pytest.raises(UserError, match="room for one"):
        merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    assert drawn.rows_of_all_tables() == before
    ContactBasis.objects.filter(candidate=listed[0]).delete()
    merge(gone=two[1], kept=two[0], why=WHY, by=tove)
    assert ContactBasis.objects.get().candidate == listed[0]


class TestUndoingByChance(TestCase):
    """Whatever the two have, merging and undoing leaves every row of every table as it was."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_undoing_leaves_no_trace(self, data):
        make_demo_users()
        tove = User.objects.get(username="tove")
        counts, flags = st.integers(0, 3), st.booleans()
        kinds = data.draw(st.sampled_from(["companies", "people", "person and company"]))
        gone = drawn.company(1) if kinds == "companies" else drawn.person(1)
        kept = drawn.person(0) if kinds == "people" else drawn.company(0)
        for client in (gone, kept):
            name = "company" if isinstance(client, Company) else "person"
            drawn.services(data.draw(counts), **{name: client})
        if isinstance(gone, Person) and data.draw(flags):
            Person.objects.filter(pk=gone.pk).update(
                later_company=kept if isinstance(kept, Company) else drawn.company(1),
                linked_at=LINKED, linked_by="ravi",
            )  # fmt: skip
        if (first := Guidance.objects.first()) and data.draw(flags):
            contact = Contact.objects.filter(company=first.company_id).first()
            drawn.invitation(first, "k", contact=contact, person=first.person)
        Person.objects.filter(pk=gone.pk).update(created_on=data.draw(st.none() | st.dates()))
        gone.refresh_from_db()
        take = data.draw(st.sets(st.sampled_from(["name", "form", "email", "created_on"])))
        before = drawn.rows_of_all_tables()
        record = merge(gone=gone, kept=kept, why=WHY, by=tove, take=take)
        assert drawn.rows_of_all_tables() != before
        undo_merge(record=MergeRecord.objects.get(pk=record.pk), by=tove)
        assert drawn.rows_of_all_tables() == before
