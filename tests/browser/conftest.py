"""One browser, one served hub over the drawn year, and a visitor who notices every fault."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pejl_hub.accounts.actions import demo_password, make_demo_users
from pejl_hub.codes.models import Code
from pejl_hub.codes.starting import make_starting_codes
from tests.chromium import CHROMIUM
from tests.web.conftest import many as many
from tests.web.conftest import publication as publication
from tests.web.conftest import publishing as publishing
from tests.web.conftest import snapshot as snapshot
from tests.web.conftest import year as year

WIDE, NARROW = 1280, 390


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests cannot run; they say so."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs chromium")
            )


@dataclass
class Visitor:
    """Somebody at a browser. ``faults`` are messages of the console: errors, broken rules."""

    page: Page
    server: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open an address of the hub and wait until the page has come to rest."""
        self.page.goto(self.server + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def sign_in(self, username: str = "alice") -> None:
        """Sign in as a user of the demo."""
        self.go("/log-ind/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", demo_password())
        self.page.click(".sign-in-form button")
        self.page.wait_for_url(lambda url: "log-ind" not in url)
        self.page.wait_for_load_state("networkidle")

    def barriers(self) -> str:
        """What axe finds on the page; nothing when all may use it.

        A click returns when the next page has begun, and that may still be without an element.
        """
        self.page.wait_for_load_state("load")
        self.page.wait_for_load_state("networkidle")
        found = Axe().run(self.page)
        return "" if found.violations_count == 0 else found.generate_report()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))


def without_faults(visitor: Visitor, *, refused: bool = False) -> None:
    """Nothing is wrong with the page: axe, the console and the width say so.

    A refused form answers 400, which the console notes; then nothing else may be there.
    """
    assert visitor.barriers() == ""
    assert [each for each in visitor.faults if not (refused and "400" in each)] == []
    assert visitor.overflow() == 0
    visitor.faults.clear()


@pytest.fixture
def visit(live_server: object, chromium: Browser, year: object) -> Iterator[Callable[..., Visitor]]:
    """Opens a window on the served hub, where the demo's users may sign in."""
    make_demo_users()
    make_starting_codes(Code)  # a browser test before this one emptied the tables
    contexts = []

    def open_window(width: int = WIDE, *, scripts: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="da-DK"
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), str(live_server))
        visitor.page.on("console", lambda m: visitor.faults.append(m.text) if _bad(m) else None)
        visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
        return visitor

    yield open_window
    for context in contexts:
        context.close()


def _bad(message: object) -> bool:
    return getattr(message, "type", "") in ("error", "warning")
