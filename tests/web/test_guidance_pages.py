"""Recording guidance page by page: who may, what is refused with all typed kept, what counts."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Person
from pejl_hub.guidance.models import Guidance

NEW = "/vejledninger/ny/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def no_midnight(monkeypatch):
    """A run that goes on past midnight is still of one day."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def company(db):
    made = Company.objects.create(cvr="53648371", name="Nordvind ApS")
    held = {"company": made, "from_date": date(2024, 1, 1), "source": "cvr"}
    CompanySize.objects.create(**held, employees=12)
    CompanyMunicipality.objects.create(**held, municipality="151")
    return made


@pytest.fixture
def guided(company):
    return Guidance.objects.create(
        company=company, held_on=TODAY, recorded_on=TODAY, type="specialised", state="held",
        segment="growth", adviser="Ravi Nair",
    )  # fmt: skip


def said(**more):
    told = {"held_on": TODAY.isoformat(), "type": "specialised", "segment": "growth"}
    return {key: value for key, value in (told | more).items() if value is not None}


def text(response):
    return response.content.decode()


def closed(day):
    return Close.objects.create(
        first_day=day, last_day=day, snapshot_id="s", snapshot_sha256="0", contract_sha256="0",
        code_version="0", signed="Alice",
    )  # fmt: skip


@pytest.mark.parametrize(("who", "may"), [("ravi", True), ("tove", True), ("cille", False)])
def test_who_records_guidance_opens_every_page_and_others_none(signed_in, guided, who, may):
    visitor = signed_in(who)
    for path in (NEW, "/vejledninger/klient/", f"/vejledninger/{guided.pk}/ret/",
                 f"/vejledninger/{guided.pk}/traek-tilbage/"):  # fmt: skip
        assert visitor.get(path).status_code == (200 if may else 403)
    for path in ("tilstand", "gaelder-igen", "fulgt-op", "ret"):
        answer = visitor.post(f"/vejledninger/{guided.pk}/{path}/", {"state": "no_show"})
        assert (answer.status_code == 403) != may
    assert visitor.get(f"/vejledninger/{guided.pk}/").status_code == 200


def test_a_board_member_sees_no_guidance(signed_in, guided):
    assert signed_in("bent").get(f"/vejledninger/{guided.pk}/").status_code == 403


@pytest.mark.parametrize("typed", ["53648371", "DK 53 64 83 71"])
def test_a_number_that_is_on_record_is_enough(signed_in, company, typed):
    token = str(uuid4())
    told = said(who=typed, need="export", minutes="60", token=token)
    answer = signed_in("ravi").post(NEW, told)
    made = Guidance.objects.get()
    assert (made.need, made.minutes) == ("export", 60)
    assert answer.url == f"/vejledninger/{made.pk}/"
    assert (made.company, made.employees, made.municipality) == (company, 12, "151")
    assert (made.state, made.need, made.minutes, made.adviser) == (
        "held",
        "export",
        60,
        "Ravi Nair",
    )
    shown = text(signed_in("ravi").get(answer.url))
    assert "Eksport" in shown
    assert f'data-draft-done="{token} "' in shown


def test_a_name_is_chosen_from_and_all_typed_is_kept(signed_in, company):
    ravi = signed_in("ravi")
    answer = ravi.post(NEW, said(who="nordvind", need="export"))
    assert answer.status_code == 400
    assert f'value="company-{company.pk}"' in text(answer)
    assert 'value="export" selected' in text(answer)
    found = ravi.post(NEW, said(who="nordvind", need="export", find="1"))
    assert found.status_code == 200
    assert "Vælg, hvem du mener" in text(found)
    ravi.post(NEW, said(who="nordvind", client=f"company-{company.pk}"))
    assert Guidance.objects.get().company == company


