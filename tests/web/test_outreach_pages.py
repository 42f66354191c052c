"""The outreach pages: campaigns, lists, calls and contacts; who may; the gate at each way in."""

import io
from datetime import date

import fastexcel
import pytest
from django.urls import reverse

from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction
from pejl_hub.outreach.models import Approach, Campaign, Candidate, ContactBasis
from tests.spec.outreach.conftest import draw
from tests.web.test_status_pages import words

DAY = "2024-03-12"
CAMPAIGN = {
    "name": "Ballerup i marts",
    "municipality": "151",
    "local_service": "Ballerup Erhverv",
    "starts_on": "2024-03-01",
    "ends_on": "2024-06-30",
    "goal": "40",
    "about": "",
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def ravi(signed_in):
    """Ravi is an adviser."""
    return signed_in("ravi")


@pytest.fixture
def listed(ravi):
    """A campaign of Ravi's, with every company of at least five employees on its list."""
    draw()
    where = ravi.post(reverse("outreach:new"), CAMPAIGN).url
    found = ravi.post(where + "virksomheder/", {**asked(), "hvem": "fundet"})
    assert found.status_code == 302
    return {c.company.name: c for c in Candidate.objects.select_related("company", "campaign")}


def asked(**more):
    bands = ["5-9", "10-19", "20-49", "50-99", "100-199", "200+"]
    return {"kommune": "151", "ansatte": bands, "uden": "on", **more}


def page_of(candidate):
    return reverse("campaigns:campaign", args=[candidate.campaign_id])


def call(client, candidate, outcome="interested", **more):
    typed = {"outcome": outcome, "contacted_on": DAY, "with_local_service": "on", **more}
    return client.post(reverse("outreach:call", args=[candidate.pk]), typed)


def based(client, candidate, **more):
    typed = {"kind": "consent", "text": "Aftalt pr. mail", "dated_on": "2024-03-01", **more}
    return client.post(reverse("outreach:basis", args=[candidate.pk]), typed)


def test_a_campaign_is_made_by_whoever_owns_it_and_changed(ravi):
    where = ravi.post(reverse("outreach:new"), CAMPAIGN).url
    campaign = Campaign.objects.get()
    assert (campaign.owner.username, campaign.goal) == ("ravi", 40)
    ravi.post(where + "ret/", CAMPAIGN | {"name": "Ballerup om foråret", "goal": ""})
    campaign.refresh_from_db()
    assert (campaign.name, campaign.goal) == ("Ballerup om foråret", None)
    changed = AuditEntry.objects.get(action="campaign.changed").details["changed"]
    assert changed["name"] == ["Ballerup i marts", "Ballerup om foråret"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "251299-1234"}, "CPR"),
        ({"local_service": "251299-1234"}, "CPR"),
        ({"about": "251299-1234"}, "CPR"),
        ({"ends_on": "2024-02-01"}, "slutter, før den begynder"),
        ({"municipality": "999"}, "999"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_with_a_sentence(ravi, typed, said):
    answer = ravi.post(reverse("outreach:new"), CAMPAIGN | typed)
    assert answer.status_code == 400
    assert said in words(answer)
    assert Campaign.objects.count() == 0


def test_looking_for_companies_puts_none_on_the_list_and_shows_the_unknown_apart(ravi):
    draw()
    where = ravi.post(reverse("outreach:new"), CAMPAIGN).url + "virksomheder/"
    said = words(ravi.get(where, asked()))
    assert "4 virksomheder passer" in said
    assert "1 virksomhed af ukendt størrelse" in said
    assert Candidate.objects.count() == 0
    ravi.post(where, {**asked(), "hvem": "fundet"})
    assert set(Candidate.objects.values_list("company__name", flat=True)) == {
        "Bøg",
        "Cirkel",
        "Dyb",
        "Hav",
    }
    ravi.post(where, {**asked(), "hvem": "ukendt"})
    assert Candidate.objects.filter(company__name="Eg", employees=None).count() == 1


@pytest.mark.parametrize("code", ["25a", "1234567"])
def test_an_industry_that_is_no_code_is_refused(ravi, code):
    where = ravi.post(reverse("outreach:new"), CAMPAIGN).url + "virksomheder/"
    assert "højst seks cifre" in words(ravi.get(where, asked(branche=code)))


def test_a_call_goes_on_to_the_next_and_offers_guidance_when_it_is_agreed(ravi, listed):
    answer = call(ravi, listed["Bøg"], "guidance_agreed", note="Vil gerne i april")
    following = ravi.get(answer.url)
    assert "/vejledninger/ny/?cvr=10000025" in following.content.decode()
    assert "Hav" in words(following)
    made = Approach.objects.get()
    assert (made.cvr, made.municipality, made.employees) == ("10000025", "151", 5)
    assert (made.with_local_service, made.note, made.by.username) == (
        True,
        "Vil gerne i april",
        "ravi",
    )
    assert "/vejledninger/ny/?cvr" not in ravi.get(answer.url).content.decode()


def test_skipping_goes_round_all_who_wait(ravi, listed):
    based(ravi, listed["Cirkel"])
    where = reverse("outreach:call_next", args=[listed["Bøg"].campaign_id])
    met, after = [], ""
    for _ in range(4):
        shown = ravi.get(where, {"efter": after}).context["candidate"]
        met.append(shown.company.name)
        after = shown.pk
    assert met == ["Bøg", "Cirkel", "Hav", "Bøg"]


def test_a_call_without_the_local_service_says_so(ravi, listed):
    url = reverse("outreach:call", args=[listed["Bøg"].pk])
    ravi.post(url, {"outcome": "interested", "contacted_on": DAY})
    assert Approach.objects.get().with_local_service is False


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"note": "Ring til 251299-1234"}, "CPR"),
        ({"outcome": "maybe"}, "maybe"),
        ({"outcome": ""}, "Vælg, hvad der kom ud af opkaldet"),
        ({"contacted_on": "2099-01-01"}, "en dag, der ikke er kommet"),
    ],
)
def test_a_call_that_cannot_be_is_refused_and_keeps_the_note(ravi, listed, typed, said):
    answer = call(ravi, listed["Bøg"], **{"note": "Husk det", **typed})
    assert answer.status_code == 400
    assert said in words(answer)
    assert typed.get("note", "Husk det") in answer.content.decode()
    assert Approach.objects.count() == 0


