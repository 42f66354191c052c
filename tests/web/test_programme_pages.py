"""Programmes and grants: who may, what is asked, what the terms say, and what is counted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Person
from pejl_hub.programmes.actions import move
from pejl_hub.programmes.models import GrantState, Participation, Programme, Round
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status.queries import contract_on, standing_on

MAY = date(2024, 5, 2)
NEW = "/programmer/deltagelser/ny/"
SENT = {"form": "grant", "on": "2024-05-02", "amount": "100.000,50", "journal_number": "24/17"}


@pytest.fixture
def company(db):
    made = Company.objects.create(cvr="53648371", name="Nordvind ApS")
    CompanySize.objects.create(company=made, from_date=MAY, source="cvr", employees=7)
    CompanyMunicipality.objects.create(
        company=made, from_date=MAY, source="cvr", municipality="147"
    )
    return made


@pytest.fixture
def round_(db):
    programme = Programme.objects.create(name="SMV:Digital")
    return Round.objects.create(
        programme=programme, name="2024-1", national=True,
        starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 30),
        opens_on=date(2024, 2, 1), closes_on=date(2024, 5, 31),
        max_amount=200_000, own_share=50, budget=1_000_000, de_minimis=True,
    )  # fmt: skip


@pytest.fixture
def grant(company, round_):
    return Participation.objects.create(
        company=company, round=round_, form="grant", state="applied", stated_on=MAY,
        applied_amount=Decimal(100_000), own_contribution=Decimal(100_000), segment="growth",
    )  # fmt: skip


def pages(grant):
    one = f"/programmer/deltagelser/{grant.pk}/"
    read = ["/programmer/", f"/programmer/{grant.round.programme_id}/",
            f"/programmer/runder/{grant.round_id}/", one]  # fmt: skip
    write = ["/programmer/nyt/", f"/programmer/{grant.round.programme_id}/runde/",
             f"/programmer/{grant.round.programme_id}/ret/",
             f"/programmer/{grant.round.programme_id}/runde/?fra={grant.round_id}",
             f"/programmer/runder/{grant.round_id}/ret/", NEW,
             f"{NEW}?client=company-{grant.company_id}",
             f"{one}committed/", f"{one}withdrawn/", f"{one}ret/", f"{one}fortryd/"]  # fmt: skip
    return read, write


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("poul", True, True), ("alice", True, True), ("ravi", True, False), ("bent", False, False)],
)
def test_those_at_the_desk_read_and_those_with_programmes_write(
    signed_in, grant, who, reads, writes
):
    client = signed_in(who)
    read, write = pages(grant)
    assert {client.get(page).status_code for page in read} == {200 if reads else 403}
    assert {client.get(page).status_code for page in write} == {200 if writes else 403}
    posted = client.post(f"/programmer/deltagelser/{grant.pk}/ret/", {"why": "x"}).status_code
    assert (posted == 403) == (not writes)


def test_the_company_page_opens_the_form_with_the_company_chosen(signed_in, company):
    door = f"{NEW}?client=company-{company.pk}"
    assert door in signed_in("poul").get("/virksomheder/53648371/").content.decode()
    assert door not in signed_in("ravi").get("/virksomheder/53648371/").content.decode()


def test_the_company_page_leads_to_its_grants(signed_in, grant):
    assert (
        f'href="/programmer/deltagelser/{grant.pk}/"'
        in signed_in("ravi").get("/virksomheder/53648371/").content.decode()
    )


def test_the_client_is_found_by_number_or_by_a_name_with_a_slip(signed_in, company):
    client = signed_in("poul")
    for text in ("53 64 83 71", "nordvinf"):
        shown = client.get(NEW, {"q": text}).content.decode()
        assert f"?client=company-{company.pk}" in shown
    assert "Ingen fundet" in client.get(NEW, {"q": "xyzzy"}).content.decode()
    assert "findes ikke" in client.get(NEW, {"client": "company-999"}).content.decode()


def test_an_application_freezes_the_facts_of_the_day(signed_in, company, round_):
    sent = SENT | {"round": round_.pk, "own": "100.000,50"}
    answer = signed_in("poul").post(f"{NEW}?client=company-{company.pk}", sent)
    made = Participation.objects.get()
    assert answer.headers["Location"] == f"/programmer/deltagelser/{made.pk}/"
    assert (made.state, made.stated_on, made.journal_number) == ("applied", MAY, "24/17")
    assert (made.applied_amount, made.own_contribution) == (Decimal("100000.50"),) * 2
    assert (made.municipality, made.employees, made.segment) == ("147", 7, None)


def test_a_person_is_a_pre_starter(signed_in, round_):
    person = Person.objects.create(name="Emma Dahl", municipality="101")
    sent = {"round": round_.pk, "form": "course", "on": "2024-05-02"}
    signed_in("poul").post(f"{NEW}?client=person-{person.pk}", sent)
    made = Participation.objects.get()
    assert (made.person, made.segment, made.municipality) == (person, "pre_starter", "101")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "200.001", "own": "300.000"}, "højst må få"),
        ({"own": "99.999"}, "for lille"),
        ({"on": "2024-06-01", "own": "200.000"}, "til og med"),
        ({"on": "2999-01-01"}, "fremtiden"),
        ({"amount": ""}, "hvad der søges om"),
        ({"journal_number": "251299-1234"}, "CPR"),
        ({"amount": "-1"}, "0"),
    ],
)
def test_what_the_terms_or_the_form_refuse_is_said_and_all_typed_is_kept(
    signed_in, company, round_, changed, said
):
    sent = SENT | {"round": round_.pk, "own": "200.000"} | changed
    answer = signed_in("poul").post(f"{NEW}?client=company-{company.pk}", sent)
    shown = answer.content.decode()
    assert (answer.status_code, Participation.objects.count()) == (400, 0)
    assert said in shown
    assert f'value="{sent["journal_number"]}"' in shown
    fine = signed_in("poul").post(
        f"{NEW}?client=company-{company.pk}", SENT | {"round": round_.pk, "own": "200.000"}
    )
    assert fine.status_code == 302


def test_a_warning_is_shown_once_and_saved_when_it_has_been_seen(signed_in, company, round_):
    client, page = signed_in("poul"), f"{NEW}?client=company-{company.pk}"
    sent = SENT | {"round": round_.pk}
    first = client.post(page, sent)
    assert "ikke oplyst" in first.content.decode()
    assert Participation.objects.count() == 0
    seen = first.context["form"].data["seen"]
    other = client.post(page, sent | {"amount": "150.000", "seen": seen})
    assert (other.status_code, Participation.objects.count()) == (400, 0)
    assert client.post(page, sent | {"seen": seen}).status_code == 302
    assert Participation.objects.count() == 1


def test_the_form_warns_of_aid_near_the_ceiling_and_refuses_a_commitment_above(
    signed_in, company, round_, grant
):
    Round.objects.update(max_amount=None, own_share=None, budget=None)
    big = Participation.objects.create(
        company=company, round=round_, form="grant", state="paid", stated_on=date(2024, 7, 1),
        committed_on=MAY, committed_amount=Decimal(2_200_000),
    )  # fmt: skip
    client = signed_in("poul")
    sent = SENT | {"round": round_.pk, "amount": "1000"}
    warned = client.post(f"{NEW}?client=company-{company.pk}", sent)
    assert "tæt på loftet" in warned.content.decode()
    move_page = f"/programmer/deltagelser/{grant.pk}/committed/"
    what = {"on": "2024-05-10", "amount": "50.000", "decided_by": "Udvalget", "why": "Indstillet"}
    refused = client.post(move_page, what)
    assert (refused.status_code, "over loftet" in refused.content.decode()) == (400, True)
    big.delete()
    assert client.post(move_page, what).status_code == 302


def test_a_grant_goes_all_the_way_and_the_next_count_sees_it(signed_in, grant, settings, tmp_path):
    settings.DATA = tmp_path
    client, one = signed_in("poul"), f"/programmer/deltagelser/{grant.pk}/"
    states = []
    for to, amount in (
        ("offered", "90.000"), ("committed", "90.000"), ("running", None), ("completed", None),
        ("paid", "80.000,25"),
    ):  # fmt: skip
        sent = {"on": "2024-05-10", "decided_by": "Udvalget", "why": f"Til {to}"}
        answer = client.post(f"{one}{to}/", sent | ({"amount": amount} if amount else {}))
        assert answer.status_code == 302, answer.content.decode()
        (row,) = ensure_snapshot(date(2024, 12, 31)).table("participation").to_pylist()
        states.append(row["state"])
    assert states == ["offered", "committed", "running", "completed", "paid"]
    shown = client.get(one).content.decode()
    assert "besluttet af Udvalget, registreret af" in shown
    assert "80.000,25" in shown
    grant.refresh_from_db()
    assert (grant.committed_on, grant.stated_on) == (date(2024, 5, 10),) * 2


@pytest.mark.parametrize("amount", ["", "1000"])
def test_a_grant_is_not_committed_without_an_amount_and_nothing_without_a_why(
    signed_in, grant, amount
):
    page = f"/programmer/deltagelser/{grant.pk}/committed/"
    sent = {"on": "2024-05-10", "amount": amount, "why": "Board" if not amount else ""}
    assert signed_in("poul").post(page, sent).status_code == 400
    cpr = {"on": "2024-05-10", "amount": "1000", "why": "Om 251299-1234"}
    assert "CPR" in signed_in("poul").post(page, cpr).content.decode()
    by = cpr | {"why": "Board", "decided_by": "251299-1234"}
    assert "CPR" in signed_in("poul").post(page, by).content.decode()
    assert signed_in("poul").post(page, cpr | {"why": "Board"}).status_code == 302


def test_the_last_move_is_taken_back_on_its_page(signed_in, grant):
    client, one = signed_in("poul"), f"/programmer/deltagelser/{grant.pk}/"
    assert "Fortryd den seneste" not in client.get(one).content.decode()
    client.post(f"{one}refused/", {"on": "2024-05-10", "why": "Uden for formålet"})
    assert "Fortryd den seneste" in client.get(one).content.decode()
    assert client.post(f"{one}fortryd/").status_code == 302
    grant.refresh_from_db()
    assert grant.state == "applied"
    assert client.post(f"{one}fortryd/").status_code == 400


def test_a_correction_in_a_closed_month_becomes_a_correction_with_its_why(signed_in, grant):
    Close.objects.create(first_day=MAY, last_day=MAY, snapshot_id="s", signed="Alice")
    page = f"/programmer/deltagelser/{grant.pk}/ret/"
    sent = {
        "stated_on": "2024-05-02", "applied_amount": "90.000", "own_contribution": "100.000",
        "segment": "growth",
    }  # fmt: skip
    assert signed_in("poul").post(page, sent).status_code == 400
    assert signed_in("poul").post(page, sent | {"why": "Tastefejl"}).status_code == 302
    assert Correction.objects.get().reason == "Tastefejl"


def test_the_day_of_an_application_is_corrected_while_it_waits(signed_in, grant):
    client, one = signed_in("poul"), f"/programmer/deltagelser/{grant.pk}/"
    sent = {"applied_amount": "100.000", "own_contribution": "100.000", "why": "Forkert dag"}
    assert client.post(f"{one}ret/", sent | {"stated_on": "2999-01-01"}).status_code == 400
    assert client.post(f"{one}ret/", sent | {"stated_on": "2024-05-03"}).status_code == 302
    grant.refresh_from_db()
    assert grant.stated_on == date(2024, 5, 3)
    client.post(f"{one}refused/", {"on": "2024-05-10", "why": "Uden for formålet"})
    client.post(f"{one}ret/", sent | {"stated_on": "2024-05-04"})
    grant.refresh_from_db()
    assert grant.stated_on == date(2024, 5, 10)


def test_a_new_one_in_a_closed_month_asks_for_a_reason(signed_in, company, round_):
    Close.objects.create(first_day=MAY, last_day=MAY, snapshot_id="s", signed="Alice")
    page = f"{NEW}?client=company-{company.pk}"
    sent = SENT | {"round": round_.pk, "own": "200.000"}
    refused = signed_in("poul").post(page, sent)
    assert (refused.status_code, 'name="reason"' in refused.content.decode()) == (400, True)
    assert signed_in("poul").post(page, sent | {"reason": "Kom for sent"}).status_code == 302


def test_a_programme_its_round_and_the_round_after_it_are_made(signed_in, db):
    client = signed_in("poul")
    made = client.post("/programmer/nyt/", {"name": "SMV:Grøn"})
    programme = Programme.objects.get()
    assert made.headers["Location"] == f"/programmer/{programme.pk}/runde/"
    sent = {
        "name": "2024-1", "national": "ja", "de_minimis": "ja", "max_amount": "200.000",
        "own_share": "50", "starts_on": "2024-01-01", "ends_on": "2024-12-31",
        "opens_on": "2024-02-01", "closes_on": "2024-03-15", "legal_basis": "LBK 230",
    }  # fmt: skip
    assert client.post(f"/programmer/{programme.pk}/runde/", sent).status_code == 302
    old = Round.objects.get()
    assert (old.max_amount, old.de_minimis, old.national, old.purpose) == (
        200_000,
        True,
        True,
        None,
    )
    copy = client.get(f"/programmer/{programme.pk}/runde/?fra={old.pk}").context["form"].initial
    assert (copy["name"], copy["national"], copy["max_amount"]) == ("2024-2", "ja", 200_000)
    assert (copy["starts_on"], copy["ends_on"]) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (copy["opens_on"], copy["closes_on"]) == (date(2025, 2, 1), date(2025, 3, 15))
    cpr = [{name: "251299-1234"} for name in ("purpose", "legal_basis", "name")]
    for wrong in ({"ends_on": "2023-12-31"}, {"own_share": "101"}, {"national": ""}, *cpr):
        refused = client.post(f"/programmer/runder/{old.pk}/ret/", sent | wrong)
        assert refused.status_code == 400, wrong
    assert client.post("/programmer/nyt/", {"name": "SMV:Grøn"}).status_code == 400


def test_a_round_that_turns_national_asks_for_a_reason_when_it_counts_in_a_closed_month(
    signed_in, grant
):
    Close.objects.create(first_day=MAY, last_day=MAY, snapshot_id="s", signed="Alice")
    page = f"/programmer/runder/{grant.round_id}/ret/"
    assert signed_in("poul").post(page, {"name": "1", "national": "ja"}).status_code == 302
    assert signed_in("poul").post(page, {"name": "1", "national": "nej"}).status_code == 400
    sent = {"name": "1", "national": "nej", "reason": "Var regional"}
    assert signed_in("poul").post(page, sent).status_code == 302


def many(round_, count):
    numbers = [n for n in range(10_000_000, 10_010_000) if _checks(n)][:count]
    companies = Company.objects.bulk_create(
        Company(cvr=str(number), name=f"Firma {number}") for number in numbers
    )
    user = User.objects.create(username="maker", role="programme_manager")
    made = []
    for one in companies:
        obj = Participation.objects.create(
            company=one, round=round_, form="grant", state="applied", stated_on=MAY,
            applied_amount=Decimal(1000), own_contribution=Decimal(1000),
        )  # fmt: skip
        for to in ("committed", "completed"):
            amount = Decimal(1000) if to == "committed" else None
            move(by=user, participation=obj, to=to, on=MAY, reason="Board", amount=amount)
            obj.refresh_from_db()
        made.append(obj)
    return made


def _checks(number):
    digits = zip(str(number), (2, 7, 6, 5, 4, 3, 2, 1), strict=True)
    return sum(int(digit) * weight for digit, weight in digits) % 11 == 0


def test_twelve_are_marked_as_paid_after_a_preview_and_put_back_as_one(signed_in, round_):
    made = many(round_, 12)
    client, page = signed_in("poul"), f"/programmer/runder/{round_.pk}/"
    chosen = {"handling": "state", "valgt": [one.pk for one in made], "value": "paid"}
    seen = client.post(page, chosen | {"trin": "vis", "reason": "Regnskab godkendt"})
    assert len(seen.context["changing"]) == 12
    assert set(Participation.objects.values_list("state", flat=True)) == {"completed"}
    expected = {f"foer-{one.pk}": str(GrantState.COMPLETED.label) for one in made}
    shown = {f"foer-{line.pk}": line.before for line in seen.context["changing"]}
    assert shown == expected
    assert {line.after for line in seen.context["changing"]} == {"Udbetalt, 1.000 kr."}
    done = client.post(page, chosen | shown | {"trin": "udfoer", "reason": "Regnskab godkendt"})
    assert done.status_code == 302
    paid = Participation.objects.filter(state="paid", paid_amount=1000)
    assert paid.count() == 12
    edit = done.headers["Location"].rpartition("=")[2]
    client.post(page, {"trin": "fortryd", "handling": "state", "redigering": edit})
    assert set(Participation.objects.values_list("state", "paid_amount")) == {("completed", None)}


def test_a_move_that_may_not_follow_is_refused_in_the_preview(signed_in, grant):
    page = f"/programmer/runder/{grant.round_id}/"
    sent = {"handling": "state", "valgt": [grant.pk], "value": "paid", "trin": "vis"}
    seen = signed_in("poul").post(page, sent)
    assert (len(seen.context["changing"]), len(seen.context["refused"])) == (0, 1)
    assert signed_in("ravi").post(page, sent).status_code == 403


def test_what_would_be_warned_about_is_not_moved_with_many(signed_in, grant):
    page = f"/programmer/runder/{grant.round_id}/"
    sent = {"handling": "state", "valgt": [grant.pk], "value": "committed", "trin": "vis"}
    assert len(signed_in("poul").post(page, sent).context["changing"]) == 1
    for changed in ({"own_contribution": None}, {"applied_amount": None}):
        Participation.objects.update(own_contribution=100_000, applied_amount=100_000)
        Participation.objects.update(**changed)
        seen = signed_in("poul").post(page, sent)
        assert (len(seen.context["changing"]), len(seen.context["refused"])) == (0, 1), changed


def test_the_round_shows_sums_states_and_what_is_used_of_the_budget(signed_in, round_):
    many(round_, 3)
    page = signed_in("ravi").get(f"/programmer/runder/{round_.pk}/")
    assert (page.context["sums"].committed, page.context["share"]) == (3000, Decimal("0.3"))
    assert page.context["sums"].states == {"completed": 3}
    listed = signed_in("ravi").get("/programmer/").content.decode()
    assert "SMV:Digital" in listed


def test_the_pages_ask_no_more_when_there_is_more(signed_in, grant):
    client = signed_in("poul")
    read = pages(grant)[0]
    few = []
    for page in read:
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        few.append(len(asked))
    many(grant.round, 20)
    for page, before in zip(read, few, strict=True):
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        assert len(asked) <= before + 1 <= 30, page


def test_names_of_people_are_for_those_who_record_programmes(signed_in, round_):
    person = Person.objects.create(name="Emma Dahl")
    made = Participation.objects.create(
        person=person, round=round_, form="course", state="applied", stated_on=MAY
    )
    for page in (f"/programmer/runder/{round_.pk}/", f"/programmer/deltagelser/{made.pk}/"):
        assert "Emma Dahl" in signed_in("poul").get(page).content.decode()
        assert "Emma Dahl" not in signed_in("ravi").get(page).content.decode()
    found = f"/programmer/runder/{round_.pk}/?q=Emma"
    assert "En person" in signed_in("poul").get(found).content.decode()
    assert "En person" not in signed_in("ravi").get(found).content.decode()


def test_today_is_the_last_day_that_may_be_typed(signed_in, company, round_):
    Round.objects.update(closes_on=None, own_share=None)
    today = timezone.localdate()
    sent = SENT | {"round": round_.pk}
    page = f"{NEW}?client=company-{company.pk}"
    tomorrow = sent | {"on": (today + timedelta(1)).isoformat()}
    assert signed_in("poul").post(page, tomorrow).status_code == 400
    assert signed_in("poul").post(page, sent | {"on": today.isoformat()}).status_code == 302


def test_the_status_counts_the_commitment_and_no_longer_the_withdrawal(
    signed_in, grant, settings, tmp_path
):
    settings.DATA = tmp_path
    client, one = signed_in("poul"), f"/programmer/deltagelser/{grant.pk}/"

    def counted(day):
        standing = standing_on(contract_on(day), day)
        return standing.evaluation.goals["programme_participants"].figure.value

    june, end = date(2024, 6, 30), date(2024, 12, 31)
    assert (counted(june), counted(end)) == (0, 0)
    said = {"decided_by": "Udvalget", "why": "Indstillet"}
    client.post(f"{one}committed/", said | {"on": "2024-05-10", "amount": "90.000"})
    assert (counted(june), counted(end)) == (1, 1)
    client.post(f"{one}withdrawn/", said | {"on": "2024-09-10"})
    assert (counted(june), counted(end)) == (1, 0)
