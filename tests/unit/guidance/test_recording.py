"""Guidance is recorded once with what was true that day, moved by a table, withdrawn whole."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pejl.base.errors import UserError
from pejl_hub.accounts.models import Role, User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Person
from pejl_hub.core.actions import current_revision
from pejl_hub.guidance.actions.moving import MOVES, follow_up, move, undo_withdrawal, withdraw
from pejl_hub.guidance.actions.recording import Judged, Talk, edit, record
from pejl_hub.guidance.models import Guidance
from pejl_hub.snapshots import actions as snapshots

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def no_midnight(monkeypatch):
    """A run that goes on past midnight is still of one day."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def days_ago(number):
    return TODAY - timedelta(days=number)


@pytest.fixture
def ravi():
    return User.objects.create(
        username="ravi", first_name="Ravi", last_name="Nair", role=Role.ADVISER
    )


@pytest.fixture
def cille():
    return User.objects.create(username="cille", role=Role.COMMUNICATIONS)


@pytest.fixture
def company():
    made = Company.objects.create(cvr="53648371", name="Nordvind ApS")
    for back, size in ((400, 4), (10, 12)):
        held = {"company": made, "from_date": days_ago(back), "source": "cvr"}
        CompanySize.objects.create(**held, employees=size)
        CompanyMunicipality.objects.create(**held, municipality="101" if back > 99 else "151")
    return made


def guided(company, ravi, *, back=0, state="held", segment="growth", reason="", **more):
    talk = Talk(held_on=days_ago(back), type="specialised", need="export")
    return record(
        client=company, talk=talk, state=state, judged=Judged(segment=segment), by=ravi,
        reason=reason, **more,
    )  # fmt: skip


def closed(back):
    return Close.objects.create(
        first_day=days_ago(back), last_day=days_ago(back), snapshot_id="s", snapshot_sha256="0",
        contract_sha256="0", code_version="0", signed="Alice",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("back", "size", "place"), [(0, 12, "151"), (10, 12, "151"), (11, 4, "101")]
)
def test_size_and_municipality_are_those_of_the_day_and_stay(company, ravi, back, size, place):
    made = guided(company, ravi, back=back)
    assert (made.employees, made.municipality) == (size, place)
    CompanySize.objects.create(company=company, from_date=days_ago(20), employees=99, source="x")
    made.refresh_from_db()
    assert made.employees == size
    assert (made.adviser, made.recorded_by, made.segment_judged_by) == ("Ravi Nair", "ravi", "ravi")


def test_the_segment_of_last_time_holds_until_somebody_judges_anew(company, ravi):
    guided(company, ravi, back=2, segment="operating")
    assert guided(company, ravi, segment=None).segment == "operating"


def test_a_person_is_made_with_the_record_as_a_pre_starter_without_a_size(ravi):
    made = guided(Person(name="Petra", municipality="101"), ravi, segment=None)
    assert made.person.name == "Petra"
    assert (made.segment, made.municipality, made.employees) == ("pre_starter", "101", None)


def test_what_no_register_knows_is_kept_on_the_company_too(ravi):
    unknown = Company.objects.create(cvr="10000009", name="Ukendt")
    judged = Judged("growth", "101", 3)
    talk = Talk(held_on=TODAY, type="specialised")
    made = record(client=unknown, talk=talk, state="held", judged=judged, by=ravi)
    assert (made.municipality, made.employees) == ("101", 3)
    assert unknown.companysize_facts.get().employees == 3
    assert unknown.companymunicipality_facts.get().municipality == "101"


def test_a_form_sent_twice_records_once(company, ravi):
    token = uuid4()
    first, again = guided(company, ravi, token=token), guided(company, ravi, token=token)
    assert first == again
    assert Guidance.objects.count() == 1
    guided(company, ravi, token=uuid4())
    assert Guidance.objects.count() == 2


@pytest.mark.parametrize("state", ["held", "no_show"])
def test_nothing_has_happened_on_a_day_to_come(company, ravi, state):
    with pytest.raises(UserError):
        guided(company, ravi, back=-1, state=state)
    assert guided(company, ravi, back=-1, state="planned").state == "planned"


def test_a_held_guidance_needs_a_segment_and_a_planned_one_does_not(ravi):
    unknown = Company.objects.create(cvr="10000009", name="Ukendt")
    planned = guided(unknown, ravi, state="planned", segment=None)
    for refused in (lambda: guided(unknown, ravi, segment=None),
                    lambda: move(guidance=planned, state="held", by=ravi)):  # fmt: skip
        with pytest.raises(UserError):
            refused()


@pytest.mark.parametrize(("back", "late"), [(0, False), (7, False), (8, True)])
def test_a_late_entry_is_stamped(company, ravi, back, late):
    made = guided(company, ravi, back=back)
    assert (made.recorded_late, made.recorded_on) == (late, TODAY)


def test_one_that_was_planned_is_recorded_on_the_day_it_is_closed(company, ravi):
    made = guided(company, ravi, back=9, state="planned")
    Guidance.objects.update(recorded_on=days_ago(20), recorded_late=False)
    made = move(guidance=made, state="held", by=ravi)
    assert (made.recorded_on, made.recorded_late) == (TODAY, True)


