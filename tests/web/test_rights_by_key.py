"""Every operation of the programming interface, by a key of every role and for every purpose."""

import pytest
from django.test import Client

from pejl_hub.accounts.access import may
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import Role, User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.api.rights import OPERATIONS
from tests.web import world

pytestmark = pytest.mark.django_db
PARTS = {"goal": "guidance", "number": world.NUMBER, "key": world.KEY, "form": "pdf"}
NAME = {"idempotency-key": "one-two-three"}


@pytest.fixture
def programs(db):
    """By role and purpose, a program with a key for that purpose alone."""
    make_demo_users()
    found = {}
    for user in User.objects.all():
        for scope in Scope:
            secret = make_key(user=user, name=scope, scopes=[scope], days=1)[1]
            found[user, scope] = Client(headers={"authorization": f"Bearer {secret}"} | NAME)
    return found


def allowed(asks, user, scope):
    """What the tables say: the key's purpose and its user's role, neither more than the other."""
    return asks.scope in (None, scope) and all(may(user, action) for action in asks.actions)


def test_neither_key_nor_role_opens_more_than_the_table_says(programs, published):
    wrong, opened = [], 0
    for (method, route), asks in OPERATIONS.items():
        path = f"/api/v1{route.format(**PARTS)}"
        for (user, scope), program in programs.items():
            if asks.scope is None and scope is not Scope.READ_FIGURES:
                continue  # whatever the key is for: one of each role is enough
            answer = program.generic(method, path, "{}", content_type="application/json")
            may_have = allowed(asks, user, scope)
            opened += may_have
            expected = {200, 404, 422} if may_have else {403}
            if answer.status_code not in expected:
                wrong.append(f"{user.role} {scope} {method} {path} → {answer.status_code}")
    assert wrong == []
    assert opened > len(Role)


def test_an_operation_without_a_line_is_open_to_no_key(programs, monkeypatch):
    anna = programs[User.objects.get(username="anna"), Scope.READ_FIGURES]
    assert anna.get("/api/v1/reports").status_code == 200
    monkeypatch.delitem(OPERATIONS, ("GET", "/reports"))
    assert anna.get("/api/v1/reports").status_code == 403


@pytest.mark.parametrize("header", ["", "Bearer x", "Bearer pejl_x", "Basic YTpi"])
def test_without_a_key_every_operation_is_closed(db, header):
    for method, route in OPERATIONS:
        path = f"/api/v1{route.format(**PARTS)}"
        assert Client(headers={"authorization": header}).generic(method, path).status_code == 401
