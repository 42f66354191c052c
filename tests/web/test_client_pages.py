"""Company, person, search, duplicates: who may, what is shown, and with how many queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.companies.merging import merge
from pejl_hub.companies.models import Company, MergeRecord, NotDuplicates, Person
from pejl_hub.companies.search import find_clients
from pejl_hub.programmes.aid import aid_of
from pejl_hub.programmes.models import Participation, Programme, Round
from tests.unit.companies import drawn

MOST_QUERIES = 30
PAGES = ["/virksomheder/53648371/", "/personer/{person}/", "/soeg/?q=nordvind"]


@pytest.fixture
def hub(db):
    companies = drawn.company(0), drawn.company(1)
    person = drawn.person(0)
    drawn.services(2, company=companies[0])
    drawn.services(1, person=person)
    return *companies, person


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), [("ravi", 200), ("poul", 200), ("bent", 403)])
def test_those_who_use_the_desk_see_clients(signed_in, hub, page, who, status):
    assert signed_in(who).get(page.format(person=hub[2].pk)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("tove", 200), ("ravi", 403)])
def test_those_who_merge_see_duplicates(signed_in, hub, who, status):
    assert signed_in(who).get("/dubletter/").status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_when_there_is_more(signed_in, hub, page):
    client = signed_in("alice")
    with CaptureQueriesContext(connection) as few:
        client.get(page.format(person=hub[2].pk))
    drawn.services(25, company=hub[0])
    drawn.services(25, person=hub[2])
    with CaptureQueriesContext(connection) as many:
        client.get(page.format(person=hub[2].pk))
    assert len(few) == len(many) <= MOST_QUERIES


def test_the_timeline_goes_over_all_rooms_a_side_at_a_time(signed_in, hub):
    drawn.services(25, company=hub[0])
    client = signed_in("alice")
    first = client.get("/virksomheder/53648371/").context["timeline"]
    assert (len(first.lines), first.more) == (20, True)
    rooms = set()
    for side in range(1, 6):
        shown = client.get(f"/virksomheder/53648371/?side={side}").context["timeline"]
        rooms |= {line.room for line in shown.lines}
    assert '<a href="/vejledninger/' in client.get("/virksomheder/53648371/").content.decode()
    assert rooms == {"Vejledning", "Arrangement", "Program", "Opsøgende indsats"}


AID = """
 days_ago  state      amount      counts
 0         committed  1119057     yes
 0         paid       1119057.00  yes
 1000      running    1000        yes
 1094      completed  1000        yes
 1097      paid       1000        no
 0         applied    1000        no
 0         refused    1000        no
 0         withdrawn  1000        no
