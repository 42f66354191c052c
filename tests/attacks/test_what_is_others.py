"""Reaching for what belongs to others: by number, by another method, by a fragment, by a search.

Seen to succeed on 2026-11-26 with the defences taken away: ``own`` and ``within_municipality`` made
to return every row, ``municipality_for`` whatever is asked, the door (``HoldToRights``) and ``may``
made to let everybody in. Only the calendar and the headers, which nothing reads, did not.
"""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pejl_hub.accounts.models import User
from pejl_hub.accounts.rights import Needs, addresses, allows, table
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Key, Scope
from pejl_hub.companies.models import Company
from pejl_hub.contracts.actions import take_up
from pejl_hub.core.models import SavedView
from pejl_hub.guidance.models import Guidance
from pejl_hub.reporting.models import Order, Report
from pejl_hub.wheel.models import Feed
from tests.web import world
from tests.web.conftest import CONTRACT
from tests.web.conftest import many as many
from tests.web.conftest import publication as publication
from tests.web.conftest import published as published
from tests.web.conftest import publishing as publishing
from tests.web.conftest import signed_in as signed_in
from tests.web.test_rights_walk import filled
from tests.web.test_rights_walk import plainly as plainly

pytestmark = pytest.mark.django_db
MISSING = 987_654
MOMENT = datetime(2024, 7, 1, tzinfo=UTC)
OWN_PLACE, OTHER_PLACE = "151", "101"  # karla reads 151
NUMBERED = re.compile(r"/1(?=/|\.)")
# What differs from answer to answer whatever is asked: the request's number, the form's token.
CHANCE = re.compile(rb"[A-Za-z0-9]{64}|[0-9a-f]{32}")


@pytest.fixture
def alice(signed_in):
    return User.objects.get(username="alice") if signed_in else None


@pytest.fixture
def neighbours_report(signed_in, published):
    """A report on the other municipality, released to its reader."""
    dorte = User.objects.get(username="dorte")
    out = {"decided_at": MOMENT, "decided_by": dorte, "released_at": MOMENT, "released_by": dorte}
    return Report.objects.create(
        order=world.one(Order), kind="municipality", contract_id="ehhs-2024", contract_sha256="0",
        as_of=date(2024, 6, 30), place=OTHER_PLACE, place_name="Nabokommune", language="da",
        state="released", edition=published, who="x", **out,
    )  # fmt: skip


def told(answer):
    """The answer without what is of chance, and without the address that was asked for."""
    asked = answer.request["PATH_INFO"].encode()
    return answer.status_code, CHANCE.sub(b"", answer.content.replace(asked, b""))


# ---- what is somebody's own ----------------------------------------------------------------------


def test_a_colleague_s_saved_view_is_not_there_to_be_read_changed_or_deleted(signed_in, alice):
    view = SavedView.objects.create(owner=alice, listing="reports", name="Alices", query="q=x")
    ravi = signed_in("ravi")
    for name in ("core:change_view", "core:delete_view"):
        for ask in (ravi.get, ravi.post):
            there, gone = (ask(reverse(name, args=[number])) for number in (view.pk, MISSING))
            assert there.status_code == 404
            assert told(there) == told(gone)
    taken = {"name": "Ravis", "owner": User.objects.get(username="ravi").pk, "shared": "on"}
    ravi.post(reverse("core:change_view", args=[view.pk]), taken)
    view.refresh_from_db()
    assert (view.owner, view.name, view.shared) == (alice, "Alices", False)


def test_a_colleague_s_key_is_not_there_to_be_revoked(signed_in, alice):
    key, _secret = make_key(user=alice, name="x", scopes=["read_figures"], days=1)
    ravi = signed_in("ravi")
    for ask in (ravi.get, ravi.post):
        there, gone = (ask(reverse("api:revoke", args=[number])) for number in (key.pk, MISSING))
        assert there.status_code == 404
        assert told(there) == told(gone)
    assert Key.objects.get(pk=key.pk).holds


def test_ending_the_own_calendar_ends_nobody_else_s(signed_in, alice):
    Feed.objects.create(user=alice, sha256="0" * 64)
    signed_in("ravi").post(reverse("wheel:end_feed"), {"user": alice.pk})
    assert Feed.objects.filter(user=alice).exists()


def test_an_adviser_s_desk_shows_no_other_adviser_s_guidances(signed_in):
    day = timezone.localdate() - timedelta(days=3)
    for who in ("Ravi Nair", "En Anden"):
        Guidance.objects.create(
            company=_company(who), held_on=day, recorded_on=day, type="specialised",
            state="planned", adviser=who,
        )  # fmt: skip
    ravi = signed_in("ravi")
    for name in ("desk:home", "reminders:show"):
        page = ravi.get(reverse(name)).content.decode()
        assert "Firma af Ravi Nair" in page
        assert "Firma af En Anden" not in page


def _company(who):
    cvr = "10150809" if who.startswith("Ravi") else "10150817"
    return Company.objects.create(cvr=cvr, name=f"Firma af {who}")


# ---- another municipality ------------------------------------------------------------------------


