"""The e-mail to an adviser: only when asked for, only with consent, and no more than that."""

import pytest
from django.core import mail

from pejl_hub.companies.models import Person
from pejl_hub.referrals.actions.consents import Given, valid_consent, withdraw_consent
from pejl_hub.referrals.actions.moves import close, reassign, send, undo_last
from pejl_hub.referrals.actions.posting import letter_for, post
from pejl_hub.referrals.models import Letter, LetterState
from pejl_hub.referrals.refusals import ReferralRefused
from pejl_hub.referrals.tasks import send_letter
from tests.unit.referrals.drawn import (
    CONSENT,
    HELD,
    NEXT,
    SENT,
    adviser_of_the_hub,
    draft,
    outside,
    talk,
)  # fmt: skip

pytestmark = pytest.mark.django_db
PURPOSE, NAME, ADDRESS = "Regnskab for en webshop", "Bodil Bager", "bodil@bager.example"


@pytest.fixture
def ravi():
    return adviser_of_the_hub()


@pytest.fixture
def revision(ravi):
    return outside(by=ravi)


def sent(ravi, provider, consent=CONSENT, **facts):
    made = draft(by=ravi, guidance=talk(**facts), provider=provider, consent=consent)
    return send(referral=made, on=SENT, by=ravi)


@pytest.mark.parametrize("purpose", [True, False])
@pytest.mark.parametrize("contact", [True, False])
def test_the_letter_says_what_was_consented_to_and_no_more(ravi, revision, purpose, contact):
    consent = Given(NAME, HELD, "written", tells_purpose=purpose, tells_contact=contact)
    found = letter_for(sent(ravi, revision, consent), ravi)
    assert "Ærlig Bager (CVR 10150817)" in found.body
    assert (PURPOSE in found.body) == (("Kræver særlig viden" in found.body) is True) == purpose
    assert (NAME in found.body, ADDRESS in found.body) == (contact, contact)
    assert (found.to, found.subject) == (
        "post@revision.example", "Henvisning fra Erhvervshus Hovedstaden",
    )  # fmt: skip


def test_the_letter_about_a_person_names_them_and_hides_their_address_unless_consented(
    ravi, revision
):
    person = Person.objects.create(name="Per Stifter", email="per@mail.example")
    consent = Given("Per Stifter", HELD, "spoken")
    found = letter_for(sent(ravi, revision, consent, company=None, person=person), ravi)
    assert "Per Stifter" in found.body
    assert "per@mail.example" not in found.body


def test_sending_a_referral_writes_no_e_mail_and_asking_for_it_writes_one(
    ravi, revision, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        referral = sent(ravi, revision)
    assert Letter.objects.count() == len(mail.outbox) == 0
    letter = post(referral=referral, seen=letter_for(referral, ravi).mark, by=ravi)
    assert send_letter(letter.pk) is True
    assert send_letter(letter.pk) is False
    (email,) = mail.outbox
    assert (email.to, email.reply_to, email.body) == (
        [letter.to], ["ravi@hub.example"], letter.body,
    )  # fmt: skip
    with pytest.raises(ReferralRefused):
        letter_for(referral, ravi)


def test_what_is_sent_is_what_was_read(ravi, revision):
    referral = sent(ravi, revision)
    mark = letter_for(referral, ravi).mark
    revision.contact_name = "Rita"
    revision.save()
    referral.refresh_from_db()
    with pytest.raises(ReferralRefused):
        post(referral=referral, seen=mark, by=ravi)
    assert post(referral=referral, seen=letter_for(referral, ravi).mark, by=ravi).pk


def test_a_withdrawn_consent_or_an_undone_step_calls_a_waiting_letter_back(ravi, revision):
    for take_back in (
        lambda one: withdraw_consent(consent=valid_consent(one), on=NEXT, by=ravi),
        lambda one: undo_last(referral=one, by=ravi),
    ):
        referral = sent(ravi, revision)
        letter = post(referral=referral, seen=letter_for(referral, ravi).mark, by=ravi)
        take_back(referral)
        assert send_letter(letter.pk) is False
        letter.refresh_from_db()
        assert letter.state == LetterState.CANCELLED
        with pytest.raises(ReferralRefused):
            letter_for(type(referral).objects.get(pk=referral.pk), ravi)
    assert mail.outbox == []


def test_a_draft_a_closed_one_and_an_adviser_without_address_get_no_letter(ravi, revision):
    with pytest.raises(ReferralRefused):
        letter_for(draft(by=ravi, guidance=talk(), provider=revision), ravi)
    ended = close(referral=sent(ravi, revision), closed_as="other", note="Slut", on=NEXT, by=ravi)
    with pytest.raises(ReferralRefused):
        letter_for(ended, ravi)
    with pytest.raises(ReferralRefused):
        letter_for(sent(ravi, outside("Uden adresse", by=ravi, email=None)), ravi)


def test_the_next_adviser_gets_a_letter_of_their_own(ravi, revision):
    referral = sent(ravi, revision)
    post(referral=referral, seen=letter_for(referral, ravi).mark, by=ravi)
    other = outside("Vest Advokater", by=ravi, email="post@vest.example")
    again = reassign(
        referral=referral, provider=other, consent=CONSENT, note="Fuldt", on=NEXT, by=ravi
    )
    assert letter_for(again, ravi).to == "post@vest.example"
