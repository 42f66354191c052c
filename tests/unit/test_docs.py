"""The documents point to what is there, and name no place that only one machine has."""

import re

import pytest

from tests.command import ROOT

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
SKIPPED = {".venv", "node_modules", "var"}


def pages():
    found = [p for p in ROOT.rglob("*.md") if not SKIPPED & set(p.relative_to(ROOT).parts)]
    return sorted(p.relative_to(ROOT).as_posix() for p in found)


@pytest.mark.parametrize("page", pages())
def test_every_link_of_a_page_leads_somewhere(page):
    file = ROOT / page
    links = LINK.findall(file.read_text(encoding="utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_every_decision_stands_on_the_list_of_decisions():
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    decisions = [p.name for p in folder.glob("0*.md")]
    assert [name for name in decisions if name not in listed] == []


def test_every_recipe_of_the_house_is_explained_or_explains_itself():
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in ("run", "test", "check", "format", "bench"):
        assert re.search(rf"^{name}:", recipes, re.M)
        assert f"`make {name}`" in told
