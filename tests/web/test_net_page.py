"""From gross to net on the page: every step adds up, and the merges and links are replayed."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.companies.merging import merge, undo_merge
from pejl_hub.companies.models import Company, Person
from pejl_hub.guidance.models import Guidance
from pejl_hub.status import joined, queries
from tests.unit.companies import drawn
from tests.web.drawn import MID_YEAR

ADDRESS = reverse("status:net")
ASKED = {"dato": MID_YEAR.isoformat()}


def test_the_steps_lead_from_gross_to_net(signed_in, year):
    page = signed_in("alice").get(ADDRESS, ASKED).context["page"]
    found = page.found
    # Held up to 30 June: six specialised with a segment that counts, two orienting.
    assert found.gross == 6 + 2
    assert found.gross - found.nobody - found.again - found.shared == found.net
    # Anker twice, then Bøgely, Cirkel, Dyb, Fjord, Gry and Emma.
    assert found.net == 7
    assert sum(one.first for one in page.services) == found.net
    assert sum(one.records for one in page.services) == found.gross
    assert sum(one.again for one in page.services) == found.again
    assert sum(one.clients for one in page.services) == page.clients_in_all
    assert page.clients_in_all - found.shared == found.net
    assert sum(one.clients for one in page.regions) == found.net
    assert sum(one.spare for one in page.regions) == found.shared
    assert sum(clients for _, clients in page.months) == found.net


def test_the_picture_has_words_and_a_still_for_those_without_scripts(signed_in, year):
    client = signed_in("alice")
    text = client.get(ADDRESS, ASKED).content.decode()
    assert re.search(r'alt="7 klienter efter de ydelser, de fik', text)
    still = client.get(reverse("status:net_chart"), ASKED)
    assert still["Content-Type"] == "image/svg+xml"
    assert b"<svg" in still.content


def test_the_board_may_not_open_it_and_a_controller_may(signed_in, year):
    assert signed_in("bent").get(ADDRESS, ASKED).status_code == 403
    assert signed_in("alice").get(ADDRESS, ASKED).status_code == 200


@pytest.fixture
def tove(signed_in):
    signed_in("tove")
    return User.objects.get(username="tove")


@pytest.fixture
def two(tove):
    companies = drawn.company(0), drawn.company(1)
    for one in companies:
        drawn.services(company=one)
    return companies


def keys():
    """The key of every guidance as it is now."""
    return {
        ("guidance", one.pk): f"C{one.company.cvr}" if one.company else f"P{one.person_id}"
        for one in Guidance.objects.select_related("company")
    }


def replayed(moment=None):
    return queries.replay(keys(), joined.events(moment or timezone.now()))


def test_a_merge_is_replayed_until_it_is_undone(two, tove):
    before = timezone.now()
    record = merge(gone=two[1], kept=two[0], why="Samme virksomhed", by=tove)

    told = replayed()
    assert (told.before, told.net) == (2, 1)
    assert [(step.event.kind, step.took_off) for step in told.steps] == [("merge", 1)]
    assert joined.events(before) == []  # as known before it, they were two

    then = timezone.now()
    undo_merge(record=record, by=tove)
    assert replayed().before == replayed().net == 2
    assert len(joined.events(then)) == 1  # and as known in between, one


def test_a_person_linked_to_a_company_is_replayed(two, tove):
    person = Person.objects.create(name="Emma Dahl")
    drawn.services(person=person)
    Person.objects.filter(pk=person.pk).update(
        later_company=two[0], linked_at=timezone.now(), linked_by="tove"
    )
    now = {
        place: f"C{two[0].cvr}" if key == f"P{person.pk}" else key for place, key in keys().items()
    }
    told = queries.replay(now, joined.events(timezone.now()))
    assert (told.before, told.net) == (3, 2)
    assert Company.objects.count() == 2


def test_names_of_those_joined_are_for_those_who_may_see_names(signed_in, two, tove, year):
    merge(gone=two[1], kept=two[0], why="Samme virksomhed", by=tove)
    client = signed_in("alice")
    assert client.get(ADDRESS, ASKED).context["names"]
    assert not signed_in("ravi").get(ADDRESS, ASKED).context["names"]