def test_a_call_in_a_closed_month_asks_why_and_keeps_all_that_was_typed(ravi, listed):
    first, last = date(2024, 3, 1), date(2024, 3, 31)
    Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")
    answer = call(ravi, listed["Bøg"], note="Husk det")
    assert answer.status_code == 400
    assert 'name="reason"' in answer.content.decode()
    assert "Husk det" in words(answer)
    assert call(ravi, listed["Bøg"], note="Husk det", reason="Glemt").status_code == 302
    assert Correction.objects.get().reason == "Glemt"


@pytest.mark.parametrize("name", ["Cirkel", "Dyb"])
def test_a_locked_company_shows_no_contact_and_refuses_a_direct_post(ravi, listed, name):
    candidate, mail = listed[name], f"{name.lower()}@x.dk"
    shown = ravi.get(reverse("outreach:call", args=[candidate.pk])).content.decode()
    assert mail not in shown
    assert 'name="outcome"' not in shown
    refused = call(ravi, candidate)
    assert refused.status_code == 400
    assert mail not in refused.content.decode()
    assert Approach.objects.count() == 0
    assert based(ravi, candidate).status_code == 302
    assert mail in ravi.get(reverse("outreach:call", args=[candidate.pk])).content.decode()
    assert call(ravi, candidate).status_code == 302
    assert Approach.objects.get().basis == ContactBasis.objects.get()


def test_an_open_company_shows_its_contact_at_once(ravi, listed):
    shown = ravi.get(reverse("outreach:call", args=[listed["Bøg"].pk])).content.decode()
    assert "bøg@x.dk" in shown


def test_a_withdrawn_basis_hides_the_contact_again(ravi, listed):
    based(ravi, listed["Cirkel"])
    ravi.post(reverse("outreach:withdraw", args=[ContactBasis.objects.get().pk]))
    shown = ravi.get(reverse("outreach:call", args=[listed["Cirkel"].pk])).content.decode()
    assert "cirkel@x.dk" not in shown
    assert call(ravi, listed["Cirkel"]).status_code == 400


def test_the_page_of_a_campaign_names_no_contacts_at_all(ravi, listed):
    based(ravi, listed["Cirkel"])
    assert "@x.dk" not in ravi.get(page_of(listed["Bøg"])).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_holds_the_rows_on_screen_and_no_contact_of_a_locked_row(ravi, listed, form):
    based(ravi, listed["Cirkel"])
    where = reverse("outreach:download", args=[listed["Bøg"].campaign_id, form])
    rows = read(ravi.get(where), form)
    assert [row[0] for row in rows] == ["Bøg", "Cirkel", "Dyb", "Hav"]
    assert [row[-1] for row in rows] == ["bøg@x.dk", "cirkel@x.dk", "", "hav@x.dk"]
    locked = read(ravi.get(where + "?vis=laast"), form)
    assert [(row[0], row[-3], row[-1]) for row in locked] == [("Dyb", "nej", "")]
    assert AuditEntry.objects.filter(action="campaign.downloaded").count() == 2