def test_who_does_not_record_guidance_is_refused(company, ravi, cille):
    made = guided(company, ravi)
    for refused in (
        lambda: guided(company, cille),
        lambda: move(guidance=made, state="no_show", by=cille),
        lambda: withdraw(guidance=made, why="fejl", by=cille),
        lambda: undo_withdrawal(guidance=made, by=cille),
        lambda: follow_up(guidance=made, by=cille),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_an_edit_is_stamped_and_keeps_old_and_new(company, ravi):
    made = guided(company, ravi)
    assert made.edited_at is None
    talk = Talk(held_on=TODAY, type="orienting", need="digital")
    made = edit(guidance=made, talk=talk, judged=Judged("operating", "101", 5), by=ravi)
    assert (made.type, made.segment, made.employees) == ("orienting", "operating", 5)
    assert made.edited_at is not None
    changed = AuditEntry.objects.latest("pk").details["changed"]
    assert changed["need"] == ["export", "digital"]
    assert changed["employees"] == ["12", "5"]


DRAWN = """
from       held  cancelled  no_show  planned
planned    yes   yes        yes      same
held       same  yes        yes      no
cancelled  yes   same       yes      yes
no_show    yes   yes        same     no
"""


def moves():
    (_, *states), *rows = (line.split() for line in DRAWN.strip().splitlines())
    return [(row[0], to, said) for row in rows for to, said in zip(states, row[1:], strict=True)]


@pytest.mark.parametrize(("state", "to", "said"), moves())
def test_a_state_leads_where_the_table_says(company, ravi, state, to, said):
    made = guided(company, ravi, state=state)
    if said == "no":
        with pytest.raises(UserError):
            move(guidance=made, state=to, by=ravi)
        return
    before = current_revision()
    assert move(guidance=made, state=to, by=ravi).state == to
    assert (current_revision() > before) == (said == "yes")
    assert set(MOVES) == {"planned", "held", "cancelled", "no_show"}


@pytest.mark.parametrize("reason", ["", "Glemt i ferien"])
@pytest.mark.parametrize("write", ["record", "move", "edit", "withdraw", "undo_withdrawal"])
def test_a_closed_month_asks_for_a_reason_and_without_one_nothing_is_written(
    company, ravi, write, reason
):
    made = guided(company, ravi, back=3, state="planned")
    if write == "undo_withdrawal":
        withdraw(guidance=made, why="Dublet", by=ravi)
    closed(3)
    before = list(Guidance.everything.values())
    talk = Talk(held_on=TODAY, type="orienting")
    writes = {
        "record": lambda: guided(company, ravi, back=3, reason=reason),
        "move": lambda: move(guidance=made, state="held", by=ravi, reason=reason),
        "edit": lambda: edit(
            guidance=made, talk=talk, judged=Judged("growth"), by=ravi, reason=reason
        ),
        "withdraw": lambda: withdraw(guidance=made, why="Dublet", by=ravi, reason=reason),
        "undo_withdrawal": lambda: undo_withdrawal(guidance=made, by=ravi, reason=reason),
    }
    if reason:
        writes[write]()
        assert Correction.objects.get().reason == reason
        return
    with pytest.raises(PeriodClosed):
        writes[write]()
    assert list(Guidance.everything.values()) == before


def test_a_withdrawn_guidance_counts_nowhere_and_comes_back_whole(
    company, ravi, settings, tmp_path
):
    settings.DATA = tmp_path
    day = date(2024, 6, 12)  # the contract's year
    talk = Talk(held_on=day, type="specialised")
    made = record(client=company, talk=talk, state="held", judged=Judged("growth"), by=ravi)

    def counted():
        return len(snapshots.take_snapshot(as_of=day).table("guidance"))

    assert counted() == 1
    withdraw(guidance=made, why="Registreret to gange", by=ravi)
    assert (counted(), Guidance.objects.count(), Guidance.everything.count()) == (0, 0, 1)
    assert company.guidance_set.count() == 0
    with pytest.raises(Guidance.DoesNotExist):
        move(guidance=made, state="no_show", by=ravi)
    undo_withdrawal(guidance=made, by=ravi)
    back = Guidance.objects.get()
    assert (back.withdrawn_at, back.withdrawn_reason, counted()) == (None, None, 1)


@pytest.mark.parametrize("why", ["", "  ", "Det var 251299-1234"])
def test_a_withdrawal_says_why_without_a_cpr_number(company, ravi, why):
    made = guided(company, ravi)
    with pytest.raises((UserError, ValidationError)):
        withdraw(guidance=made, why=why, by=ravi)
    assert Guidance.objects.count() == 1


def test_a_guidance_that_the_client_answered_about_is_not_withdrawn(company, ravi):
    made = guided(company, ravi)
    made.answers.create(invited_on=TODAY, answered_on=TODAY, segment="growth", nps=9)
    with pytest.raises(UserError):
        withdraw(guidance=made, why="Fejl", by=ravi)


def test_the_database_too_wants_a_withdrawal_whole(company, ravi):
    made = guided(company, ravi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guidance.objects.filter(pk=made.pk).update(withdrawn_at=timezone.now())


def test_what_was_to_follow_is_done_once_and_a_new_date_asks_again(company, ravi):
    made = guided(company, ravi)
    assert follow_up(guidance=made, by=ravi).next_step_done_on is None
    talk = Talk(held_on=TODAY, type="specialised", next_step="follow_up", next_step_on=TODAY)
    made = edit(guidance=made, talk=talk, judged=Judged("growth"), by=ravi)
    closed(0)
    made = follow_up(guidance=made, by=ravi)
    assert made.next_step_done_on == TODAY
    later = Talk(held_on=TODAY, type="specialised", next_step_on=TODAY + timedelta(days=5))
    made = edit(guidance=made, talk=later, judged=Judged("growth"), by=ravi, reason="Ny aftale")
    assert made.next_step_done_on is None