def test_the_form_is_filled_with_the_segment_of_last_time(signed_in, guided):
    shown = signed_in("ravi").get(NEW, {"client": f"company-{guided.company_id}"})
    form = shown.context["form"]
    assert (form["segment"].value(), form.known.employees) == ("growth", 12)
    assert "Ballerup" in text(shown)
    assert form["type"].value() == "specialised"


def test_a_person_without_a_number_is_made_and_found_the_next_time(signed_in, db):
    ravi = signed_in("ravi")
    assert 'name="person_name"' in text(ravi.get(NEW, {"ny": "person"}))
    person = {"ny": "person", "person_name": "Petra Lind", "person_email": "petra@lind.dk"}
    ravi.post(NEW, said(**person, municipality="101", segment="pre_starter"))
    made = Guidance.objects.get()
    assert (made.person.name, made.municipality, made.employees) == ("Petra Lind", "101", None)
    again = ravi.post(NEW, said(**person, segment="pre_starter"))
    assert again.status_code == 400
    assert "søg efter adressen" in text(again)
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"who": "251299-1234"},
        {"ny": "person", "person_name": "Petra 251299-1234"},
        {"ny": "person", "person_name": "Petra", "person_email": "2512991234@x.dk"},
    ],
)
def test_what_looks_like_a_cpr_number_is_refused_and_says_why(signed_in, db, typed):
    answer = signed_in("ravi").post(NEW, said(**typed))
    assert answer.status_code == 400
    assert "ligner et CPR-nummer" in text(answer)
    assert (Guidance.objects.count(), Person.objects.count()) == (0, 0)


def test_a_withdrawal_refuses_a_cpr_number_and_keeps_the_rest(signed_in, guided):
    path = f"/vejledninger/{guided.pk}/traek-tilbage/"
    answer = signed_in("ravi").post(path, {"why": "Det var 251299-1234"})
    assert (answer.status_code, Guidance.objects.count()) == (400, 1)
    assert "ligner et CPR-nummer" in text(answer)


def test_a_number_that_nobody_has_offers_to_fetch_it_and_comes_back(signed_in, db):
    shown = text(signed_in("ravi").get(NEW, {"cvr": "10150817"}))
    assert "Hent fra CVR" in shown
    assert reverse("sources:cvr_fetch") in shown
    assert 'name="next" value="/vejledninger/ny/?cvr=10150817"' in shown


def test_eight_digits_that_do_not_check_are_said_to_be_no_cvr_number(signed_in, db):
    assert "passer ikke" in text(signed_in("ravi").post(NEW, said(who="10603030")))


def test_the_future_is_refused_as_held_and_taken_as_planned(signed_in, company):
    ahead = {"held_on": (TODAY + timedelta(days=3)).isoformat()}
    client = {"client": f"company-{company.pk}"}
    refused = signed_in("ravi").post(NEW, said(**ahead, **client, state="held"))
    assert refused.status_code == 400
    assert "Gem den som planlagt" in text(refused)
    signed_in("ravi").post(NEW, said(**ahead, **client, state="planned"))
    assert Guidance.objects.get().state == "planned"


def test_a_closed_month_asks_for_a_reason_and_keeps_all_that_was_typed(signed_in, company):
    closed(TODAY)
    told = said(client=f"company-{company.pk}", need="export", token=str(uuid4()))
    asked = signed_in("ravi").post(NEW, told)
    assert asked.status_code == 400
    assert 'name="reason"' in text(asked)
    assert 'value="export" selected' in text(asked)
    signed_in("ravi").post(NEW, told | {"reason": "Glemt"})
    assert Correction.objects.get().reason == "Glemt"


def test_moving_in_a_closed_month_asks_on_a_page_of_its_own(signed_in, guided):
    closed(TODAY)
    path = f"/vejledninger/{guided.pk}/tilstand/"
    asked = signed_in("ravi").post(path, {"state": "no_show", "next": "/paamindelser/"})
    assert asked.status_code == 400
    for kept in ('name="state" value="no_show"', 'name="next" value="/paamindelser/"'):
        assert kept in text(asked)
    told = {"state": "no_show", "reason": "Kom ikke", "next": "/paamindelser/"}
    assert signed_in("ravi").post(path, told).url == "/paamindelser/"
    assert Guidance.objects.get().state == "no_show"


