"""Every figure of a masked copy is that of the hub: goals, breakdowns and months behind them."""

import contextlib
import hashlib
import json
import sqlite3

import pytest

from tests.command import SHARED, Hub
from tests.spec.conftest import EXPORT

DAYS = ("2024-12-31", "2024-06-30")

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason=f"no export in {SHARED}")


@pytest.fixture(scope="module")
def hub(known_hub):
    return known_hub


@pytest.fixture(scope="module")
def copy(hub):
    """Its masked copy, made while nothing of the hub's database changes."""
    folder, before = hub.data.parent / "copy", content_hash(hub)
    told = hub.json("privacy", "mask", "--to", folder)
    assert content_hash(hub) == before
    assert told["rows"] > 1_000
    return Hub(folder, {"PEJL_DEMO": "1"}, tables=False)


def content_hash(hub):
    """Of every row and table; the file itself also changes when SQLite empties its log."""
    with contextlib.closing(sqlite3.connect(hub.data / "pejl.sqlite3")) as opened:
        return hashlib.sha256("\n".join(opened.iterdump()).encode()).hexdigest()


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_is_what_it_was(hub, copy, day):
    assert figures(copy.status(day)) == figures(hub.status(day))


def figures(goals):
    """All but texts of who reported what."""
    return {name: json.dumps(goal, sort_keys=True) for name, goal in goals.items()}


def test_the_copy_is_whole_begins_its_own_trail_and_only_the_demos_users_sign_in(copy):
    assert copy.json("audit", "verify")["holds"]
    assert copy.python(LET_IN) == "12 demo users, 0 others, the password opens"


LET_IN = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "pejl_hub.config.settings"
import django; django.setup()
from pejl_hub.accounts.actions import demo_password
from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
users = User.objects.filter(is_active=True)
demo = [user for user in users if user.is_demo]
opens = is_demo() and all(user.check_password(demo_password()) for user in demo)
print(f"{len(demo)} demo users, {len(users) - len(demo)} others, "
      f"the password {'opens' if opens else 'is another'}")
"""
