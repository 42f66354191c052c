"""The list of events: found, sorted, saved as any list, and as files of the rows on screen."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from pejl_hub.companies.models import Company
from pejl_hub.events.models import Attendance, Event, Signup
from pejl_hub.programmes.models import Programme, Round

# days from today, title, place, municipality, programme, cancelled
DRAWN = """
 2    Eksport     Havnen   101  national  no
 0    Netværk     Havnen   147  .         no
 -1   Ejerskifte  Torvet   .    local     no
 -30  Morgenmøde  .        101  .         yes
"""
FOUND = """
                       Eksport Netværk Ejerskifte Morgenmøde
?hvornaar=kommende     Eksport Netværk
?hvornaar=afholdte     Ejerskifte Morgenmøde
?program=nationale     Eksport
?program=uden          Netværk Morgenmøde
?kommune=ukendt        Ejerskifte
?q=havn                Eksport Netværk
?orden=title           Ejerskifte Eksport Morgenmøde Netværk
?orden=-seated         Netværk Morgenmøde Ejerskifte Eksport
"""


@pytest.fixture
def events(db):
    today, rounds = timezone.localdate(), {}
    for name in ("national", "local"):
        programme = Programme.objects.create(name=name)
        rounds[name] = Round.objects.create(
            programme=programme, name="1", national=name == "national"
        )
    for line in DRAWN.strip().splitlines():
        days, title, place, municipality, programme, cancelled = (
            None if cell == "." else cell for cell in line.split()
        )
        Event.objects.create(
            title=title, place=place, municipality=municipality, round=rounds.get(programme),
            held_on=today + timedelta(days=int(days)),
            cancelled_at=timezone.now() if cancelled == "yes" else None,
            cancelled_because="Sygdom" if cancelled == "yes" else None,
        )  # fmt: skip
    network = Event.objects.get(title="Netværk")
    for number, state in enumerate(("registered", "registered", "waiting")):
        Signup.objects.create(
            event=network, name=f"G{number}", state=state, origin="list", code=f"C{number}",
            nonce="n", cancel_hash=str(number),
        )  # fmt: skip
    company = Company.objects.create(cvr="10000009", name="Anker")
    Attendance.objects.create(event=network, company=company, state="attended")
    return network


def read(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("line", FOUND.strip("\n").splitlines())
def test_an_event_is_found_by_what_is_asked_and_stands_in_the_order_asked(signed_in, events, line):
    asked, titles = line[:23].strip(), line[23:].split()
    answer = signed_in("ravi").get(f"/arrangementer/{asked}")
    assert [strip_tags(row.cells[1].text) for row in answer.context["list"].rows] == titles


def test_the_file_holds_the_rows_on_screen_and_their_numbers(signed_in, events):
    answer = signed_in("ravi").get("/arrangementer/?hvornaar=kommende&orden=held_on&format=csv")
    heads, network, export = read(answer)
    told = dict(zip(heads, network, strict=True))
    assert (export[1], told["Arrangement"], told["Tilmeldt"]) == ("Eksport", "Netværk", "2")
    assert (told["På venteliste"], told["Talte deltagelser"], told["Til afklaring"]) == (
        "1",
        "1",
        "2",
    )


def test_those_to_be_settled_are_one_click_away(signed_in, events):
    shown = signed_in("ravi").get("/arrangementer/?hvornaar=kommende").content.decode()
    assert shown.count("?tilstand=afklar#tilmeldte") == 1
    assert f'href="/arrangementer/{events.pk}/?tilstand=afklar#tilmeldte"' in shown


@pytest.mark.parametrize(("who", "makes"), [("ravi", True), ("dorte", False)])
def test_those_who_record_make_events_from_the_list(signed_in, events, who, makes):
    shown = signed_in(who).get("/arrangementer/").content.decode()
    assert ('href="/arrangementer/nyt/"' in shown) is makes
