"""Secrets used again, guessed or borrowed: links, keys, and the second of two people."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.api.actions import find_key, make_key, revoke_key
from pejl_hub.api.models import Answered, Key, Scope
from pejl_hub.companies.models import Company
from pejl_hub.guidance.models import Guidance
from tests.command import ROOT

GUIDANCE = {"cvr": "10150809", "held_on": "2024-03-05", "segment": "growth", "municipality": "101"}


@pytest.fixture
def alice(db):
    make_demo_users()
    Company.objects.create(cvr="10150809", name="Ærlig Bager")
    return User.objects.get(username="alice")


def sent(secret, name, **more):
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": name}
    given = GUIDANCE | more
    path = "/api/v1/guidances"
    return Client().post(path, given, content_type="application/json", headers=headers)


def test_a_request_sent_again_is_carried_out_once(alice):
    secret = make_key(user=alice, name="x", scopes=list(Scope), days=1)[1]
    first, again = sent(secret, "one-two-three"), sent(secret, "one-two-three")
    assert first.json() == again.json()
    assert Guidance.objects.count() == 1


def test_the_name_of_another_keys_request_tells_nothing_of_it(alice):
    """Charlie has seen Alice's request name in a log; under his own key it is a name like any."""
    hers = make_key(user=alice, name="x", scopes=list(Scope), days=1)[1]
    his = make_key(user=alice, name="y", scopes=list(Scope), days=1)[1]
    first = sent(hers, "one-two-three")
    assert sent(his, "one-two-three").json()["id"] != first.json()["id"]
    assert Answered.objects.count() == 2
    assert sent(his, "one-two-three", minutes=5).status_code == 422


@pytest.mark.parametrize("end", ["revoked", "expired", "user gone"])
def test_a_key_that_has_ended_opens_nothing(alice, end):
    key, secret = make_key(user=alice, name="x", scopes=list(Scope), days=1)
    assert find_key(secret) == key
    if end == "revoked":
        revoke_key(key=key, by=alice)
    elif end == "expired":
        Key.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        User.objects.filter(pk=alice.pk).update(is_active=False)
    assert find_key(secret) is None
    assert sent(secret, "one-two-three").status_code == 401
    assert not Guidance.objects.exists()


def test_part_of_a_key_is_no_key(alice):
    secret = make_key(user=alice, name="x", scopes=list(Scope), days=1)[1]
    for wrong in (secret[:-1], secret + "a", secret.swapcase(), secret[:12], f" {secret}x", ""):
        assert find_key(wrong) is None


def test_what_opens_a_door_is_made_by_the_secrets_module():
    """`random` can be foretold from what it gave before. To wait a while by it tells nothing."""
    made = re.compile(r"^(?!.*sleep\().*\brandom\.(?:choice|choices|random|rand\w+|getrandbits)\(")
    files = Path(ROOT, "src", "pejl_hub").rglob("*.py")
    guilty = [
        f"{path.name}: {line.strip()}"
        for path in files
        if "demo" not in path.parts
        for line in path.read_text("utf-8").splitlines()
        if made.search(line)
    ]
    assert guilty == []