def test_the_neighbour_s_report_is_not_there(signed_in, neighbours_report):
    karla, bent = signed_in("karla"), signed_in("bent")
    for name, more in (
        ("report", []),
        ("preview", []),
        ("file", ["pdf"]),
    ):
        there, gone = (
            karla.get(reverse(f"reporting:{name}", args=[key, *more]))
            for key in (neighbours_report.key, uuid4())
        )
        assert there.status_code == 404
        assert told(there) == told(gone)
    assert bent.get(reverse("reporting:report", args=[neighbours_report.key])).status_code == 404
    alice = signed_in("alice")
    assert alice.get(reverse("reporting:report", args=[neighbours_report.key])).status_code == 200


@pytest.mark.parametrize("query", ["", "?q=Nabo", "?place=101", "?kommune=101", "?alle=1"])
def test_no_search_or_filter_of_the_reports_finds_the_neighbour_s(
    signed_in, neighbours_report, query
):
    path = reverse("reporting:list")
    assert "Nabokommune" in signed_in("alice").get(f"{path}?alle=1").content.decode()
    for form in ("", "csv", "xlsx"):
        mark = "&" if query else "?"
        answer = signed_in("karla").get(f"{path}{query}{mark}format={form}")
        assert b"Nabokommune" not in b"".join(answer)


def test_by_the_interface_the_neighbour_s_report_is_not_there(neighbours_report):
    _, secret = make_key(
        user=User.objects.get(username="karla"), name="x", scopes=tuple(Scope), days=1
    )
    program = Client(headers={"authorization": f"Bearer {secret}"})
    for query in ("", f"?municipality={OTHER_PLACE}", "?kind=municipality"):
        assert program.get(f"/api/v1/reports{query}").json()["total"] == 0
    there, gone = (
        program.get(f"/api/v1/reports/{key}/files/pdf") for key in (neighbours_report.key, uuid4())
    )
    assert there.status_code == 404
    assert told(there) == told(gone)


def test_no_page_shows_another_municipality_by_its_parameters(published, signed_in):
    karla, asked = signed_in("karla"), 0
    for address in addresses():
        rule = table()[address.name]
        if not isinstance(rule, Needs) or not allows(rule, karla_herself(), "GET"):
            continue
        for parameter in ("kommune", "place"):
            answer = karla.get(filled(address), {parameter: OTHER_PLACE, "dato": "2024-06-30"})
            shown = b"".join(answer).decode(errors="replace")
            asked += 1
            assert answer.status_code != 200 or "Nabokommune" not in shown
            if parameter == "kommune" and address.name in BY_PLACE:
                assert answer.status_code == 403, address.name
    assert asked > 30


BY_PLACE = {"status:overview", "status:goal", "status:chart", "status:contract"}


def karla_herself():
    return User.objects.get(username="karla")


def test_the_edition_s_file_holds_only_the_own_municipality_whatever_is_asked(published, signed_in):
    path = reverse("publishing:file", args=[published.pk, "csv"])
    every = signed_in("bent").get(path).content.decode("utf-8-sig")
    mine = signed_in("karla").get(f"{path}?kommune=101&place=101").content.decode("utf-8-sig")
    assert re.search(r"\b101\b", every)
    assert re.search(r"\b151\b", mine)
    assert not re.search(r"\b(101|147|153)\b", mine)


def test_a_draft_of_the_contract_is_not_there_for_those_outside(signed_in):
    draft = take_up(path=CONTRACT, by=None)
    karla = signed_in("karla")
    for name in ("agreements:compare", "agreements:document"):
        there, gone = (karla.get(reverse(name, args=[pk])) for pk in (draft.pk, MISSING))
        assert there.status_code == 404
        assert told(there) == told(gone)
    page = karla.get(reverse("agreements:life")).content.decode()
    assert reverse("agreements:compare", args=[draft.pk]) not in page
    assert signed_in("bent").get(reverse("agreements:compare", args=[draft.pk])).status_code == 200


# ---- other ways in -------------------------------------------------------------------------------


METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "LIST")


def test_no_other_method_opens_what_is_closed(signed_in, plainly):
    """Each closed address is asked by one of the methods, in turn."""
    karla, user = signed_in("karla"), karla_herself()
    closed = [one for one in addresses() if is_closed_to(user, one)]
    opened = [
        f"{method} {address.name}"
        for address, method in zip(closed, cycle(METHODS), strict=False)
        if karla.generic(method, filled(address)).status_code != 403
    ]
    assert opened == []
    assert len(closed) > len(METHODS)


def is_closed_to(user, address):
    """Whether the user's role lacks what the address asks for."""
    rule = table()[address.name]
    return isinstance(rule, Needs) and not allows(rule, user, "GET")


def test_a_fragment_asked_for_alone_is_as_closed_as_its_page(signed_in, plainly):
    karla, user = signed_in("karla"), karla_herself()
    htmx = {"HX-Request": "true", "HX-Target": "x", "X-Requested-With": "XMLHttpRequest"}
    opened = [
        address.name
        for address in addresses()
        if is_closed_to(user, address)
        and karla.get(filled(address), headers=htmx).status_code != 403
    ]
    assert opened == []


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_header_does_not_make_a_reading_a_writing(signed_in, alice, header):
    view = SavedView.objects.create(owner=alice, listing="reports", name="x", query="")
    path = reverse("core:delete_view", args=[view.pk])
    client = signed_in("alice")
    for method in ("POST", "DELETE"):
        assert client.get(path, headers={header: method}).status_code == 200
        assert client.get(f"{path}?_method={method}").status_code == 200
    assert SavedView.objects.filter(pk=view.pk).exists()
    assert client.post(path).status_code == 302
    assert not SavedView.objects.filter(pk=view.pk).exists()
