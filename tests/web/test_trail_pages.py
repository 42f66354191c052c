"""The audit trail on screen: who sees it, what it tells, the files taken out, and putting back."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from pejl_hub.accounts.models import User
from pejl_hub.audit import chain
from pejl_hub.audit.actions import record
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import Close, Correction
from pejl_hub.communication.models import Press
from pejl_hub.companies.models import Person

LIST = reverse("trail:entries")
DAY = date(2024, 5, 3)


@pytest.fixture
def removed(signed_in):
    """A press article that Alice removed."""
    signed_in("alice")
    press = Press.objects.create(title="Anker vokser", kind="article", published_on=DAY)
    before, number = facts(press), press.pk
    with transaction.atomic():
        press.delete()
        press.pk = number
        write_change(
            by=User.objects.get(username="alice"),
            action="press.removed",
            obj=press,
            days=[DAY],
            before=before,
        )
    return AuditEntry.objects.get(action="press.removed")


def entry(of):
    return reverse("trail:entry", args=[of.pk])


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("dorte", 200), ("bent", 403)])
def test_those_with_the_right_read_it_and_others_do_not(signed_in, removed, who, status):
    client = signed_in(who)
    for address in (LIST, entry(removed)):
        assert client.get(address).status_code == status
    assert client.post(reverse("trail:prove")).status_code == status


def test_an_entry_says_who_did_what_and_what_each_field_held(signed_in, removed):
    page = signed_in("alice").get(entry(removed)).content.decode()
    assert "Fjernet" in page
    assert "Anker vokser" in page
    assert "alice" in page


def test_the_list_is_searched_by_who_what_and_day(signed_in, removed):
    client = signed_in("alice")
    record_of = {"action": "press.removed", "object_type": "communication.press", "q": "alice"}
    for name, value in record_of.items():
        assert client.get(LIST, {name: value}).context["list"].counted == 1
    assert client.get(LIST, {"q": "nobody"}).context["list"].counted == 0


def test_every_file_taken_out_is_an_entry(signed_in, removed):
    client = signed_in("alice")
    answer = client.get(LIST, {"format": "csv", "q": "alice"})
    assert answer.status_code == 200
    taken = AuditEntry.objects.get(action="file.taken_out")
    assert (taken.who, taken.details["address"]) == ("alice", f"{LIST}?format=csv&q=alice")
    assert taken.details["file"].endswith(".csv")
    client.get(LIST)
    assert AuditEntry.objects.filter(action="file.taken_out").count() == 1


def test_names_of_persons_are_hidden_from_those_who_may_not_see_them(signed_in):
    signed_in("alice")
    person = Person.objects.create(name="Emma Dahl")
    with transaction.atomic():
        made = record(
            by=None, action="person.made", obj=person, details={"changed": {"name": [None, "Emma"]}}
        )
    auditor = User.objects.filter(role="auditor").first()
    assert "Emma" in signed_in("alice").get(entry(made)).content.decode()
    assert "Emma" not in signed_in(auditor.username).get(entry(made)).content.decode()


def test_what_was_removed_is_put_back_as_it_was(signed_in, removed):
    client, address = signed_in("alice"), reverse("trail:restore", args=[removed.pk])
    assert client.get(address).status_code == 200
    assert not Press.objects.exists()
    assert client.post(address).status_code == 302
    press = Press.objects.get(pk=removed.object_id)
    assert (press.title, press.published_on) == ("Anker vokser", DAY)
    again = client.post(address)
    assert again.status_code == 400
    assert Press.objects.count() == 1


def test_in_a_closed_month_it_needs_a_reason_and_becomes_a_correction(signed_in, removed):
    close = Close.objects.create(
        first_day=date(2024, 1, 1), last_day=date(2024, 5, 31), snapshot_id="x", signed="Alice"
    )
    client, address = signed_in("alice"), reverse("trail:restore", args=[removed.pk])
    refused = client.post(address)
    assert refused.status_code == 400
    assert refused.context["closed"]
    assert not Press.objects.exists()
    assert client.post(address, {"reason": "Slettet ved en fejl"}).status_code == 302
    assert Correction.objects.get(close=close).reason == "Slettet ved en fejl"


def test_a_director_reads_but_does_not_put_back(signed_in, removed):
    client = signed_in("dorte")
    assert "restore" not in client.get(entry(removed)).content.decode()
    assert client.post(reverse("trail:restore", args=[removed.pk])).status_code == 403


def test_the_page_says_whether_the_chain_holds(signed_in, removed):
    chain.seal()
    client = signed_in("alice")
    good = client.post(reverse("trail:prove"))
    assert good.context["found"].holds
    bad = client.post(reverse("trail:prove"), {"hoved": "f" * 64})
    assert [one.what for one in bad.context["found"].breaks] == ["head"]
