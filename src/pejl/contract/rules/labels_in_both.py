"""What is shown to people is written in Danish and in English."""

from collections.abc import Iterator
from typing import Any

from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule

LANGUAGES = {"da": "Danish", "en": "English"}


def check(draft: Draft) -> Iterator[Problem]:
    """Each label that lacks a language."""
    yield from _search(draft.document.data, ())


def _search(data: Any, where: Where) -> Iterator[Problem]:
    if isinstance(data, list):
        for position, inner in enumerate(data):
            yield from _search(inner, (*where, position))
    elif isinstance(data, dict):
        if data and set(data) < set(LANGUAGES):
            missing = next(key for key in LANGUAGES if key not in data)
            yield Problem(where, f"{where[-1]} is not written in {LANGUAGES[missing]} ({missing})")
        for key, inner in data.items():
            yield from _search(inner, (*where, key))


RULE = Rule(
    "labels_in_both",
    "Every label, definition, question and reading is written in Danish (da) and English (en).",
    "Add the missing language.",
    check,
)
