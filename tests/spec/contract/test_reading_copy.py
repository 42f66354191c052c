"""The Danish reading copy: one accessible page that carries the file's hash."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pejl.contract.load import load
from pejl.contract.reading import reading_copy
from tests.spec.contract import AMENDED, HERE, HOVEDSTADEN
from tests.spec.contract.test_rules import edited


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def shown(page: Page, path: Path) -> Page:
    page.set_content(reading_copy(load(path)))
    return page


def test_it_carries_the_sha256_of_the_file_and_of_the_source() -> None:
    html = reading_copy(load(HOVEDSTADEN))
    for path in (HOVEDSTADEN, HOVEDSTADEN.parent / "source" / "resultatkontrakt-2024.txt"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in html


def test_it_needs_nothing_from_elsewhere() -> None:
    html = reading_copy(load(HOVEDSTADEN))
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|url\(|@import|<script', html) == []


def test_every_link_leads_to_a_place_on_the_page() -> None:
    for path in (HOVEDSTADEN, AMENDED):
        html = reading_copy(load(path))
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert {link for link in re.findall(r'href="#([^"]+)"', html) if link not in ids} == set()


def test_every_clause_goal_duty_question_and_orphan_is_on_it() -> None:
    contract = load(HOVEDSTADEN)
    html = reading_copy(contract)
    assert all(f'id="kilde-{key}"' in html for key in contract.clauses)
    assert all(f'id="maal-{key}"' in html for key in contract.goals)
    assert all(f'id="fortolkning-{question.id}"' in html for question in contract.interpretations)
    assert all(duty.label["da"] in html for duty in contract.duties)
    assert all(why.replace("'", "&#x27;") in html for why in contract.orphans.values())


@pytest.mark.browser
def test_a_goal_stands_beside_its_quote_and_its_dated_number(page: Page) -> None:
    goal = shown(page, HOVEDSTADEN).locator("#maal-guidance")
    assert "Aftalt fra 1. januar 2024" in goal.inner_text()
    assert "1500 vejledninger af iværksættere" in goal.locator("blockquote").first.inner_text()
    cells = goal.locator("tbody td").all_inner_texts()
    assert cells == ["1. januar 2024", "Aftalt", "mindst 1.500 vejledninger", "K2.1"]


@pytest.mark.browser
def test_a_pending_goal_says_so_in_words_and_looks_different(page: Page) -> None:
    pending = shown(page, HOVEDSTADEN).locator("#maal-nps_growth")
    assert "Afventer rammeaftalen: vises, men bedømmes ikke" in pending.inner_text()
    assert "Forventet" in pending.locator("tbody").inner_text()
    border = "element => getComputedStyle(element).borderTopStyle"
    assert pending.evaluate(border) == "dashed"
    assert page.locator("#maal-guidance").evaluate(border) == "solid"


@pytest.mark.browser
def test_an_amended_goal_shows_both_numbers_under_their_dates(page: Page) -> None:
    rows = shown(page, AMENDED).locator("#maal-nps_growth tbody tr").all_inner_texts()
    assert [row.split("\t") for row in rows] == [
        ["1. januar 2024", "Forventet", "mindst 70 NPS", "K1.4"],
        ["1. juli 2024", "Aftalt", "mindst 65 NPS", "A1"],
    ]


@pytest.mark.browser
@pytest.mark.parametrize("path", [HOVEDSTADEN, AMENDED], ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(
    page: Page, path: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    result = Axe().run(shown(page, path))
    assert result.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_is_escaped_always(tmp_path: Path) -> None:
    path = edited(HERE / "good" / "lille.yaml", tmp_path, ('"Månedlig opgørelse"', '"<b>&"'))
    html = reading_copy(load(path))
    assert "&lt;b&gt;&amp;" in html
    assert "<b>" not in html
