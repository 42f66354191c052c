"""Every address and every operation, by every role and by nobody: the table is what happens."""

import os
import re

import pytest
from django.core.checks import run_checks
from django.http import HttpResponseForbidden
from django.test import Client
from django.urls import get_resolver, reverse

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.checks import WANTED
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.rights import Needs, Open, addresses, allows, table
from pejl_hub.api.rights import OPERATIONS
from pejl_hub.api.v1 import api
from pejl_hub.bodies.rooms import ROOMS as body_rooms
from pejl_hub.communication.rooms import ROOMS as publicity_rooms
from pejl_hub.config import urls
from pejl_hub.efforts.rooms import ROOMS as effort_rooms
from tests.web import world

pytestmark = pytest.mark.django_db
NOBODY = "nobody"
# What stands in an address where it has a part to fill in: by address, by room, or for all.
PARTS = {
    "clients:new_fact": {"kind": "stoerrelse"},
    "quality": {"check": "uden-stoerrelse", "register": "vejledning"},
    "interpretations": {"contract": "ehhs-2024", "question": "T1", "form": "csv"},
    "bodies": {"slug": next(iter(body_rooms))},
    "efforts": {"slug": next(iter(effort_rooms))},
    "efforts:begin": {"goal": "special_efforts"},
    "referrals": {"step": "send"},
    "registers": {"register": "vejledninger"},
    "communication": {"slug": next(iter(publicity_rooms))},
    "programmes": {"to": "running"},
    "drafting": {"part": "goals", "key": "guidance"},
    "codes": {"list_name": "team"},
    "publicity_imports": {"source": "meta"},
    "reporting": {"kind": "municipality", "form": "pdf"},
    "wheel": {"contract": "ehhs-2024", "duty": "internal_monthly", "key": "2024-01"},
    "agreements": {"kind": "submitted"},
    "core": {"listing": "reports"},
    "": {"cvr": world.CVR, "key": world.KEY, "form": "csv", "secret": "x" * 22},
}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")


def filled(address):
    """The address of the record that the world has one of."""
    known = PARTS[""] | PARTS.get(address.name.partition(":")[0], {}) | PARTS.get(address.name, {})
    parts = {name: _part(kind, known.get(name)) for kind, name in PART.findall(address.route)}
    for name, first in re.findall(r"\(\?P<(\w+)>(?:(\w+)\|)?", address.route):
        parts[name] = known.get(name) if name in known and not first else first or "guidance"
    if "edition_id" in parts:
        parts["edition_id"] = 1
    return reverse(address.name, kwargs=parts)


def _part(kind, known):
    return world.NUMBER if kind == "int" else known or "guidance"


PAGES = [one for one in addresses() if table().get(one.name) is not Open.KEY]


def test_every_address_has_a_line_and_every_line_an_address():
    served = {one.name for one in addresses()}
    wanted = [WANTED.format(name=name) for name in sorted(served - set(table()))]
    assert wanted == [], "\n" + "\n".join(wanted)
    assert set(table()) - served == set(), "Lines of addresses that are not served: remove them."


def test_the_house_does_not_open_with_an_address_that_has_no_line(settings):
    assert run_checks() == []
    settings.RIGHTS = "tests.web.test_rights_walk.ALL_BUT_THE_GUIDE"
    assert [error.id for error in run_checks()] == ["pejl.E001"]


ALL_BUT_THE_GUIDE = {name: rule for name, rule in table().items() if name != "status:guide"}


def test_an_address_without_a_line_is_open_to_nobody(settings):
    make_demo_users()
    anna = Client()
    anna.force_login(User.objects.get(username="anna"), BACKEND)
    assert anna.get("/hjaelp/").status_code == 200
    settings.RIGHTS = "tests.web.test_rights_walk.ALL_BUT_THE_GUIDE"
    assert anna.get("/hjaelp/").status_code == 403
    assert Client().get("/hjaelp/").status_code in (302, 403)


BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def visitors(db):
    """A client for each role, and one for nobody."""
    make_demo_users()
    found = {NOBODY: (None, Client())}
    for user in User.objects.all():
        client = Client()
        client.force_login(user, BACKEND)
        found[user.role] = (user, client)
    assert set(found) == {NOBODY, *Role.values}
    return found


def refused(answer, user):
    """Whether the answer refuses: 403, or for somebody not signed in the page for signing in."""
    if user is None and answer.status_code == 302:
        return answer["Location"].startswith("/log-ind/")
    return answer.status_code == 403


@pytest.fixture
def plainly(monkeypatch):
    """Refusals without the page that tells of them: four thousand times is a long time."""
    plain = lambda request, exception: HttpResponseForbidden()  # noqa: E731
    monkeypatch.setattr(urls, "handler403", plain, raising=False)


def test_whoever_lacks_the_right_is_refused_at_every_address(visitors, plainly):
    leaks = []
    for role, (user, client) in visitors.items():
        for address in PAGES:
            rule, path = table()[address.name], filled(address)
            for method in ("GET", "POST"):
                allowed = allows(rule, user, method) if user else not isinstance(rule, Needs)
                if allowed:
                    continue
                answer = client.generic(method, path)
                if not refused(answer, user):
                    leaks.append(f"{role} {method} {path} → {answer.status_code}")
    assert leaks == []


def test_every_operation_has_a_line_and_every_line_an_operation():
    described = api.get_openapi_schema()["paths"]
    operations = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in described.items()
        for method in methods
    }
    missing = operations - set(OPERATIONS)
    assert missing == set(), f"Add to pejl_hub/api/rights.py what these ask: {missing}"
    assert set(OPERATIONS) - operations == set(), "Lines of operations that are not there."
    assert get_resolver()  # the schema is that of the addresses served


OUTSIDE = (Role.BOARD, Role.KKR_READER, Role.MUNICIPALITY_READER, Role.AUTHORITY_READER)
# What a role of the house lacks is refused above. Of what it has, the administrator opens what no
# reader from outside has opened; with PEJL_WALK=all each role opens everything it may.
ALL = os.environ.get("PEJL_WALK") == "all"
WALKED = tuple(Role) if ALL else (*OUTSIDE, Role.ADMINISTRATOR)
HOUSE = () if ALL else (Role.ADMINISTRATOR,)
FAULTY = 500  # 503 is an answer: there is no worker here, and that is what is told


def test_whoever_has_the_right_gets_a_page_and_a_municipality_reads_nothing_of_its_neighbour(
    published, visitors
):
    world.draw()
    faults, walked = [], set()
    for role in (*WALKED, NOBODY):
        user, client = visitors[role]
        client.raise_request_exception = False
        for address in PAGES:
            if not _opened(table()[address.name], user) or (role in HOUSE and address in walked):
                continue
            walked.add(address)
            answer = client.get(filled(address))
            told = f"{role} {filled(address)}"
            if answer.status_code == FAULTY or (user and refused(answer, user)):
                faults.append(f"{told} → {answer.status_code}")
            elif role in (Role.MUNICIPALITY_READER, NOBODY) and _tells(answer):
                faults.append(f"{told} tells of another municipality")
    assert faults == []


def _opened(rule, user):
    """Whether the address is opened: by the role, or to everybody."""
    return allows(rule, user) if user else rule in (Open.ANYONE, Open.LINK)


def _tells(answer):
    """Whether the page or file holds the mark that every text of the neighbour carries."""
    return world.MARK.encode() in b"".join(answer)


def test_a_form_sent_empty_is_answered_and_never_a_fault(year, visitors, settings, tmp_path):
    """As the administrator, who may send every form; what a form removes is gone for the next."""
    settings.DATA = tmp_path
    world.draw()
    _, anna = visitors[Role.ADMINISTRATOR]
    anna.raise_request_exception = False
    faults = []
    for address in PAGES:
        if address.name in ENDS_THE_VISIT:
            continue
        answer = anna.post(filled(address))
        if answer.status_code == FAULTY:
            faults.append(f"POST {filled(address)}")
    assert faults == []


ENDS_THE_VISIT = {"accounts:sign_out", "accounts:sign_in", "accounts:end"}