def test_a_button_leads_nobody_out_of_the_house(signed_in, guided):
    told = {"state": "no_show", "next": "https://ond.example/"}
    answer = signed_in("ravi").post(f"/vejledninger/{guided.pk}/tilstand/", told)
    assert answer.url == f"/vejledninger/{guided.pk}/"


def test_a_form_sent_twice_records_once_and_leads_to_the_same_page(signed_in, company):
    told = said(client=f"company-{company.pk}", token=str(uuid4()))
    first, again = (signed_in("ravi").post(NEW, told) for _ in range(2))
    assert first.url == again.url
    assert Guidance.objects.count() == 1


def test_correcting_shows_what_is_stored_and_stamps_the_edit(signed_in, guided):
    path = f"/vejledninger/{guided.pk}/ret/"
    form = signed_in("ravi").get(path).context["form"]
    assert (form["segment"].value(), form["held_on"].value()) == ("growth", TODAY)
    signed_in("ravi").post(path, said(segment="operating", employees="7", municipality="101"))
    guided.refresh_from_db()
    assert (guided.segment, guided.employees, guided.municipality) == ("operating", 7, "101")
    assert guided.edited_at is not None


def test_a_withdrawn_guidance_leaves_the_lists_and_comes_back(signed_in, guided):
    ravi, page = signed_in("ravi"), f"/vejledninger/{guided.pk}/"
    in_register = lambda: "Nordvind" in text(ravi.get("/registre/vejledninger/"))  # noqa: E731
    assert in_register()
    ravi.post(f"{page}traek-tilbage/", {"why": "Registreret to gange"})
    assert "Registreret to gange" in text(ravi.get(page))
    assert not in_register()
    assert ravi.get(f"{page}ret/").status_code == 404
    ravi.post(f"{page}gaelder-igen/")
    assert in_register()


def test_a_draft_is_drawn_again_by_the_server_and_nothing_is_stored(signed_in, company):
    kept = said(client=f"company-{company.pk}", need="export", minutes="90", restore="1")
    shown = signed_in("ravi").post(NEW, kept)
    assert shown.status_code == 200
    assert "Nordvind ApS" in text(shown)
    assert shown.context["form"]["minutes"].value() == "90"
    assert 'value="export" selected' in text(shown)
    assert Guidance.objects.count() == 0


def test_a_referral_starts_from_the_guidance_and_stands_on_its_page(signed_in, guided):
    page = f"/vejledninger/{guided.pk}/"
    assert f"/henvisninger/ny/?guidance={guided.pk}" in text(signed_in("ravi").get(page))
    assert "/henvisninger/ny/" not in text(signed_in("cille").get(page))
    guided.referrals.create(
        referred_on=TODAY, recipient="Revisor Ravn", recipient_kind="private", state="sent"
    )
    assert "Revisor Ravn" in text(signed_in("cille").get(page))


def test_the_part_about_the_client_takes_the_facts_of_the_day(signed_in, company):
    CompanySize.objects.create(company=company, from_date=TODAY, employees=99, source="cvr")
    asked = {"client": f"company-{company.pk}", "held_on": (TODAY - timedelta(days=1)).isoformat()}
    ravi = signed_in("ravi")
    assert "12 ansatte" in text(ravi.get("/vejledninger/klient/", asked))
    asked["held_on"] = TODAY.isoformat()
    assert "99 ansatte" in text(ravi.get("/vejledninger/klient/", asked))


@pytest.mark.parametrize("asked", [{"client": "company-0"}, {"client": "x"}, {"held_on": "i går"}])
def test_a_strange_address_gives_the_empty_form(signed_in, db, asked):
    assert signed_in("ravi").get(NEW, asked).status_code == 200
