"""The list of users: searched, filtered by role and state, sorted, paged, and taken as a file."""

import csv
import io
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pejl_hub.accounts.models import User

USERS = reverse("accounts:users")
BACKEND = "django.contrib.auth.backends.ModelBackend"
EVERYBODY = ["anna", "bo", "cille", "ditte", "emil"]

# Signs in with a password, with a code beside it, or at the hub's own sign-in.
DRAWN = """
username  name         role                 place  with      open  lost
anna      .            administrator        .      code      yes   no
bo        Bo_Holm      controller           .      password  yes   no
cille     Cille_Friis  municipality_reader  151    hub       yes   no
ditte     Ditte_Holm   adviser              .      password  no    no
emil      Emil_Krag    adviser              .      hub       no    yes
"""


@pytest.fixture
def anna(db):
    header, *lines = (line.split() for line in DRAWN.strip().splitlines())
    for line in lines:
        draw(**dict(zip(header, (None if one == "." else one for one in line), strict=True)))
    client = Client()
    client.force_login(User.objects.get(username="anna"), BACKEND)
    return client


def draw(username, name, role, place, **more):
    first, _, last = (name or "").partition("_")
    user = User(username=username, first_name=first, last_name=last, role=role)
    user.municipality, user.email = place or "", f"{username}@hub.example"
    user.is_active, user.lost_groups = more["open"] == "yes", more["lost"] == "yes"
    if more["with"] == "hub":
        user.set_unusable_password()
    else:
        user.set_password("en lang og rolig sætning")
    user.save()
    if more["with"] == "code":
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def named(client, **asked):
    """The user names on the page, in its order."""
    page = client.get(USERS, asked)
    assert page.status_code == 200
    return [row.name.split()[0] for row in page.context["list"].rows]


def test_everybody_is_there_and_those_who_may_not_sign_in_come_last(anna):
    assert named(anna) == EVERYBODY


@pytest.mark.parametrize(
    ("text", "found"),
    [("holm", ["bo", "ditte"]), ("bo holm", ["bo"]), ("CILLE@hub", ["cille"]), ("emil", ["emil"])],
)
def test_a_user_is_found_by_user_name_name_or_mail(anna, text, found):
    assert named(anna, q=text) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"rolle": "adviser"}, ["ditte", "emil"]),
        ({"tilstand": "aaben"}, ["anna", "bo", "cille"]),
        ({"tilstand": "lukket"}, ["ditte"]),
        ({"tilstand": "gruppe"}, ["emil"]),
        ({"tilstand": "uden-kode"}, ["bo"]),
        ({"tilstand": "lukket", "rolle": "controller"}, []),
    ],
)
def test_the_list_is_narrowed_by_role_and_state(anna, asked, found):
    assert named(anna, **asked) == found


def test_a_list_that_holds_nobody_says_how_to_see_all_again(anna):
    page = anna.get(USERS, {"q": "nobody"}).content.decode()
    assert "?alle=1" in page
    assert "<table" not in page


def test_a_state_that_is_none_shows_nobody_and_says_so(anna):
    page = anna.get(USERS, {"tilstand": "alle-mulige"})
    assert page.context["list"].rows == ()
    assert page.context["list"].problems


@pytest.mark.parametrize(
    ("order", "first_to_last"),
    [
        ("-username", EVERYBODY[::-1]),
        ("name", ["anna", "bo", "cille", "ditte", "emil"]),
        ("way", ["ditte", "bo", "emil", "cille", "anna"]),
        ("state", ["cille", "bo", "anna", "emil", "ditte"]),
        ("-last_login", ["bo", "anna"]),
    ],
)
def test_the_list_is_sorted_by_what_it_shows(anna, order, first_to_last):
    User.objects.filter(username="anna").update(last_login=datetime(2026, 3, 1, tzinfo=UTC))
    User.objects.filter(username="bo").update(last_login=datetime(2026, 3, 2, tzinfo=UTC))
    assert named(anna, orden=order)[: len(first_to_last)] == first_to_last


def test_the_list_pages_and_asks_as_often_for_many_as_for_few(anna):
    few = queries(anna)
    made = (User(username=f"u{n:03}", password="!x", role="board") for n in range(60))
    User.objects.bulk_create(made)
    first, second = named(anna), named(anna, side="2")
    assert (len(first), len(second)) == (50, 15)
    assert sorted(first + second) == sorted(User.objects.values_list("username", flat=True))
    assert queries(anna) == few


def queries(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(USERS).status_code == 200
    return len(asked)


def test_the_file_holds_the_same_users_and_no_more_of_them_than_the_page(anna):
    file = anna.get(USERS, {"tilstand": "aaben", "format": "csv"})
    text = b"".join(file.streaming_content if file.streaming else [file.content]).decode(
        "utf-8-sig"
    )
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert [row[0] for row in rows] == ["anna", "bo", "cille"]
    assert len(header) == 7
    assert rows[2][1:5] == ["Cille Friis", "Kommune", "Ballerup", "husets eget login"]
    assert "hub.example" not in text
    assert not any(user.password in text for user in User.objects.all())


def test_nobody_else_gets_the_file(anna, client):
    client.force_login(User.objects.get(username="bo"), BACKEND)
    assert client.get(USERS, {"format": "csv"}).status_code == 403
    assert anna.get(USERS, {"format": "csv"}).status_code == 200
