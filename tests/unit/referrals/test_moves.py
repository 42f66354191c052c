"""A referral's life: every allowed step beside every refused one, who consented, and undo."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed, facts
from pejl_hub.closing.models import Close
from pejl_hub.referrals.actions.consents import Given, give_consent, valid_consent, withdraw_consent
from pejl_hub.referrals.actions.drafts import Wanted, change_draft, refer, remove_draft
from pejl_hub.referrals.actions.moves import answer, close, reassign, send, undo_last
from pejl_hub.referrals.models import Consent, Referral, ReferralState, StepKind
from pejl_hub.referrals.refusals import ReferralRefused
from pejl_hub.snapshots.actions import take_snapshot
from tests.unit.referrals.drawn import (
    CONSENT,
    HELD,
    LAST,
    NEXT,
    SENT,
    adviser_of_the_hub,
    draft,
    outside,
    talk,
)  # fmt: skip

pytestmark = pytest.mark.django_db

# Rows: from. Columns: the step. x is allowed.
STEPS = ["sent", "accepted", "declined", "reassigned", "closed"]
DRAWN = """
draft    x . . . .
sent     . x x x x
accepted . . . x x
declined . . . x x
closed   . . . . .
"""
CELLS = [
    (row.split()[0], step, mark == "x")
    for row in DRAWN.strip().splitlines()
    for step, mark in zip(STEPS, row.split()[1:], strict=True)
]


@pytest.fixture
def ravi():
    return adviser_of_the_hub()


@pytest.fixture
def revision(ravi):
    return outside(by=ravi)


@pytest.fixture
def lawyers(ravi):
    return outside("Vest Advokater", by=ravi)


@pytest.fixture
def referral(ravi, revision):
    return draft(by=ravi, guidance=talk(), provider=revision)


@pytest.fixture
def sent(ravi, referral):
    return send(referral=referral, on=SENT, by=ravi)


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path


def take(step, referral, *, by, other, on=NEXT):
    match step:
        case "sent":
            return send(referral=referral, on=on, by=by)
        case "accepted" | "declined":
            return answer(referral=referral, accepted=step == "accepted", on=on, by=by)
        case "reassigned":
            return reassign(
                referral=referral, provider=other, consent=CONSENT, note="Fuldt", on=on, by=by
            )
    return close(referral=referral, closed_as="helped", note="Færdig", on=on, by=by)


def counted(day):
    return take_snapshot(day).table("referral").to_pylist()


def test_the_table_draws_every_state_and_step():
    assert {state for state, _, _ in CELLS} == set(ReferralState.values)
    assert set(STEPS) == set(StepKind.values)
    assert len(CELLS) == len(STEPS) * len(ReferralState)


@pytest.mark.parametrize(("state", "step", "allowed"), CELLS)
def test_a_step_is_taken_only_where_the_table_says_so(
    ravi, referral, lawyers, state, step, allowed
):
    Referral.objects.update(state=state, referred_on=SENT)
    before = facts(Referral.objects.get())
    if not allowed:
        with pytest.raises(ReferralRefused):
            take(step, referral, by=ravi, other=lawyers)
        assert facts(Referral.objects.get()) == before
        return
    after = take(step, referral, by=ravi, other=lawyers)
    assert after.state == ("sent" if step == "reassigned" else step)
    assert after.steps.count() == 1
    undone = undo_last(referral=after, by=ravi)
    assert {**facts(undone), "edited_at": None} == {**before, "edited_at": None}
    assert undone.steps.count() == 0


@pytest.mark.parametrize("given_on", [None, SENT + timedelta(days=1)])
def test_without_a_consent_given_by_then_nothing_is_sent(ravi, revision, given_on):
    late = given_on and Given("Bodil", given_on, "written")
    referral = draft(by=ravi, guidance=talk(), provider=revision, consent=late)
    with pytest.raises(ReferralRefused, match=r"samtykke|consent"):
        send(referral=referral, on=SENT, by=ravi)
    give_consent(referral=referral, given=CONSENT, by=ravi, provider=revision)
    assert send(referral=referral, on=SENT, by=ravi).state == "sent"


def test_a_consent_to_tell_one_adviser_does_not_let_another_be_told(
    ravi, referral, revision, lawyers
):
    change_draft(referral=referral, wanted=Wanted(lawyers, "law"), by=ravi)
    with pytest.raises(ReferralRefused):
        send(referral=referral, on=SENT, by=ravi)
    change_draft(referral=referral, wanted=Wanted(revision, "law"), by=ravi)
    assert send(referral=referral, on=SENT, by=ravi).state == "sent"


def test_a_withdrawn_consent_holds_no_more(ravi, referral):
    consent = valid_consent(referral)
    withdraw_consent(consent=consent, on=NEXT, by=ravi)
    with pytest.raises(ReferralRefused):
        send(referral=referral, on=LAST, by=ravi)
    with pytest.raises(ReferralRefused):
        withdraw_consent(consent=consent, on=NEXT, by=ravi)
    assert Consent.objects.get().given_by == "Bodil Bager"


@pytest.mark.parametrize(
    ("day", "allowed"),
    [(HELD - timedelta(days=1), False), (HELD, True), (None, True), ("tomorrow", False)],
)
def test_it_is_sent_between_the_guidance_and_today(ravi, referral, day, allowed):
    today = timezone.localdate()
    on = {None: today, "tomorrow": today + timedelta(days=1)}.get(day, day)
    if allowed:
        assert send(referral=referral, on=on, by=ravi).referred_on == on
    else:
        with pytest.raises(ReferralRefused):
            send(referral=referral, on=on, by=ravi)


def test_the_steps_of_a_referral_do_not_go_back_in_time(ravi, sent):
    with pytest.raises(ReferralRefused):
        answer(referral=sent, accepted=True, on=SENT - timedelta(days=1), by=ravi)
    assert answer(referral=sent, accepted=True, on=SENT, by=ravi).state == "accepted"


def test_a_draft_counts_nowhere_and_a_sent_one_from_its_day(ravi, referral, data):
    assert counted(LAST) == []
    send(referral=referral, on=NEXT, by=ravi)
    assert counted(SENT) == []
    (row,) = counted(LAST)
    assert (row["referred_on"], row["state"], row["client"]) == (NEXT, "sent", "C10150817")


def test_it_counts_once_however_many_advisers_get_it_and_stood_as_it_stood(
    ravi, sent, lawyers, data
):
    answer(referral=sent, accepted=False, on=NEXT, by=ravi, note="Har ikke tid")
    after = reassign(
        referral=sent, provider=lawyers, consent=CONSENT, note="Afslag", on=LAST, by=ravi
    )
    told = [(row["referred_on"], row["recipient"], row["state"]) for day in (SENT, NEXT, LAST)
            for row in counted(day)]  # fmt: skip
    assert told == [
        (SENT, "Øst Revision A/S", "sent"),
        (SENT, "Øst Revision A/S", "declined"),
        (SENT, "Vest Advokater", "sent"),
    ]
    assert (after.referred_on, after.sent_on) == (SENT, LAST)
    assert [step.to_name for step in after.steps.all()] == [
        "Øst Revision A/S", "Øst Revision A/S", "Vest Advokater",
    ]  # fmt: skip


def test_it_is_not_sent_on_to_whom_has_it_nor_to_one_out_of_use(ravi, sent, revision, lawyers):
    with pytest.raises(ReferralRefused):
        take("reassigned", sent, by=ravi, other=revision)
    lawyers.active_to = SENT
    lawyers.save()
    with pytest.raises(ReferralRefused):
        take("reassigned", sent, by=ravi, other=lawyers)
    assert Consent.objects.count() == 1
    lawyers.active_to = NEXT
    lawyers.save()
    assert take("reassigned", sent, by=ravi, other=lawyers).provider == lawyers


@pytest.mark.parametrize("note", ["", "ring til 251299-1234", "x" * 501])
def test_a_closing_says_why_and_holds_no_cpr_number(ravi, sent, note):
    with pytest.raises(ReferralRefused):
        close(referral=sent, closed_as="helped", note=note, on=NEXT, by=ravi)
    closed = close(referral=sent, closed_as="helped", note="Hjulpet i gang", on=NEXT, by=ravi)
    assert (closed.closed_as, closed.steps.last().note) == ("helped", "Hjulpet i gang")


def test_a_cpr_number_is_refused_in_every_text(ravi, revision, referral):
    guidance, number = referral.guidance, "251299-1234"
    for wrong in (
        lambda: refer(guidance=guidance, wanted=Wanted(revision, "law", number), by=ravi),
        lambda: refer(
            guidance=guidance, wanted=Wanted(revision, "law"), by=ravi,
            consent=Given(number, HELD, "spoken"),
        ),
        lambda: give_consent(
            referral=referral, provider=revision, by=ravi,
            given=Given("Bodil", HELD, "spoken", words=number),
        ),
    ):  # fmt: skip
        with pytest.raises(ReferralRefused, match="CPR"):
            wrong()
    assert (Referral.objects.count(), Consent.objects.count()) == (1, 1)


def test_nobody_is_referred_after_a_guidance_that_was_missed(ravi, revision):
    gone = {"withdrawn_at": timezone.now(), "withdrawn_by": "r", "withdrawn_reason": "Forkert"}
    for missed in ({"state": "cancelled"}, {"state": "no_show"}, gone):
        with pytest.raises(ReferralRefused):
            draft(by=ravi, guidance=talk(**missed), provider=revision)
    assert draft(by=ravi, guidance=talk(), provider=revision).state == "draft"


def test_a_draft_is_taken_away_and_what_was_sent_is_not(ravi, referral):
    remove_draft(referral=referral, by=ravi)
    assert (Referral.objects.count(), Consent.objects.count()) == (0, 0)
    other = send(referral=draft(by=ravi, guidance=talk(), provider=outside("B", by=ravi)),
                 on=SENT, by=ravi)  # fmt: skip
    with pytest.raises(ReferralRefused):
        remove_draft(referral=other, by=ravi)


def test_only_the_day_of_the_step_must_lie_in_an_open_month(ravi, referral):
    Close.objects.create(
        first_day=date(2024, 3, 1), last_day=date(2024, 3, 31), snapshot_id="s", signed="Alice"
    )
    with pytest.raises(PeriodClosed):
        send(referral=referral, on=SENT, by=ravi)
    assert Referral.objects.get().state == "draft"
    sent = send(referral=referral, on=SENT, by=ravi, reason="Glemt")
    answer(referral=sent, accepted=True, on=NEXT, by=ravi)
    undo_last(referral=sent, by=ravi)
    with pytest.raises(PeriodClosed):
        undo_last(referral=sent, by=ravi)
    assert undo_last(referral=sent, by=ravi, reason="Forkert").state == "draft"


def test_each_step_leaves_an_entry_with_old_and_new(ravi, sent):
    entry = AuditEntry.objects.get(action="referral.sent")
    assert entry.details["changed"]["state"] == ["draft", "sent"]
    assert entry.who == "ravi"
