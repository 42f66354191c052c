"""Counting upwards: a refusal does not tell whether there is anything behind the number or key.

Every role asks, by pages and by keys of every purpose, for the first record of each kind and for
one that is not there. Status, body and headers are the same, byte for byte, but for what is of
chance (the request's number, the form's token) and the address that was asked for.
"""

import os
import re
from uuid import UUID

import pytest
from django.test import Client

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.rights import Open, addresses, allows, table
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Scope
from pejl_hub.api.rights import OPERATIONS
from tests.attacks.test_second_person import browser
from tests.web import world
from tests.web.conftest import published as published
from tests.web.test_rights_by_key import NAME, PARTS
from tests.web.test_rights_walk import filled

pytestmark = pytest.mark.django_db
MISSING, NO_KEY = 987_654, UUID("00000000-0000-4000-8000-000000000001")
NUMBERED = re.compile(r"/1(?=/|\.|$)")
CHANCE = re.compile(rb"[A-Za-z0-9]{64}|[0-9a-f]{32}")
# Drawn by the browser's own request, or new at each answer.
OWN_HEADERS = {"X-Request-ID", "Set-Cookie", "Content-Length"}
REFUSED, METHODS = (403, 404), ("GET", "POST")
ALL = os.environ.get("PEJL_WALK") == "all"


@pytest.fixture
def drawn(published):
    make_demo_users()
    world.draw()


def told(answer):
    """All that the answer says, without what is of chance and without the address."""
    asked = answer.request["PATH_INFO"].encode()
    body = CHANCE.sub(b"", b"".join(answer).replace(asked, b""))
    headers = {name: value for name, value in answer.headers.items() if name not in OWN_HEADERS}
    return answer.status_code, body, {k: CHANCE.sub(b"", v.encode()) for k, v in headers.items()}


def elsewhere(path):
    """The same address, of a record that is not there."""
    return NUMBERED.sub(f"/{MISSING}", path.replace(str(world.KEY), str(NO_KEY)))


def counted():
    """The addresses with a number or key in them, of the record that the world has one of."""
    for one in addresses():
        if table()[one.name] is not Open.KEY and (path := filled(one)) != elsewhere(path):
            yield one.name, path


def test_to_no_role_does_a_refused_page_tell_whether_there_is_something(drawn):
    """Each role at every sixth address, reading or writing; at all, both, with PEJL_WALK=all."""
    compared, differ, pages = dict.fromkeys(Role, 0), [], list(counted())
    for turn, user in enumerate(User.objects.filter(is_demo=True).order_by("pk")):
        client = browser(user)
        for place, (name, path) in enumerate(pages):
            if not ALL and (place + turn) % 6:
                continue
            for method in METHODS if ALL else (METHODS[turn // 6 % 2],):
                if allows(table()[name], user, method):
                    continue
                there, gone = (client.generic(method, one) for one in (path, elsewhere(path)))
                compared[user.role] += 1
                if there.status_code != 403 or told(there) != told(gone):
                    differ.append(f"{user.role} {method} {path}")
    assert differ == []
    assert {role for role, many in compared.items() if not many} == {Role.ADMINISTRATOR}


OUTSIDE = (Role.BOARD, Role.KKR_READER, Role.MUNICIPALITY_READER, Role.AUTHORITY_READER)


@pytest.mark.parametrize("role", OUTSIDE)
def test_what_is_not_for_a_reader_is_as_if_it_were_not_there(drawn, role):
    """Pages that the role may open, of a record that is not meant for it."""
    user = User.objects.get(role=role)
    client, differ, compared = browser(user), [], 0
    for name, path in counted():
        if not allows(table()[name], user):
            continue
        there = client.get(path)
        if there.status_code in REFUSED:
            compared += 1
            if told(there) != told(client.get(elsewhere(path))):
                differ.append(path)
    assert differ == []
    assert compared > 2


def test_by_no_key_does_a_refusal_tell_whether_there_is_something(drawn):
    compared, differ = 0, []
    for user in User.objects.filter(is_demo=True):
        for scope in Scope:
            secret = make_key(user=user, name=scope, scopes=[scope], days=1)[1]
            program = Client(headers=NAME | {"authorization": f"Bearer {secret}"})
            for method, route in OPERATIONS:
                path = f"/api/v1{route.format(**PARTS)}"
                if path == elsewhere(path):
                    continue
                there, gone = (
                    program.generic(method, one, "{}", content_type="application/json")
                    for one in (path, elsewhere(path))
                )
                if there.status_code in REFUSED:
                    compared += 1
                    if told(there) != told(gone):
                        differ.append(f"{user.role} {scope} {method} {path}")
    assert differ == []
    assert compared > len(Role) * len(Scope)
