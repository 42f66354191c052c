"""A list of attendees that is taken in again after an erasure does not bring the person back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pejl_hub.accounts.models import Role, User
from pejl_hub.companies.models import Person
from pejl_hub.companies.tombstones import Tombstone
from pejl_hub.events.models import Event, Signup
from pejl_hub.privacy.erasing import erase
from pejl_hub.privacy.subjects import Subject
from pejl_hub.sources.attendees.actions import take_in

pytestmark = pytest.mark.django_db
HEAD = "Navn;E-mail;Virksomhed"
BO, EVA, UNA = "Bo Brun;Bo@Brun.dk;", "Eva Ek;eva@ek.dk;", "Una Ulv;;Ulv ApS"


@pytest.fixture
def alice():
    return User.objects.create_user("alice", role=Role.CONTROLLER)


@pytest.fixture
def taken(alice, tmp_path):
    def take(event, *rows, otherwise="attended"):
        file = tmp_path / "liste.csv"
        file.write_text("\n".join([HEAD, *rows, ""]))
        return take_in(event=event, path=file, otherwise=otherwise, by=alice)

    return take


def event(day="2024-05-18"):
    return Event.objects.create(title="Workshop", held_on=day, form="physical")


def erased(name):
    erase(first=Subject("signup", Signup.objects.get(name=name).pk), reason="Bad om det.", by=None)


def names(held):
    return sorted(held.signups.values_list("name", flat=True))


def test_the_same_list_again_brings_back_those_who_were_not_erased_only(taken):
    workshop = event()
    taken(workshop, BO, EVA)
    erased("Bo Brun")
    again = taken(workshop, BO, EVA, "Ny Nord;ny@nord.dk;")
    assert (again.counts["erased"], again.counts["unchanged"]) == (1, 1)
    assert names(workshop) == ["(slettet)", "Eva Ek", "Ny Nord"]


def test_a_row_that_says_more_of_the_erased_is_left_out_too(taken):
    workshop = event()
    taken(workshop, BO)
    erased("Bo Brun")
    assert taken(workshop, "Bo B. Brun;bo@brun.dk;Brun ApS").counts["erased"] == 1
    assert names(workshop) == ["(slettet)"]


def test_whoever_has_no_address_is_known_by_name_at_the_event_alone(taken):
    workshop, other = event(), event("2024-06-01")
    taken(workshop, UNA)
    erased("Una Ulv")
    assert taken(workshop, UNA).counts["erased"] == 1
    assert taken(workshop, "Una Ulv;una@hav.dk;").counts["erased"] == 0  # a namesake
    assert taken(other, UNA).counts["erased"] == 0


def test_an_address_that_was_erased_comes_back_with_what_is_held_afterwards_only(taken):
    bo = Person.objects.create(name="Bo Brun", email="bo@brun.dk")
    erase(first=Subject("person", bo.pk), reason="Bad om det.", by=None)
    before = event()
    after = event((timezone.localdate() + timedelta(days=9)).isoformat())
    assert taken(before, BO).counts["erased"] == 1
    assert taken(after, BO, otherwise="registered").counts["erased"] == 0
    assert names(after) == ["Bo Brun"]


def test_the_tombstones_hold_no_name(taken):
    taken(event(), BO)
    erased("Bo Brun")
    told = list(Tombstone.objects.values_list("key", "company", "person"))
    assert len(told) == 3  # the address, and the address and the name at the event
    assert all(len(key) == 64 and company is person is None for key, company, person in told)
    assert date.today() >= Tombstone.objects.first().at.date()
