"""Bodies and contacts: terms that run out, appointments, pasted tables, and who may see whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pejl_hub.audit.models import AuditEntry
from pejl_hub.bodies.models import Body, MunicipalContact, Nominator, Seat, Step
from pejl_hub.bodies.queries import overview
from tests.web.test_status_pages import words

TODAY = date(2026, 6, 1)
CPR = "251299-1234"


@pytest.fixture
def board(db):
    return Body.objects.create(name="Bestyrelsen")


@pytest.fixture
def alice(signed_in):
    return signed_in("alice")


def at(name, *args):
    return reverse(f"bodies:{name}", args=args)


def seat(board, place, first, last, member="Ida Opdigtet", **more):
    return Seat.objects.create(
        body=board, place=place, starts_on=first, ends_on=last, member=member, **more
    )


def contact(**values):
    values = {"municipality": "151", "name": "Ida Opdigtet", "since": date(2024, 1, 1)} | values
    return MunicipalContact.objects.create(**values)


def test_a_term_that_ends_soon_is_shown_unless_the_seat_has_a_later_one(board):
    soon, far = TODAY + timedelta(days=100), TODAY + timedelta(days=400)
    seat(board, "Plads 1", date(2022, 1, 1), soon)
    seat(board, "Plads 2", date(2022, 1, 1), soon)
    seat(board, "Plads 2", soon + timedelta(days=1), far)
    seat(board, "Plads 3", date(2022, 1, 1), far, member=None)
    seat(board, "Plads 3", date(2018, 1, 1), date(2021, 12, 31))
    found = overview(board, TODAY)
    assert [one.place for one in found.ending] == ["Plads 1"]
    assert [one.place for one in found.empty] == ["Plads 3"]
    assert [len(found.now), len(found.coming), len(found.former)] == [3, 1, 1]


def test_an_appointment_has_its_steps_with_days_before_the_term(alice, board):
    typed = {"period": "2027–2030", "begins_on": "2027-01-01"}
    assert alice.post(at("begin", board.pk), typed).status_code == 302
    steps = Step.objects.order_by("due_on")
    assert [step.title for step in steps][1] == "Bed organisationerne om indstillinger"
    assert steps[1].due_on == date(2027, 1, 1) - timedelta(days=180)
    assert alice.post(at("begin", board.pk), typed | {"period": CPR}).status_code == 400


def test_a_step_past_its_day_is_said_until_it_is_done(alice, board):
    step = Step.objects.create(body=board, period="2022", title="Spørg", due_on=date(2022, 1, 1))
    assert "Over fristen" in words(alice.get(at("body", board.pk)))
    change = {"period": "2022", "title": "Spørg", "due_on": "2022-01-01", "note": ""}
    there = at("edit", board.pk, "trin", step.pk)
    assert alice.post(there, change | {"done_on": "2999-01-01"}).status_code == 400
    assert alice.post(there, change | {"done_on": "2022-01-03"}).status_code == 302
    assert "Over fristen" not in words(alice.get(at("body", board.pk)))


def test_a_seat_and_who_may_nominate_are_recorded(alice, board):
    typed = {"place": "Erhvervsorganisation", "nominated_by": "Opdigtet Forening", "member": ""}
    days = {"starts_on": "2026-01-01", "ends_on": "2029-12-31"}
    there = at("new", board.pk, "pladser")
    backwards = {"starts_on": "2026-01-01", "ends_on": "2025-12-31"}
    assert alice.post(there, typed | backwards).status_code == 400
    assert alice.post(there, typed | days | {"member": CPR}).status_code == 400
    assert alice.post(there, typed | days).status_code == 302
    assert Seat.objects.get().member is None
    named = {"organisation": "Opdigtet Forening", "decided_on": "2026-01-15", "decided_by": "KKR"}
    alice.post(at("new", board.pk, "indstillere"), named | {"document": "", "until": ""})
    assert Nominator.objects.get().document is None
    assert "Opdigtet Forening besluttet af KKR 15. januar 2026" in words(
        alice.get(at("body", board.pk))
    )


def test_a_pasted_table_is_added_whole_and_once(alice):
    lines = "Ballerup Kommune\tIda Opdigtet\tida@example.dk\t12345678\tChef\n101;Bo Opdigtet"
    typed = {"role": "business", "lines": lines}
    assert alice.post(at("paste"), typed).status_code == 302
    alice.post(at("paste"), typed)
    found = MunicipalContact.objects.values_list("municipality", "name", "email", "title")
    assert list(found) == [
        ("101", "Bo Opdigtet", None, None),
        ("151", "Ida Opdigtet", "ida@example.dk", "Chef"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Aarhus;Ida Opdigtet", "ikke en af Erhvervshusets kommuner"),
        ("Ballerup;Ida;ikke en adresse", "Linje 2"),
        (f"Ballerup;Ida {CPR}", "CPR-numre gemmes aldrig"),
        ("Ballerup;", "Linje 2"),
    ],
)
def test_a_line_that_cannot_be_read_keeps_the_whole_table_out(alice, line, said):
    typed = {"role": "business", "lines": f"Ballerup;Bo Opdigtet\n{line}"}
    answer = alice.post(at("paste"), typed)
    assert answer.status_code == 400
    assert said in words(answer)
    assert not MunicipalContact.objects.exists()


def test_contacts_are_searched_and_those_to_take_out_are_named(alice):
    contact()
    contact(name="Bo Opdigtet", municipality="101", until=date(2020, 1, 1))
    assert "1 kontakt bør tages ud." in words(alice.get(at("contacts")))
    found = words(alice.get(at("contacts"), {"q": "ida"}))
    assert "Ida Opdigtet" in found
    assert "Bo Opdigtet" not in found
    old = words(alice.get(at("contacts"), {"hvornaar": "slettes"}))
    assert "Bo Opdigtet" in old
    assert "Ida Opdigtet" not in old
    assert "28 kommuner har ingen kontakt" in words(alice.get(at("contacts")))


def test_whoever_is_taken_out_is_gone_from_the_log_as_well(alice):
    typed = {"municipality": "151", "name": "Ida Opdigtet", "role": "business", "title": ""}
    more = {"email": "ida@example.dk", "phone": "", "since": "2024-01-01", "until": ""}
    alice.post(at("new_contact"), typed | more)
    one = MunicipalContact.objects.get()
    alice.post(at("edit_contact", one.pk), typed | more | {"phone": "12345678"})
    alice.post(at("remove_contact", one.pk))
    assert not MunicipalContact.objects.exists()
    entries = AuditEntry.objects.filter(object_type="bodies.municipalcontact")
    assert [entry.action.partition(".")[2] for entry in entries] == [
        "removed",
        "changed",
        "created",
    ]
    assert not any("ida" in str(entry.details).casefold() for entry in entries)


@pytest.mark.parametrize(
    ("name", "bodies", "contacts"),
    [
        ("alice", 200, 200),
        ("ravi", 200, 200),
        ("bent", 200, 403),
        ("kaj", 200, 403),
        ("rune", 200, 403),
        ("erna", 403, 403),
        ("karla", 403, 403),
    ],
)
def test_who_sees_the_bodies_and_who_the_contacts(signed_in, board, name, bodies, contacts):
    client = signed_in(name)
    assert client.get(at("bodies")).status_code == bodies
    assert client.get(at("body", board.pk)).status_code == bodies
    assert client.get(at("contacts")).status_code == contacts


def test_who_only_sees_changes_nothing(signed_in, board):
    ravi, one = signed_in("ravi"), contact()
    for there in (
        at("new_body"),
        at("begin", board.pk),
        at("new", board.pk, "pladser"),
        at("new_contact"),
        at("edit_contact", one.pk),
        at("remove_contact", one.pk),
        at("paste"),
    ):
        assert ravi.get(there).status_code == 403, there


def test_a_part_is_not_reached_through_another_body(alice, board):
    other = Body.objects.create(name="Rådet")
    one = seat(other, "Plads 1", TODAY, TODAY + timedelta(days=1))
    assert alice.get(at("edit", board.pk, "pladser", one.pk)).status_code == 404
    assert alice.post(at("remove", board.pk, "pladser", one.pk)).status_code == 404
    assert alice.post(at("remove", other.pk, "pladser", one.pk)).status_code == 302
    assert not Seat.objects.exists()


def test_the_day_of_a_new_contact_is_today(alice):
    page = alice.get(at("new_contact"))
    assert timezone.localdate().isoformat() in page.content.decode()
