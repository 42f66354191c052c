"""Saved views: kept, shared, begun with, renamed and deleted; never somebody else's."""

import pytest
from django.urls import reverse

from pejl_hub.accounts.models import User
from pejl_hub.core.models import SavedView
from tests.web.listed import talks as talks

pytestmark = pytest.mark.urls("tests.web.listed")
SAVE = reverse("core:save_view", args=["talks"])
ALICE, BOB = "controller", "adviser"


@pytest.fixture
def who(signed_in):
    return lambda role: signed_in(User.objects.get(role=role).username)


def save(client, **given):
    asked = {"name": "Held", "query": "?state=held&orden=company&side=3&format=csv&visning=9"}
    return client.post(SAVE, asked | {"next": "/talks/"} | given)


def names(client, query=""):
    return [view.name for view in client.get(f"/talks/{query}").context["views"]]


def test_filters_and_order_are_kept_and_page_and_file_are_not(signed_in, who, talks):
    answer = save(who(ALICE))
    view = SavedView.objects.get()
    assert view.query == "state=held&orden=company"
    assert answer.url == f"/talks/?state=held&orden=company&visning={view.pk}"
    page = who(ALICE).get(answer.url).context
    assert [(one.name, one.current) for one in page["views"]] == [("Held", True)]
    assert page["list"].sort == "company"


@pytest.mark.parametrize(("shared", "seen"), [("", []), ("on", ["Held"])])
def test_a_colleague_sees_a_view_when_it_is_shared_and_else_not(who, talks, shared, seen):
    save(who(ALICE), shared=shared)
    assert names(who(BOB)) == seen
    assert names(who(ALICE)) == ["Held"]


def test_the_list_opens_with_the_default_view_and_all_rows_stay_within_reach(who, talks):
    save(who(ALICE), is_default="on")
    first = SavedView.objects.get()
    assert who(ALICE).get("/talks/").url.endswith(f"visning={first.pk}")
    assert who(ALICE).get("/talks/?alle=1").status_code == 200
    save(who(ALICE), name="Planned", query="state=planned", is_default="on")
    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == [
        "Planned"
    ]


def test_a_shared_default_begins_only_its_owners_list(who, talks):
    save(who(ALICE), is_default="on", shared="on")
    assert who(BOB).get("/talks/").status_code == 200


def test_the_owner_renames_and_deletes_a_view_and_a_colleague_does_neither(who, talks):
    save(who(ALICE), shared="on")
    view = SavedView.objects.get()
    change, delete = (reverse(f"core:{way}_view", args=[view.pk]) for way in ("change", "delete"))
    assert who(BOB).post(change, {"name": "Mine"}).status_code == 404
    assert who(BOB).post(delete).status_code == 404
    assert who(ALICE).post(change, {"name": "Done", "next": "/talks/"}).status_code == 302
    assert names(who(ALICE)) == ["Done"]
    assert who(ALICE).get(delete).status_code == 200
    assert SavedView.objects.exists()
    assert who(ALICE).post(delete, {"next": "/talks/"}).url == "/talks/?alle=1"
    assert names(who(ALICE)) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"name": ""}, "påkrævet"), ({"name": "251299-1234"}, "CPR"), ({"name": "Held"}, "allerede")],
)
def test_a_name_that_cannot_stand_is_refused_with_a_sentence(who, talks, wrong, said):
    save(who(ALICE))
    answer = save(who(ALICE), **wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_hub(who, talks, to):
    assert save(who(ALICE), next=to).url.startswith("/?")
