"""Whatever an import or the check of a contract says can be said in Danish: read from the source.

The walk finds every ``phrase("…")``, and every place of these rooms where something is refused or
found, in which nothing but a phrase may stand.
"""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

import pejl
import pejl_hub
from pejl.base.errors import UserError
from pejl.base.phrases import as_data, from_data, phrase
from pejl_hub.core.phrasing import in_words

LIBRARY, HUB = Path(pejl.__file__).parent, Path(pejl_hub.__file__).parent
# The rooms that say nothing in plain English to whoever is refused.
ROOMS = (
    LIBRARY / "contract",
    HUB / "sources",
    HUB / "contracts",
    HUB / "agreements",
    HUB / "drafting",
)
# What is not words: its parts are, each said by a phrase of its own.
COLUMNS = ("text", "yes_no", "day", "code", "whole")  # whose ``needed`` is yes or no
MARKS = {"{words}", "{id}: {message}", "{name}: {message}", "{table}.{column}: {message}"}


def calls(folder: Path, within: str = "") -> Iterator[tuple[str, ast.Call, str]]:
    """Where, the call, and the name of what is called, in the files that hold ``within``."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if within in text else ():
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield f"{path.relative_to(folder.parent)}:{node.lineno}", node, name


@cache
def phrases() -> dict[str, str]:
    """Every template of the source, and where it stands."""
    return {
        node.args[0].value: where
        for folder in (LIBRARY, HUB)
        for where, node, name in calls(folder, "phrase(")
        if name == "phrase" and isinstance(node.args[0], ast.Constant)
    }


def said_at(node: ast.Call, name: str) -> list[ast.expr]:
    """The arguments of a call that somebody is to read."""
    words = [each for each in node.keywords if each.arg in ("given", "needed", "remedy")]
    told = [each.value for each in words] if {each.arg for each in words} >= {"needed"} else []
    if name == "Problem":
        told += node.args[1:3]
    if name == "Rule":
        told += node.args[2:3]
    if name == "Refused" and len(node.args) == 1:
        told += node.args
    return told


def plain_words(folder: Path) -> list[str]:
    """Where something is said in plain English."""
    return [
        f"{where} {ast.unparse(part)}"
        for where, node, name in calls(folder)
        if name not in COLUMNS
        for each in said_at(node, name)
        for part in ast.walk(each)
        if is_text(part) and not inside_phrase(each, part)
    ]


def is_text(part: ast.AST) -> bool:
    """Whether it is words with or without values among them."""
    words = isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value
    return isinstance(part, ast.JoinedStr) or words


def inside_phrase(whole: ast.expr, part: ast.expr) -> bool:
    """Whether the f-string is only what a phrase is filled with."""
    return any(
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "phrase"
        and any(part is inner for inner in ast.walk(node))
        for node in ast.walk(whole)
    )


def names_in(template: str) -> set[str]:
    """The parts that a template asks for."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}
    except ValueError:
        return set()


def test_every_phrase_of_the_source_has_a_danish_translation():
    found = phrases()
    with override("da"):
        lacking = [
            f"{found[one]} {one}" for one in found if one not in MARKS and gettext(one) == one
        ]
    assert len(found) > 200
    assert lacking == []


def test_a_translation_has_the_same_parts():
    with override("da"):
        other = {one: gettext(one) for one in phrases() if names_in(gettext(one)) != names_in(one)}
    assert other == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_nothing_is_refused_or_found_in_plain_english(room):
    assert plain_words(room) == []


def test_the_walk_finds_what_is_said_in_plain_english(tmp_path):
    (tmp_path / "a.py").write_text(
        'UserError(given=f"the file {x}", needed="a file", remedy=phrase("Try {y}.", y=f"{y}"))\n'
    )
    found = [one.split(" ", 1)[1] for one in plain_words(tmp_path)]
    assert found == ["f'the file {x}'", "'the file '", "'a file'"]


def test_a_refusal_is_english_as_text_and_danish_in_danish_with_its_inner_phrases():
    most = phrase("{columns} columns", columns=7)
    refusal = UserError(
        given=phrase("the file {name}, which is not text", name="a.csv"),
        needed=phrase("at most {most}", most=most),
        remedy=phrase("Check the path."),
    )
    english = "Given: the file a.csv, which is not text. Needed: at most 7 columns. Check the path."
    danish = (
        "Givet: filen a.csv, der ikke er tekst. Krævet: højst 7 kolonner. "
        "Se efter, om stien er rigtig."
    )
    assert str(refusal) == english
    assert in_words(refusal, "en") == english
    assert in_words(refusal, "da") == danish
    assert in_words(from_data(as_data(refusal.sentence())), "da") == danish


def test_a_plain_text_and_an_old_row_stay_as_they_were_written():
    assert in_words("the file a.csv", "da") == "the file a.csv"
    assert from_data("the file a.csv") == "the file a.csv"
