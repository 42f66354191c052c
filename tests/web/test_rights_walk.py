"""Every address and every operation, by every role and by nobody: the table is what happens."""

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
from pejl_hub.config import urls

pytestmark = pytest.mark.django_db
NOBODY = "nobody"
# What stands in an address where it has a part to fill in, unless the world has a record for it.
FILLED = {"int": 1, "uuid": "6f1f7f0e-0000-4000-8000-000000000000", "slug": "guidance", "str": "a"}
CHOSEN = {"form": "csv", "table": None, "secret": "x" * 22, "edition_id": 1}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")


def filled(address):
    """The address with something in each of its parts."""
    parts = {name: FILLED.get(kind or "", "a") for kind, name in PART.findall(address.route)}
    for name in re.findall(r"\(\?P<(\w+)>", address.route):
        first = re.search(rf"\(\?P<{name}>(\w+)\|", address.route)
        parts[name] = first[1] if first else CHOSEN.get(name, "guidance")
    return reverse(address.name, kwargs=parts)


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
