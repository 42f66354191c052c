"""The registers: guidances, referrals, courses and grants, as lists whose files hold their rows."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pejl_hub.audit.models import AuditEntry
from pejl_hub.companies.models import Company, Person
from pejl_hub.desk.registers.views import REGISTERS
from pejl_hub.guidance.models import Guidance
from pejl_hub.programmes.models import Participation, Programme, Round
from pejl_hub.referrals.models import Referral

DAY = date(2024, 3, 1)


@pytest.fixture
def drawn(db):
    baker = Company.objects.create(cvr="10150817", name="Ærlig Bager")
    diver = Company.objects.create(cvr="10150825", name="Dybt Vand")
    person = Person.objects.create(name="Hemmelig Hansen")
    shared = {"recorded_on": DAY, "type": "specialised", "adviser": "ravi"}
    for company, day in ((baker, 1), (diver, 2), (None, 3)):
        talk = Guidance.objects.create(
            company=company,
            person=None if company else person,
            held_on=date(2024, 3, day),
            state="held" if day == 1 else "planned",
            team="growth",
            municipality="101",
            **shared,
        )
        Referral.objects.create(
            guidance=talk,
            referred_on=date(2024, 3, day),
            recipient="Revision A/S",
            recipient_kind="private",
            state="sent",
        )
    scheme = Programme.objects.create(name="SMV:Digital")
    round_ = Round.objects.create(programme=scheme, name="1", national=True)
    for company, amount in ((baker, 1000), (diver, None)):
        Participation.objects.create(
            company=company,
            round=round_,
            form="grant",
            state="committed",
            stated_on=DAY,
            committed_amount=amount,
        )


def address(register):
    return reverse("registers:show", args=[register])


def rows(client, register, query=""):
    return [row.pk for row in client.get(f"{address(register)}?{query}").context["list"].rows]


def as_csv(client, register, query=""):
    answer = client.get(f"{address(register)}?{query}&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("register", list(REGISTERS))
@pytest.mark.parametrize("query", ["", "q=bager", "orden=company", "orden=-municipality"])
def test_the_file_holds_the_rows_of_the_page(signed_in, drawn, register, query):
    client = signed_in("alice")
    page = client.get(f"{address(register)}?{query}").context["list"]
    shown = [str(row.cells[1].text) for row in page.rows]
    lines = as_csv(client, register, query)
    assert [line["Klient"] or "En person" for line in lines] == shown
    assert shown


@pytest.mark.parametrize("register", list(REGISTERS))
def test_an_adviser_sees_no_names_of_persons_and_finds_none_by_name(signed_in, drawn, register):
    controller, adviser = signed_in("alice"), signed_in("ravi")
    assert "Hemmelig" not in adviser.get(address(register)).content.decode()
    assert rows(adviser, register, "q=hemmelig") == []
    assert "Person" not in as_csv(adviser, register)[0]
    if register != "programdeltagelser":
        assert "Hemmelig" in controller.get(address(register)).content.decode()
        assert len(rows(controller, register, "q=hemmelig")) == 1


@pytest.mark.parametrize("register", list(REGISTERS))
def test_the_board_may_not_open_a_register_and_the_controller_may(signed_in, drawn, register):
    assert signed_in("alice").get(address(register)).status_code == 200
    assert signed_in("bent").get(address(register)).status_code == 403
    assert signed_in("bent").get(f"{address(register)}?format=csv").status_code == 403


def test_a_register_that_there_is_not_is_not_found(signed_in):
    assert signed_in("alice").get(address("nonsense")).status_code == 404


@pytest.mark.parametrize("register", list(REGISTERS))
def test_a_page_asks_as_many_questions_with_many_rows_as_with_few(signed_in, drawn, register):
    client = signed_in("alice")
    model = REGISTERS[register].rows(None).model
    client.get(address(register))
    with CaptureQueriesContext(connection) as few:
        client.get(address(register))
    one = model.objects.first()
    for _ in range(20):
        one.pk = None
        one.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(address(register)).context["list"].rows) >= 22
    assert len(many) == len(few)


def test_amounts_are_numbers_and_a_missing_one_is_not_zero(signed_in, drawn):
    amounts = {line["Klient"]: line["Tilsagn (kr.)"] for line in as_csv(
        signed_in("alice"), "programdeltagelser"
    )}  # fmt: skip
    assert amounts == {"Ærlig Bager": "1000,00", "Dybt Vand": ""}


def test_the_team_lead_gives_many_guidances_an_area_and_an_adviser_may_not(signed_in, drawn):
    chosen = list(Guidance.objects.values_list("pk", flat=True))
    asked = {"handling": "priority_area", "value": "Digitalisering", "valgt": chosen}
    lead, page = signed_in("tove"), address("vejledninger")
    shown = lead.post(page, asked | {"trin": "vis"}).context["changing"]
    before = {f"foer-{line.pk}": line.before for line in shown}
    assert lead.post(page, asked | before | {"trin": "udfoer"}).status_code == 302
    assert set(Guidance.objects.values_list("priority_area", flat=True)) == {"Digitalisering"}
    assert AuditEntry.objects.filter(action="change_guidance").count() == 3
    assert signed_in("ravi").post(page, asked | {"trin": "vis"}).status_code == 403
