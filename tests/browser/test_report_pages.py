"""A report as a page: under its own strict policy, for everybody, on a desk and on a phone."""

from datetime import date

import pytest
from benchmarks.synthesis import synthesise

from pejl.contract.load import load
from pejl.disclosure.publish import masks
from pejl.reports.documents import DOCUMENTS
from pejl.reports.gathering import Counting, inside, outside
from pejl.reports.policy import policy
from pejl.reports.theme import PLAIN
from pejl.reports.writers import html
from tests.browser.conftest import NARROW, WIDE, Visitor
from tests.command import ROOT

ADDRESS = "http://rapport.example/"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The longest report, and one with hidden cells."""
    contract = load(ROOT / "contracts/hovedstaden/2024.yaml")
    snapshot = synthesise(tmp_path_factory.mktemp("drawn"), contract, 4000)
    counting = Counting(contract, snapshot, date(2024, 6, 30))
    view = masks(contract, counting.as_of, 3, frozenset())
    known, shown = inside(counting), outside(counting, view, places=["155"])
    return {
        "monthly": html.write(DOCUMENTS["monthly"].build(known), PLAIN),
        "municipality": html.write(DOCUMENTS["municipality"].build(shown, place="155"), PLAIN),
    }


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["monthly", "municipality"])
def test_the_page_keeps_its_policy_has_no_barriers_and_fits(chromium, pages, name, width):
    page = chromium.new_page(viewport={"width": width, "height": 900}, bypass_csp=False)
    visitor = Visitor(page, ADDRESS)
    page.on("console", lambda message: visitor.faults.append(message.text))
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy(pages[name]),
    }
    page.route("**/*", lambda route: route.fulfill(body=pages[name], headers=headers))
    page.goto(ADDRESS)
    faults, overflow = list(visitor.faults), visitor.overflow()
    styled = page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")
    page.close()
    assert faults == []
    assert overflow == 0
    assert styled != "32px", "the page's own style was refused"
    # axe brings a script of its own, which the policy rightly refuses.
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.set_content(pages[name].decode())
    barriers = Visitor(page, ADDRESS).barriers()
    page.close()
    assert barriers == ""