"""


@pytest.mark.parametrize("line", AID.strip().splitlines()[1:])
def test_committed_grants_of_three_rolling_years_count_as_aid(db, line):
    ago, state, amount, counts = line.split()
    company = Company.objects.create(cvr="53648371", name="Nordvind")
    grant(company, state=state, amount=amount, on=date(2026, 11, 25) - timedelta(int(ago)))
    aid = aid_of(company.pk, [], date(2026, 11, 25)).total
    assert aid.dkk == (Decimal(amount) if counts == "yes" else 0)
    assert aid.eur == (aid.dkk / Decimal("7.46038")).quantize(Decimal("0.01"))


STANDINGS = {"1790491.00": "below", "1790492.00": "near", "2238114.00": "near", "2238115": "above"}


@pytest.mark.parametrize("amount", STANDINGS)
def test_the_page_warns_near_and_above_the_ceiling(signed_in, db, amount):
    company = Company.objects.create(cvr="53648371", name="Nordvind")
    grant(company, state="committed", amount=amount, on=timezone.localdate())
    page = signed_in("ravi").get("/virksomheder/53648371/")
    assert page.context["aid"].total.standing == STANDINGS[amount]
    said = page.content.decode()
    assert ("tæt på loftet" in said) == (STANDINGS[amount] == "near")
    assert ("over loftet" in said) == (STANDINGS[amount] == "above")


def grant(company, *, state, amount, on):
    programme, _ = Programme.objects.get_or_create(name="SMV:Digital")
    round_, _ = Round.objects.get_or_create(programme=programme, name="1", national=True)
    return Participation.objects.create(
        company=company, round=round_, form="grant", state=state, stated_on=on,
        committed_amount=Decimal(amount),
    )  # fmt: skip


def test_a_company_is_made_by_hand_and_comes_with_its_facts(signed_in, db):
    client = signed_in("ravi")
    made = client.post("/virksomheder/ny/", {"cvr": "53 64 83 71", "name": "Nordvind"})
    assert made.headers["Location"] == "/virksomheder/53648371/"
    client.post(
        "/virksomheder/53648371/oplysning/ansatte/", {"employees": 7, "from_date": "2024-05-01"}
    )
    client.post(
        "/virksomheder/53648371/kontakt/", {"name": "Eva", "email": "e@n.dk", "language": "da"}
    )
    page = client.get("/virksomheder/53648371/").content.decode()
    assert "<strong>7</strong>" in page
    assert "tastet her" in page
    assert "e@n.dk" in page


@pytest.mark.parametrize(
    "sent", [{"cvr": "53648372", "name": "A"}, {"cvr": "53648371", "name": "251299-1234"}]
)
def test_a_number_that_does_not_check_and_a_cpr_number_are_refused(signed_in, db, sent):
    assert signed_in("ravi").post("/virksomheder/ny/", sent).status_code == 400
    assert not Company.objects.exists()


def test_a_person_is_linked_and_unlinked_on_their_page(signed_in, hub):
    client, page = signed_in("ravi"), f"/personer/{hub[2].pk}/virksomhed/"
    assert client.post(page, {"cvr": "DK 53648371"}).status_code == 302
    assert Person.objects.get().later_company == hub[0]
    assert "Emma Dahl" in client.get("/virksomheder/53648371/").content.decode()
    assert client.post(page).status_code == 302
    assert Person.objects.get().later_company is None


def test_suspects_are_shown_with_their_evidence_and_stay_dismissed(signed_in, hub):
    client = signed_in("tove")
    shown = client.get("/dubletter/").content.decode()
    assert "samme e-mailadresse" in shown
    assert "næsten samme navn" in shown
    keys = {"gone": f"company-{hub[1].pk}", "kept": f"company-{hub[0].pk}"}
    client.post("/dubletter/afvis/", keys)
    assert NotDuplicates.objects.count() == 1
    assert "Ingen formodede" in client.get("/dubletter/").content.decode()


def test_two_are_merged_after_a_preview_and_split_again(signed_in, hub):
    client = signed_in("tove")
    keys = {"gone": f"company-{hub[1].pk}", "kept": f"company-{hub[0].pk}"}
    seen = client.get("/dubletter/flet/", keys)
    assert {str(name): count for name, count in seen.context["moved"]}["kontaktperson"] == 2
    assert client.post("/dubletter/flet/", keys).status_code == 400
    assert Company.objects.count() == 2
    assert client.post("/dubletter/flet/", keys | {"why": "samme"}).status_code == 302
    assert Company.objects.count() == 1
    record = MergeRecord.objects.get()
    assert client.post(f"/dubletter/{record.pk}/fortryd/").status_code == 302
    assert Company.objects.count() == 2


def test_search_finds_every_kind_and_press_only_for_those_who_record_it(signed_in, hub):
    shown = signed_in("ravi").get("/soeg/?q=morgen").content.decode()
    assert "Morgenmøde" in shown
    assert "Nordvind 0" in signed_in("ravi").get("/soeg/?q=53 64 83 71").content.decode()
    assert "SMV:Digital" in signed_in("ravi").get("/soeg/?q=smv").content.decode()


def test_the_address_of_a_company_that_was_merged_away_leads_to_the_one_kept(signed_in, hub):
    kept, gone, _ = hub
    merge(gone=gone, kept=kept, why="dublet", by=User.objects.get(username="tove"))
    answer = signed_in("ravi").get(f"/virksomheder/{gone.cvr}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/virksomheder/{kept.cvr}/")
    assert [found.pk for found in find_clients(gone.cvr)] == [kept.pk]
    assert signed_in("ravi").get("/virksomheder/10000025/").status_code == 404


@pytest.mark.parametrize(("who", "fetches"), [("ravi", True), ("poul", False)])
def test_those_who_write_fetch_the_company_from_the_register_and_come_back(
    signed_in, hub, who, fetches
):
    page = f"/virksomheder/{hub[0].cvr}/"
    shown = signed_in(who).get(page).content.decode()
    back = f'<input type="hidden" name="next" value="{page}">'
    assert (back in shown and 'action="/indlaes/cvr/hent/"' in shown) is fetches
