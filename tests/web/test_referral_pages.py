"""The pages of referrals: the registry, a new referral, each step, who may, and what waits."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.closing.models import Close
from pejl_hub.companies.models import Company
from pejl_hub.referrals.actions.moves import reassign, send
from pejl_hub.referrals.models import Consent, Letter, Provider, Referral
from tests.unit.referrals.drawn import CONSENT, NEXT, SENT, draft, outside, talk

CPR = "251299-1234"


@pytest.fixture
def ravi(signed_in):
    client = signed_in("ravi")
    client.user = User.objects.get(username="ravi")
    return client


@pytest.fixture
def revision(ravi):
    return outside(by=ravi.user)


@pytest.fixture
def guidance(db):
    return talk()


def asked(provider, **more):
    return {
        "provider": provider.pk,
        "why": "specialist",
        "purpose": "Regnskab for en webshop",
        "agreed": "on",
        "given_by": "Bodil Bager",
        "given_on": "2024-03-01",
        "how": "spoken",
        "tells": ["purpose"],
        "on": "2024-03-05",
        "send": "1",
        **more,
    }


def new(guidance):
    return f"{reverse('referrals:new')}?guidance={guidance.pk}"


def page(referral):
    return reverse("referrals:referral", args=[referral.pk])


def step(referral, name):
    return reverse("referrals:step", args=[referral.pk, name])


def sent_to(revision, ravi, guidance=None):
    made = draft(by=ravi.user, guidance=guidance or talk(), provider=revision)
    return send(referral=made, on=SENT, by=ravi.user)


def errors(answer):
    return {name for name, said in answer.context["form"].errors.items() if said}


def test_a_referral_is_sent_with_consent_and_without_is_only_a_draft(ravi, revision, guidance):
    form = asked(revision, guidance=guidance.pk)
    del form["agreed"]
    refused = ravi.post(new(guidance), form)
    assert (refused.status_code, errors(refused)) == (400, {"agreed"})
    assert "Regnskab for en webshop" in refused.content.decode()
    del form["send"]
    assert ravi.post(new(guidance), form).status_code == 302
    first = Referral.objects.get()
    assert (first.state, first.consents.count()) == ("draft", 0)
    assert ravi.post(new(guidance), asked(revision, guidance=guidance.pk)).status_code == 302
    second = Referral.objects.latest("pk")
    assert (second.state, second.referred_on, second.recipient) == ("sent", SENT, revision.name)
    consent = Consent.objects.get()
    assert (consent.given_by, consent.tells_purpose, consent.tells_contact) == (
        "Bodil Bager", True, False,
    )  # fmt: skip
    assert guidance.referrals.count() == 2


@pytest.mark.parametrize("field", ["purpose", "given_by", "words"])
def test_a_cpr_number_is_refused_in_every_free_text_of_a_referral(ravi, revision, guidance, field):
    form = asked(revision, guidance=guidance.pk)
    refused = ravi.post(new(guidance), {**form, field: CPR})
    assert (refused.status_code, errors(refused)) == (400, {field})
    assert "CPR" in refused.content.decode()
    assert Referral.objects.count() == 0
    assert ravi.post(new(guidance), form).status_code == 302


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("svar", {"accepted": "accepted", "on": "2024-04-02", "note": CPR}),
        ("afslut", {"closed_as": "helped", "on": "2024-04-02", "note": CPR}),
    ],
)
def test_a_cpr_number_is_refused_in_every_free_text_of_a_step(ravi, revision, name, form):
    referral = sent_to(revision, ravi)
    assert errors(ravi.post(step(referral, name), form)) == {"note"}
    assert ravi.post(step(referral, name), {**form, "note": "Fint"}).status_code == 302


def test_from_a_client_one_chooses_among_their_guidances_and_without_any_is_told(ravi, revision):
    first, second = talk(), talk()
    talk(state="cancelled")
    address = f"{reverse('referrals:new')}?client=company-{first.company.pk}"
    offered = ravi.get(address).context["form"].fields["guidance"].queryset
    assert set(offered) == {first, second}
    ravi.post(address, asked(revision, guidance=first.pk))
    assert first.referrals.count() == 1
    empty = Company.objects.create(cvr="53648371", name="Ny Virksomhed")
    told = ravi.get(f"{reverse('referrals:new')}?client=company-{empty.pk}")
    assert "Ny Virksomhed" in told.content.decode()
    assert ravi.get(f"{reverse('referrals:new')}?client=company-9999999").status_code == 404
    assert ravi.get(f"{reverse('referrals:new')}?client=nonsense").status_code == 404
    stranger = talk(company=empty)
    assert ravi.post(address, asked(revision, guidance=stranger.pk)).status_code == 400


def test_the_company_page_has_a_door_to_a_referral(ravi, guidance):
    shown = ravi.get(reverse("clients:company", args=[guidance.company.cvr])).content.decode()
    assert f"{reverse('referrals:new')}?client=company-{guidance.company.pk}" in shown


def test_a_referral_is_answered_sent_on_closed_and_undone_from_its_page(ravi, revision):
    referral = sent_to(revision, ravi)
    other = outside("Vest Advokater", by=ravi.user)
    on = {"on": "2024-04-02"}
    assert ravi.post(step(referral, "svar"), {"accepted": "declined", **on}).status_code == 302
    onwards = {**asked(other, note="Har ikke tid"), **on}
    assert ravi.post(step(referral, "videre"), onwards).status_code == 302
    ended = {"closed_as": "helped", "note": "Fik lavet regnskabet", **on}
    assert ravi.post(step(referral, "afslut"), ended).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.provider, referral.referred_on) == ("closed", other, SENT)
    told = ravi.get(page(referral)).content.decode()
    for words in ("Har ikke tid", "Fik lavet regnskabet", "Afvist af Øst Revision A/S"):
        assert words in told
    assert ravi.post(step(referral, "fortryd"), {}).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.closed_as, referral.steps.count()) == ("sent", None, 3)
    assert ravi.post(step(referral, "send"), on).status_code == 400


def test_a_closed_month_asks_for_a_reason_and_keeps_what_was_typed(ravi, revision, guidance):
    Close.objects.create(
        first_day=date(2024, 3, 1), last_day=date(2024, 3, 31), snapshot_id="s", signed="Alice"
    )
    form = asked(revision, guidance=guidance.pk)
    refused = ravi.post(new(guidance), form)
    assert (refused.status_code, errors(refused)) == (400, {"reason"})
    assert "Regnskab for en webshop" in refused.content.decode()
    assert (Referral.objects.count(), Consent.objects.count()) == (0, 0)
    assert ravi.post(new(guidance), {**form, "reason": "Glemt"}).status_code == 302
    referral = Referral.objects.get()
    assert errors(ravi.post(step(referral, "fortryd"), {})) == {"reason"}
    assert ravi.post(step(referral, "fortryd"), {"reason": "Forkert"}).status_code == 302


def test_the_letter_is_read_and_then_sent_by_a_click(ravi, revision):
    referral = sent_to(revision, ravi)
    address = reverse("referrals:letter", args=[referral.pk])
    shown = ravi.get(address)
    assert "Ærlig Bager" in shown.content.decode()
    assert Letter.objects.count() == 0
    ravi.post(address, {"seen": "another"})
    assert Letter.objects.count() == 0
    ravi.post(address, {"seen": shown.context["letter"].mark})
    assert Letter.objects.get().to == "post@revision.example"
    assert address not in ravi.get(page(referral)).content.decode()
    assert ravi.get(address).status_code == 302


def test_a_withdrawn_consent_takes_the_letter_off_the_page(ravi, revision):
    referral = sent_to(revision, ravi)
    letter = reverse("referrals:letter", args=[referral.pk])
    assert letter in ravi.get(page(referral)).content.decode()
    address = reverse("referrals:withdraw", args=[referral.consents.get().pk])
    assert ravi.post(address, {"on": "2024-02-01"}).status_code == 400
    assert ravi.post(address, {"on": "2024-04-02"}).status_code == 302
    assert letter not in ravi.get(page(referral)).content.decode()


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("ravi", 200, 200), ("tove", 200, 200), ("dorte", 200, 403), ("bent", 403, 403)],
)
def test_roles_that_may_beside_those_that_may_not(signed_in, ravi, revision, who, reads, writes):
    referral, visitor = sent_to(revision, ravi), signed_in(who)
    for address in (
        page(referral), reverse("referrals:providers"), reverse("referrals:waiting"),
        reverse("referrals:provider", args=[revision.pk]),
    ):  # fmt: skip
        assert visitor.get(address).status_code == reads, address
    for address in (
        new(referral.guidance), step(referral, "svar"), reverse("referrals:new_provider"),
        reverse("referrals:edit_provider", args=[revision.pk]),
        reverse("referrals:end_provider", args=[revision.pk]),
        reverse("referrals:letter", args=[referral.pk]),
        reverse("referrals:withdraw", args=[referral.consents.get().pk]),
    ):  # fmt: skip
        assert visitor.get(address).status_code == writes, address
    taken_up = visitor.post(reverse("referrals:take_up", args=[revision.pk])).status_code
    assert taken_up == (302 if writes == 200 else 403)


def test_who_consented_is_for_those_who_record_or_see_names(signed_in, ravi, revision):
    referral = sent_to(revision, ravi)
    seen = {
        who: "Bodil Bager" in signed_in(who).get(page(referral)).content.decode()
        for who in ("ravi", "dorte", "poul")
    }
    assert seen == {"ravi": True, "dorte": True, "poul": False}


def test_an_adviser_is_added_once_changed_and_taken_out_of_use(ravi):
    form = {
        "name": "Øst Revision A/S", "kind": "private", "cvr": "53 64 83 71",
        "fields_of_advice": ["law"], "places": ["101"], "active_from": "2024-01-01",
        "email": "post@revision.example", "website": "revision.example",
    }  # fmt: skip
    address = reverse("referrals:new_provider")
    assert errors(ravi.post(address, {**form, "cvr": "53648372"})) == {"cvr"}
    assert ravi.post(address, form).status_code == 302
    one = Provider.objects.get()
    assert (one.cvr, one.website) == ("53648371", "https://revision.example")
    again = ravi.post(address, {**form, "name": "oest revision", "cvr": ""})
    assert errors(again) == {"name"}
    assert reverse("referrals:provider", args=[one.pk]) in again.content.decode()
    near = {**form, "name": "Øst Revison", "cvr": ""}
    assert errors(ravi.post(address, near)) == {"another"}
    assert ravi.post(address, {**near, "another": "on"}).status_code == 302
    assert errors(ravi.post(address, {**form, "name": "Ny", "cvr": "", "note": CPR})) == {"note"}
    assert Provider.objects.count() == 2
    changed = {**form, "phone": "12345678", "places": []}
    edit = reverse("referrals:edit_provider", args=[one.pk])
    assert ravi.post(edit, {**changed, "another": "on"}).status_code == 302
    end = reverse("referrals:end_provider", args=[one.pk])
    assert ravi.post(end, {"on": "2023-12-31"}).status_code == 400
    assert ravi.post(end, {"on": "2024-06-30"}).status_code == 302
    one.refresh_from_db()
    assert (one.phone, one.places.count(), one.active_to) == ("12345678", 0, date(2024, 6, 30))


def test_advisers_are_found_by_place_field_and_use(ravi):
    by = ravi.user
    here = outside("Alfa", by=by)
    far = outside("Beta", by=by, active_to=date(2024, 2, 1))
    here.places.create(municipality="101")
    far.places.create(municipality="147")
    far.fields.update(code="export")
    both = outside("Gamma hele landet", by=by, kind="public")
    found = {
        query: {row.pk for row in ravi.get(f"{reverse('referrals:providers')}?{query}")
                .context["list"].rows}
        for query in ("covers=101", "field=export", "use=nej", "kind=public", "q=gamma")
    }  # fmt: skip
    assert found == {
        "covers=101": {here.pk, both.pk},
        "field=export": {far.pk},
        "use=nej": {far.pk},
        "kind=public": {both.pk},
        "q=gamma": {both.pk},
    }


def test_one_out_of_use_is_not_offered_and_those_who_cover_the_place_come_first(ravi, guidance):
    by = ravi.user
    far, near = outside("Alfa", by=by), outside("Beta", by=by)
    outside("Gamle", by=by, active_to=date(2024, 2, 1))
    far.places.create(municipality="147")
    near.places.create(municipality="101")
    form = ravi.get(new(guidance)).context["form"]
    groups = [(name, [pk for pk, _ in some]) for name, some in form.fields["provider"].choices[1:]]
    assert groups == [("Dækker København", [near.pk]), ("Andre steder", [far.pk])]


def test_the_register_is_narrowed_by_provider_municipality_adviser_and_own(signed_in, ravi):
    by = ravi.user
    one, two = outside("Alfa", by=by), outside("Beta", by=by)
    first = sent_to(one, ravi, talk(adviser="Ravi"))
    second = sent_to(two, ravi, talk(adviser=by.get_username(), municipality="147"))
    register = reverse("registers:show", args=["henvisninger"])

    def rows(visitor, query):
        return {row.pk for row in visitor.get(f"{register}?{query}").context["list"].rows}

    assert rows(ravi, f"provider={one.pk}") == {first.pk}
    assert rows(ravi, "municipality=147") == {second.pk}
    assert rows(ravi, "own=ja") == {second.pk}
    assert rows(signed_in("alice"), "adviser=Ravi") == {first.pk}
    assert rows(ravi, "adviser=Ravi") == {first.pk, second.pk}
    shown = ravi.get(register).content.decode()
    assert page(first) in shown
    assert "id_adviser" not in shown


def test_what_waits_is_listed_from_when_the_present_adviser_got_it(ravi, revision):
    first = sent_to(revision, ravi)
    other = outside("Vest Advokater", by=ravi.user)
    second = sent_to(revision, ravi)
    reassign(referral=first, provider=other, consent=CONSENT, note="Fuldt", on=NEXT, by=ravi.user)
    draft(by=ravi.user, guidance=talk(), provider=revision)
    address = reverse("referrals:waiting")
    rows = ravi.get(address).context["list"].rows
    assert [row.pk for row in rows] == [second.pk, first.pk]
    days = {cell.label: cell.text for cell in rows[0].cells}
    assert days["Dage"] == str((timezone.localdate() - SENT).days)
    with CaptureQueriesContext(connection) as few:
        ravi.get(address)
    for _ in range(5):
        sent_to(revision, ravi)
    with CaptureQueriesContext(connection) as many:
        ravi.get(address)
    assert len(many) == len(few)


def test_the_day_before_the_guidance_is_refused_in_words(ravi, revision, guidance):
    form = asked(revision, guidance=guidance.pk, on="2024-02-29", given_on="2024-02-01")
    refused = ravi.post(new(guidance), form)
    assert refused.status_code == 400
    assert "Ret dagen" in refused.content.decode()
