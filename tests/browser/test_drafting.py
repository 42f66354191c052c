"""Editing a draft in a browser: look, save, bring back; usable by all at both widths."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pejl_hub.contracts.actions.drafts import take_up
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.drafting.models import Decision
from tests.browser.conftest import NARROW, WIDE, Visitor

CONTRACT = Path(__file__).parents[2] / "contracts" / "hovedstaden" / "2024.yaml"


@pytest.fixture
def draft(db: None, settings: Any, tmp_path: Path) -> ContractVersion:
    settings.DATA = tmp_path
    made = take_up(path=CONTRACT, by=None)
    for key, kind in (("goals.guidance", "target"), ("clauses.K2.2", "clause")):
        Decision.objects.create(version=made, key=key, kind=kind, carried="1500")
    return made


def test_an_edit_is_looked_at_saved_and_brought_back(
    draft: ContractVersion, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(WIDE)
    visitor.sign_in("alice")
    page = visitor.go("/kontraktudkast/")
    page.click("text=ehhs-2024")
    page.click("text=1-1 vejledninger")
    page.fill("#id_target_number_0", "1.600")
    page.click("button[name=look]")
    assert "{value: 1600, clause: K2.1}" in page.inner_text(".draft-lines")
    assert "Tallet står ikke i klausulens ord." in page.inner_text(".draft-looked")
    assert page.input_value("#id_target_number_0") == "1.600"
    page.click("button[name=save]")
    page.wait_for_selector("text=Kladden bryder 2 regler")
    page.click("button:has-text('Hent tilbage')")
    page.wait_for_selector("text=Kladden overholder alle regler.")
    draft.refresh_from_db()
    assert draft.yaml == CONTRACT.read_bytes()
    assert visitor.faults == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everybody_can_use_the_pages_of_a_draft(
    draft: ContractVersion, visit: Callable[..., Visitor], width: int
) -> None:
    visitor = visit(width)
    visitor.sign_in("alice")
    at = f"/kontraktudkast/{draft.pk}/"
    for path in (
        "/kontraktudkast/",
        at,
        f"{at}maal/guidance_5plus/",
        f"{at}klausul/K2.1/?soeg=vejledninger",
        f"{at}opgave/annual_report/",
        f"{at}mindstetal/",
        f"{at}beslutninger/",
        f"{at}fjern/goals/press/",
        f"/kontraktudkast/naeste-aar/{draft.pk}/",
    ):
        visitor.go(path)
        assert visitor.barriers() == "", path
        assert visitor.overflow() == 0, path
    assert visitor.faults == []