def read(answer, form):
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()[1:]
        return [line.split(";") for line in lines]
    sheet = fastexcel.read_excel(io.BytesIO(answer.content).getvalue()).load_sheet(0)
    columns = [column.to_pylist() for column in sheet.to_arrow().columns]
    return [["" if cell is None else cell for cell in row] for row in zip(*columns, strict=True)]


def test_the_list_is_filtered_searched_and_sorted(ravi, listed):
    call(ravi, listed["Bøg"])
    where = page_of(listed["Bøg"])

    def shown(query):
        return [row.company.name for row, _ in ravi.get(where + query).context["lines"]]

    assert shown("") == ["Bøg", "Cirkel", "Dyb", "Hav"]
    assert shown("?vis=laast") == ["Cirkel", "Dyb"]
    assert shown("?vis=kontaktet") == ["Bøg"]
    assert shown("?vis=venter") == ["Hav"]
    assert shown("?q=cir") == ["Cirkel"]
    assert shown("?q=10000041") == ["Dyb"]
    assert shown("?orden=-ansatte") == ["Dyb", "Cirkel", "Hav", "Bøg"]


def test_both_contract_numbers_stand_on_the_campaign_with_its_own_part(ravi, listed):
    call(ravi, listed["Bøg"])
    call(ravi, listed["Hav"])
    said = words(ravi.get(page_of(listed["Bøg"])))
    assert "2 virksomheder fra denne kampagne, ved 2 kontakter" in said
    assert "1 kommune fra denne kampagne, ved 2 kontakter" in said


def test_a_contact_is_corrected_and_taken_out_on_its_own_page(ravi, listed):
    call(ravi, listed["Bøg"])
    made = Approach.objects.get()
    where = reverse("outreach:approach", args=[made.pk])
    assert "5 ansatte" in words(ravi.get(where))
    ravi.post(where, {"outcome": "not_interested", "contacted_on": "2024-03-13"})
    made.refresh_from_db()
    assert (made.outcome, made.contacted_on) == ("not_interested", date(2024, 3, 13))
    ravi.get(where + "fjern/")
    assert Approach.objects.count() == 1
    ravi.post(where + "fjern/")
    assert Approach.objects.count() == 0


def test_all_contacts_are_listed_searched_and_sorted_imported_ones_too(ravi, listed):
    call(ravi, listed["Bøg"])
    Approach.objects.create(cvr="10000084", contacted_on=date(2024, 1, 5), with_local_service=False)
    where = reverse("outreach:approaches")
    assert "Bøg" in words(ravi.get(where))
    found = words(ravi.get(where + "?q=gry"))
    assert "10000084" in found
    assert "10000025" not in found
    assert "10000084" not in words(ravi.get(where + "?udfald=interested"))


def test_pages_ask_a_bounded_number_of_questions(ravi, listed, django_assert_max_num_queries):
    call(ravi, listed["Bøg"])
    ravi.get(page_of(listed["Bøg"]))  # the snapshot is taken
    with django_assert_max_num_queries(22):
        ravi.get(page_of(listed["Bøg"]))
    with django_assert_max_num_queries(16):
        ravi.get(reverse("outreach:approaches"))
    for number in range(12):
        ravi.post(reverse("outreach:new"), CAMPAIGN | {"name": f"Nr. {number}"})
    with django_assert_max_num_queries(8):
        assert ravi.get(reverse("outreach:campaigns")).content.count(b"Nr. ") == 12


def test_whoever_uses_the_desk_may_look_and_only_those_who_record_may_record(signed_in, listed):
    dorte, bent = signed_in("dorte"), signed_in("bent")
    candidate = listed["Bøg"]
    looking = [
        reverse("outreach:campaigns"),
        reverse("outreach:approaches"),
        page_of(candidate),
    ]
    for address in looking:
        assert dorte.get(address).status_code == 200
        assert bent.get(address).status_code == 403
    recording = [
        reverse("outreach:new"),
        page_of(candidate) + "ret/",
        page_of(candidate) + "virksomheder/",
        page_of(candidate) + "ring/",
        page_of(candidate) + "liste.csv",
        reverse("outreach:call", args=[candidate.pk]),
        reverse("outreach:basis", args=[candidate.pk]),
    ]
    ravi = signed_in("ravi")
    for address in recording:
        assert ravi.get(address).status_code == 200
        assert dorte.get(address).status_code == 403


def test_a_direct_post_of_somebody_who_may_not_record_changes_nothing(signed_in, listed):
    dorte = signed_in("dorte")
    assert call(dorte, listed["Bøg"]).status_code == 403
    assert based(dorte, listed["Cirkel"]).status_code == 403
    assert dorte.post(reverse("outreach:remove", args=[listed["Bøg"].pk])).status_code == 403
    assert dorte.post(reverse("outreach:new"), CAMPAIGN).status_code == 403
    assert (Approach.objects.count(), ContactBasis.objects.count()) == (0, 0)
    assert Candidate.objects.count() == 4
