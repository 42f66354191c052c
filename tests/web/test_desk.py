"""The desk: one's own day, mended from the page itself, and where each role lands."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pejl_hub.accounts.actions import demo_password, make_demo_users
from pejl_hub.companies.models import Company, Person
from pejl_hub.guidance.models import Guidance

HOME = "/skrivebord/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def no_midnight(monkeypatch):
    """A run that goes on past midnight is still of one day."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


DRAWN = """
client   day  state    adviser    follow_up  recorded_by  seen_in
Anlæg    0    planned  Ravi_Nair  .          ravi         today,latest
Bageri   -1   planned  Ravi_Nair  .          ravi         unclosed,latest
Cykler   -3   held     Ravi_Nair  -1         ravi         follow_ups,latest
Drift    -3   held     Ravi_Nair  1          ravi         latest
Entreri  2    planned  Ravi_Nair  .          ravi         coming,latest
Fiskeri  0    planned  Tove_Riis  -1         tove         .
Gartner  0    held     Ravi_Nair  .          .            .
"""


def lines():
    header, *rows = (line.split() for line in DRAWN.strip().splitlines())
    for row in rows:
        yield {k: None if v == "." else v for k, v in zip(header, row, strict=True)}


@pytest.fixture
def drawn(db):
    for number, line in enumerate(lines()):
        whom = {"person": Person.objects.create(name=line["client"])}
        if number == 1:
            whom = {"company": Company.objects.create(cvr="53648371", name=line["client"])}
        Guidance.objects.create(
            held_on=TODAY + timedelta(days=int(line["day"])), recorded_on=TODAY,
            type="specialised", state=line["state"], segment="growth",
            adviser=line["adviser"].replace("_", " "), recorded_by=line["recorded_by"],
            next_step_on=line["follow_up"] and TODAY + timedelta(days=int(line["follow_up"])),
            **whom,
        )  # fmt: skip


def seen(client):
    desk = client.get(HOME).context["desk"]
    piles = {name: getattr(desk, name).rows for name in vars(desk)}
    found = {line["client"]: [] for line in lines()}
    for name, rows in piles.items():
        for row in rows:
            found[(row.company or row.person).name].append(name)
    return found


def test_everybody_sees_their_own_day(signed_in, drawn):
    expected = {line["client"]: sorted((line["seen_in"] or "").split(",")) for line in lines()}
    found = {name: sorted(piles) or [""] for name, piles in seen(signed_in("ravi")).items()}
    assert found == expected


def test_the_page_asks_the_same_few_questions_however_much_there_is(signed_in, drawn):
    ravi = signed_in("ravi")
    ravi.get(HOME)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ravi.get(HOME)
    Guidance.objects.bulk_create(
        Guidance(
            held_on=TODAY, recorded_on=TODAY, type="specialised", state="planned",
            adviser="Ravi Nair", recorded_by="ravi", person=Person.objects.first(),
        )
        for _ in range(30)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        ravi.get(HOME)
    assert len(many) == len(few) <= 15


def test_a_planned_one_is_closed_and_a_follow_up_done_from_the_desk(signed_in, drawn):
    ravi = signed_in("ravi")
    bakery = Guidance.objects.get(company__name="Bageri")
    told = {"state": "held", "next": HOME}
    assert ravi.post(reverse("guidance:move", args=[bakery.pk]), told).url == HOME
    bikes = Guidance.objects.get(person__name="Cykler")
    assert ravi.post(reverse("guidance:done", args=[bikes.pk]), {"next": HOME}).url == HOME
    found = seen(ravi)
    assert (found["Bageri"], found["Cykler"]) == (["latest"], ["latest"])


@pytest.mark.parametrize(("who", "status"), [("ravi", 200), ("cille", 200), ("bent", 403)])
def test_the_desk_is_for_those_who_use_it(signed_in, drawn, who, status):
    answer = signed_in(who).get(HOME)
    assert answer.status_code == status
    if status == 200:
        assert ("/vejledninger/ny/" in answer.content.decode()) == (who == "ravi")


@pytest.mark.parametrize(
    ("who", "lands"),
    [("ravi", "desk:home"), ("alice", "status:overview"), ("bent", "status:overview")],
)
def test_advisers_land_on_their_desk_and_others_on_the_overview(db, who, lands):
    make_demo_users()
    sent = {"username": who, "password": demo_password()}
    assert Client().post(reverse("accounts:sign_in"), sent).url == reverse(lands)
    asked = {**sent, "next": "/registre/"}
    assert Client().post(reverse("accounts:sign_in"), asked).url == "/registre/"
