"""NULs, and digits that are no numbers, in every field of every form, sent past the form itself.

A page reads some fields by itself rather than by a form: the reason of a correction, the number of
a row in a hidden field. ``str.isdigit`` is true for ² too, and ``int`` refuses it, as it does five
thousand digits; PostgreSQL takes a NUL in no text.
"""

import os
import re
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.core.models import SavedView
from pejl_hub.events.models import Signup
from pejl_hub.evidence.models import Effort
from pejl_hub.programmes.models import Programme
from pejl_hub.publishing import opening
from pejl_hub.publishing.models import Edition
from tests.attacks.test_second_person import browser
from tests.web import world
from tests.web.test_rights_by_key import NAME
from tests.web.test_rights_walk import ENDS_THE_VISIT, FAULTY, PAGES, filled

pytestmark = pytest.mark.django_db
ODD = (
    *("\0", "²", "9" * 5_000, "-1", "person:²", "company:" + "9" * 5_000, "9" * 30),
    *("0001-01-01", "9999-12-31", "2024-02-30", "[]", "{}", "../../etc/passwd", "%s%n{0}", "1e400"),
)
FIELD = re.compile(r'name="([\w-]+)"')
# Read by the pages themselves, on lists and beside forms.
KNOWN = (
    *("noegle", "client", "handling", "valgt", "redigering", "fra", "med", "reason", "signed"),
    *("dato", "til", "periode", "aar", "side", "orden", "kommune", "q", "format", "svar", "skridt"),
)
ALL = os.environ.get("PEJL_WALK") == "all"


@pytest.fixture
def anna(year, settings, tmp_path):
    settings.DATA = tmp_path
    make_demo_users()
    world.draw()
    client = browser(User.objects.get(username="anna"))
    client.raise_request_exception = False
    return client


def by_key():
    """A program with a key of anna's, for every purpose."""
    anna = User.objects.get(username="anna")
    secret = make_key(user=anna, name="x", scopes=tuple(Scope), days=1)[1]
    return Client(headers=NAME | {"authorization": f"Bearer {secret}"})


def test_no_form_is_a_fault_for_what_is_sent_in_its_fields(anna):
    """Every fourth page, with one odd thing in each field; all, with each, with PEJL_WALK=all."""
    broken, turn = [], cycle(ODD)
    for place, address in enumerate(PAGES):
        if address.name in ENDS_THE_VISIT or (place % 4 and not ALL):
            continue
        path = filled(address)
        page = b"".join(anna.get(path)).decode(errors="replace")
        names = {*FIELD.findall(page), *KNOWN} - {"csrfmiddlewaretoken"}
        for odd in ODD if ALL else (next(turn),):
            sent = dict.fromkeys(names, odd)
            for answer in (anna.post(path, sent), anna.get(path, sent)):
                if answer.status_code == FAULTY:
                    asked = answer.request["REQUEST_METHOD"]
                    broken.append(f"{asked} {path} {odd[:12]!r} {answer.exc_info[1]!r:.150}")
    assert broken == []


NO_NUMBERS = ("²", "9" * 5_000, "-1", "٣", "")


@pytest.mark.parametrize("odd", NO_NUMBERS, ids=ascii)
def test_digits_that_are_no_number_lead_nowhere(anna, odd):
    """Where a page reads a number by itself; the first two and the last were faults before."""
    compared = anna.get(
        reverse("agreements:compare", args=[ContractVersion.objects.get().pk]), {"med": odd}
    )
    assert compared.status_code == 200
    assert anna.get(reverse("balance:show"), {"orden": odd}).status_code == 200
    programme = Programme.objects.first()
    following = reverse("programmes:new_round", args=[programme.pk])
    assert anna.get(following, {"fra": odd}).status_code == 200
    effort = reverse("efforts:find", args=[Effort.objects.first().pk])
    assert anna.post(effort, {"slags": "arrangement", "noegle": odd}).status_code == 404
    settled = reverse("events:signup", args=[Signup.objects.first().pk])
    assert anna.post(settled, {"client": f"company:{odd}"}).status_code == 404
    assert anna.get(f"/offentliggoerelse/{'9' * 5_000}/tal.csv").status_code == 404


@pytest.mark.parametrize("asked", ["9999-12-31", "nowhere", "status:overview", "//evil.example"])
def test_a_way_back_that_is_no_address_of_the_house_leads_to_the_own_page(anna, asked):
    path = reverse("guidance:withdraw", args=[world.NUMBER])
    answer = anna.post(path, {"next": asked, "why": "Forkert"})
    assert (answer.status_code, answer.url) == (302, f"/vejledninger/{world.NUMBER}/")
    own = User.objects.get(username="anna")
    view = SavedView.objects.create(owner=own, listing="reports", name="x", query="")
    answer = anna.post(reverse("core:delete_view", args=[view.pk]), {"next": asked})
    assert (answer.status_code, answer.url) == (302, "/?alle=1")


def test_a_nul_in_a_reason_is_refused_and_nothing_is_kept(anna):
    close = Close.objects.create(
        first_day=world.DAY.replace(day=1), last_day=world.DAY, snapshot_id="s", signed="Alice"
    )
    path = reverse("governance:reopen", args=[close.pk])
    assert anna.post(path, {"reason": "Importen\0manglede"}).status_code == 400
    assert anna.post(path, {"reason": "Importen manglede"}).status_code == 302
    assert Close.objects.get().reopen_reason == "Importen manglede"
    assert AuditEntry.objects.filter(action="closing.reopening_asked").count() == 1


def test_nor_is_one_taken_by_the_interface(anna):
    program = by_key()
    before = Signup.objects.count()
    for field in ("name", "reason"):
        sent = {"name": "Bo", field: "a\0b"}
        path = f"/api/v1/events/{world.NUMBER}/attendances"
        assert program.post(path, sent, content_type="application/json").status_code == 422
    assert Signup.objects.count() == before


@pytest.mark.parametrize("page", [2**63, 10**30, 0])
def test_no_page_of_the_interface_is_beyond_what_a_database_counts(anna, page):
    program = by_key()
    assert program.get("/api/v1/reports", {"page": 1}).status_code == 200
    assert program.get("/api/v1/reports", {"page": page}).status_code == 422


def test_a_package_whose_contract_has_changed_is_not_there(published):
    opening.open_edition(edition=published, by=None)
    path = reverse("publishing:package", args=[published.pk])
    make_demo_users()
    bent = browser(User.objects.get(username="bent"))
    assert bent.get(path).status_code == 200
    Edition.objects.update(contract_sha256="0" * 64)
    assert bent.get(path).status_code == 404
