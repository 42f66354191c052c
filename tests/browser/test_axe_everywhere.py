"""Every page of the menu at both widths: axe finds nothing, no fault is told, nothing sticks out.

The pages are read from the menu's own table, so that a new page is walked from its first day.
"""

import pytest
from django.urls import reverse

from pejl_hub.accounts.access import may
from pejl_hub.accounts.models import User
from pejl_hub.config.navigation import NAVIGATION
from tests.browser.conftest import NARROW, WIDE
from tests.unit.companies import drawn

ENTRIES = [entry for group in NAVIGATION for entry in group.entries]


def whose():
    """For each user of the demo the entries that nobody before them may open."""
    left, shared = list(ENTRIES), {}
    for user in User.objects.order_by("username"):
        if mine := [entry for entry in left if may(user, entry.action)]:
            shared[user.username] = mine
            left = [entry for entry in left if entry not in mine]
    assert left == []
    return shared


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_the_menu_may_be_used_by_all(visit, width):
    company, person = drawn.company(0, advertising_protected=True), drawn.person(0)
    drawn.services(3, company=company)
    drawn.services(1, person=person)
    found = {}
    for username, entries in whose().items():
        visitor = visit(width)
        visitor.sign_in(username)
        for entry in entries:
            path = reverse(entry.url)
            visitor.go(path)
            faults = [visitor.barriers(), *visitor.faults]
            if visitor.overflow():
                faults.append(f"{visitor.overflow()} pixels too wide")
            visitor.faults.clear()
            if any(faults):
                found[path] = [fault for fault in faults if fault]
    assert found == {}
