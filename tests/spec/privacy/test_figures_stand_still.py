"""Whoever is erased or kept no longer, no figure moves, and what was signed is proved as before."""

import sqlite3
from contextlib import closing

import pytest

from tests.command import SHARED
from tests.spec.conftest import EXPORT

JUNE, DECEMBER = "2024-06-30", "2024-12-31"
PEOPLE = "SELECT id, name FROM companies_person ORDER BY id"
# Two people agree to keep everything for a month.
AGREE = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
import django
django.setup()
from django.utils.timezone import localdate
from pejl_hub.privacy.categories import CATEGORIES
from pejl_hub.privacy.models import RetentionRule, RetentionRun
from pejl_hub.privacy.retention import sha_of_rules
RetentionRule.objects.bulk_create(
    RetentionRule(category=one.key, months=1, who="alice") for one in CATEGORIES
)
RetentionRun.objects.create(
    rules=sha_of_rules(), day=localdate(), state="approved", who="alice", approver="anna"
)
"""

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason=f"no export in {SHARED}")


@pytest.fixture(scope="module")
def hub(known_hub):
    """The known export."""
    return known_hub


def ask(hub, query):
    with closing(sqlite3.connect(hub.data / "pejl.sqlite3")) as opened:
        return opened.execute(query).fetchall()


def erased(hub):
    return sum(name == "(slettet)" for _, name in ask(hub, PEOPLE))


def test_nobody_who_goes_moves_a_figure_or_breaks_a_close(hub):
    close = hub.json("close", "--until", JUNE, "--signed", "Dorte Holm")
    before, people = hub.status(DECEMBER), ask(hub, PEOPLE)
    assert len(people) > 100
    hub.run("privacy", "erase", "person", people[0][0], "--reason", "Bad om det.", "--yes")
    assert erased(hub) == 1
    hub.python(AGREE)
    counts = hub.json("privacy", "retain")["counts"]
    assert erased(hub) == counts["people"] + 1 > 100
    assert hub.status(DECEMBER) == before
    checks = hub.json("verify", close["snapshot"])
    assert [check for check in checks if check["fault"]] == []
    assert hub.json("audit", "verify")["holds"]
