"""What companies said of a referral: counted once, by adviser, and shown to whom it may be."""

from datetime import date

import pytest
from django.urls import reverse

from pejl.contract.load import load
from pejl.indicators.evaluate import evaluate
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.desk.referrals.figures import use_of
from pejl_hub.referrals.actions.moves import reassign, send
from pejl_hub.snapshots.actions import take_snapshot
from pejl_hub.surveys.actions.answering import Given, take_answer
from pejl_hub.surveys.models import Answer, Enrolment, Invitation
from tests.unit.referrals.drawn import CONSENT, LAST, NEXT, SENT, draft, outside, talk
from tests.web.conftest import CONTRACT

END, TOO_FEW, ENOUGH = date(2024, 12, 31), 4, 5


@pytest.fixture
def ravi(signed_in, settings, tmp_path):
    settings.DATA = tmp_path
    client = signed_in("ravi")
    client.user = User.objects.get(username="ravi")
    return client


def referred(by, provider, number=0):
    company = Company.objects.create(cvr=CVRS[number], name=f"Firma {number}")
    made = draft(by=by, guidance=talk(company=company, adviser=by.shown_name), provider=provider)
    return send(referral=made, on=SENT, by=by)


CVRS = [
    "10150817", "10150825", "10000009", "53648371", "10103940", "10150833", "10150841", "10150868",
]  # fmt: skip


def answered(referral, *, used, on=NEXT, anonymous=False):
    guidance = referral.guidance
    enrolment = Enrolment.objects.create(guidance=guidance, decided_on=SENT)
    answer = Answer.objects.create(guidance=guidance, invited_on=SENT, segment="growth")
    invitation = Invitation.objects.create(
        enrolment=enrolment, answer=answer, person_key=str(guidance.pk), period="2024-H1",
        language="da", invited_on=SENT, expires_on=LAST, anonymous=anonymous,
    )  # fmt: skip
    assert take_answer(
        invitation=invitation, given=Given(nps=9, referrals={referral.pk: used}), today=on
    )


def page(provider):
    return reverse("referrals:provider", args=[provider.pk])


@pytest.mark.parametrize(("answers", "shown"), [(0, False), (TOO_FEW, False), (ENOUGH, True)])
def test_an_advisers_share_is_shown_from_five_answers_and_with_its_n(ravi, answers, shown):
    provider = outside(by=ravi.user)
    for number in range(answers):
        answered(referred(ravi.user, provider, number), used=number > 0)
    use, told = use_of(provider.pk), ravi.get(page(provider)).content.decode()
    assert use.withheld == (0 < answers < ENOUGH)
    assert ("4 af 5 svar" in told) == shown
    assert ("For få svar til at vise" in told) == use.withheld
    if shown:
        assert (use.used, use.answered, float(use.share)) == (4, 5, 0.8)
        assert use.interval.low < 0.8 < use.interval.high
    else:
        assert (use.used, use.answered, use.share) == (0, 0, None)


def test_an_answer_is_about_the_adviser_who_had_the_referral_that_day(ravi, settings):
    first, second = outside("Alfa", by=ravi.user), outside("Beta", by=ravi.user)
    for number in range(ENOUGH):
        referral = referred(ravi.user, first, number)
        answered(referral, used=True)
        reassign(
            referral=referral, provider=second, consent=CONSENT, note="Mere", on=LAST,
            by=ravi.user,
        )  # fmt: skip
    assert (use_of(first.pk).answered, use_of(second.pk).answered) == (ENOUGH, 0)


def test_a_recorded_referral_moves_the_status_when_the_company_has_answered(ravi):
    provider, contract = outside(by=ravi.user), load(CONTRACT)

    def counted():
        snapshot = take_snapshot(END)
        goal = evaluate(contract, snapshot, END).goals["referral_use"].figure
        return len(snapshot.table("referral").to_pylist()), goal.numerator, goal.denominator

    assert counted() == (0, 0, 0)
    guidance = talk(adviser=ravi.user.shown_name)
    form = {
        "guidance": guidance.pk, "provider": provider.pk, "why": "specialist", "agreed": "on",
        "given_by": "Bodil Bager", "given_on": "2024-03-01", "how": "spoken",
        "on": "2024-03-05", "send": "1",
    }  # fmt: skip
    ravi.post(f"{reverse('referrals:new')}?guidance={guidance.pk}", form)
    assert counted() == (1, 0, 0)
    answered(guidance.referrals.get(), used=True)
    assert counted() == (1, 1, 1)


@pytest.mark.parametrize(
    ("who", "anonymous", "sees"),
    [
        ("ravi", False, True),
        ("ravi", True, False),
        ("alice", True, True),
        ("alice", False, True),
        ("poul", False, False),
    ],
)
def test_a_single_answer_is_shown_to_those_it_was_not_kept_from(
    signed_in, ravi, who, anonymous, sees
):
    referral = referred(ravi.user, outside(by=ravi.user))
    answered(referral, used=True, anonymous=anonymous)
    address = reverse("referrals:referral", args=[referral.pk])
    told = signed_in(who).get(address).content.decode()
    assert ("Har brugt rådgivningen" in told) == sees
