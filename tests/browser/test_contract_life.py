"""A contract's life in a browser: drafted, edited, adopted, amended with rehearsal, closed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from pejl.contract.load import load
from pejl_hub.agreements import rehearse
from pejl_hub.contracts import queries
from pejl_hub.contracts.scored import scored_files
from tests.browser.conftest import NARROW, WIDE, Visitor

CONTRACTS = Path(__file__).parents[2] / "contracts"
LIFE, ID = "/kontrakten/", "ehhs-2024"
QUOTE = "Erhvervshusene opnår en NPS på mindst 65 i vækstsegmentet."
MINUTES = {"name": "referat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 referat"}
AGREEMENT = {
    "name": "rammeaftale.txt",
    "mimeType": "text/plain",
    "buffer": f"Rammeaftale 2024\n\n{QUOTE}\n".encode(),
}


@pytest.fixture
def hub(settings: Any, tmp_path: Path, year: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A hub whose contract nobody has told of yet; rehearsals count the drawn year."""
    shutil.copytree(CONTRACTS, tmp_path / "contracts")
    settings.CONTRACTS = tmp_path / "contracts" / "hovedstaden"
    settings.DATA = tmp_path / "var"
    settings.DATA.mkdir()
    monkeypatch.setattr(rehearse, "ensure_snapshot", lambda day: year)
    return settings


def usable(visitor: Visitor) -> None:
    """Everybody can use the page, and nothing of it sticks out."""
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.barriers() == "", visitor.page.url
    assert visitor.overflow() == 0, visitor.page.url


def take(visitor: Visitor, step: str, day: str, who: str, *, minutes: bool = False) -> None:
    """Record a step of the newest version, as whoever is signed in."""
    page = visitor.go(LIFE)
    page.click(f".next-steps a[href*='/trin/{step}/']")
    page.fill("#id_day", day)
    page.fill("#id_who", who)
    if minutes:
        page.set_input_files("#id_document", MINUTES)  # type: ignore[arg-type]
    _tick(page, "id_sure")
    usable(visitor)
    page.click("button:has-text('Skriv det ind')")
    page.wait_for_load_state("networkidle")
    assert "/trin/" not in page.url, page.inner_text("main")


def _tick(page: Page, box: str) -> None:
    if page.locator(f"label[for={box}]").count() and page.locator(f"#{box}").count():
        page.locator(f"#{box}").evaluate("box => { if (!box.checked) box.click() }")


def propose(page: Page) -> None:
    """Fill the amendment by which the growth segment's NPS is agreed."""
    page.click("a:has-text('Foreslå et tillæg')")
    page.fill("#id_decided_on", "2024-06-20")
    page.fill("#id_effective_from", "2024-07-01")
    page.fill("#id_decided_by", "KKR Hovedstaden")
    page.set_input_files("#id_document", AGREEMENT)  # type: ignore[arg-type]
    page.fill("#id_heading", "Rammeaftale 2024")
    page.fill("#id_quote", QUOTE)
    for box in page.locator("input[name^=take_]").all():
        if box.get_attribute("id") != "id_take_nps_growth":
            box.evaluate("box => { if (box.checked) box.click() }")
    _tick(page, "id_take_nps_growth")
    page.fill("#id_number_nps_growth", "65")


def test_from_draft_to_amendment_to_closed_year(hub: Any, visit: Callable[..., Visitor]) -> None:
    alice, bent, dorte = visit(WIDE), visit(WIDE), visit(NARROW)
    for visitor, name in ((alice, "alice"), (bent, "bent"), (dorte, "dorte")):
        visitor.sign_in(name)

    bent.go(LIFE)
    usable(bent)
    bent.page.click("button:has-text('Begynd kontraktens liv')")
    bent.page.wait_for_selector(".next-steps")

    page = alice.go(LIFE)
    usable(alice)
    page.click("a:has-text('Redigér det')")
    page.click("text=1-1 vejledninger")
    page.fill("#id_label_da", "1-1 vejledninger i 2024")
    page.click("button[name=look]")
    page.click("button[name=save]")
    page.wait_for_selector("text=Kladden overholder alle regler")
    assert load(scored_files()[0]).goal("guidance").label["da"] == "1-1 vejledninger"

    take(bent, "submitted", "2024-01-05", "Bestyrelsen")
    take(dorte, "adopted", "2024-01-20", "KKR Hovedstaden", minutes=True)
    assert load(scored_files()[0]).goal("guidance").label["da"] == "1-1 vejledninger i 2024"
    take(dorte, "sent_kl", "2024-01-21", "Direktøren")
    take(dorte, "sent_authority", "2024-01-21", "Direktøren")
    take(dorte, "in_force", "2024-01-22", "Direktøren")

    page = alice.go(LIFE)
    propose(page)
    usable(alice)
    page.click("button:has-text('Lav kladden')")
    page.wait_for_url("**/afproev/")
    usable(alice)
    assert "mindst 65" in page.inner_text("main")
    assert load(scored_files()[0]).amendments == ()

    take(bent, "submitted", "2024-06-10", "Bestyrelsen")
    take(dorte, "amended", "2024-06-20", "KKR Hovedstaden", minutes=True)
    (amended,) = load(scored_files()[0]).amendments
    assert str(amended.effective_from) == "2024-07-01"
    page = dorte.go(LIFE)
    usable(dorte)
    page.click(".data a:has-text('2')")
    usable(dorte)
    assert page.locator("ins").count() > 0

    take(dorte, "reported", "2025-02-01", "Direktøren")
    take(dorte, "closed", "2025-03-01", "Direktøren")
    page = alice.go(LIFE)
    assert "Kontrakten er afsluttet" in page.inner_text("main")
    assert page.locator("a:has-text('Foreslå et tillæg')").count() == 0
    kinds = {event.kind for event in queries.events(ID)}
    assert {"drafted", "adopted", "amended", "reported", "closed"} <= kinds
    for visitor in (alice, bent, dorte):
        assert visitor.faults == []
