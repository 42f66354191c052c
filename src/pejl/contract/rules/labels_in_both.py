"""What is shown to people is written in Danish and in English."""

from collections.abc import Iterator
from typing import Any

from pejl.base.phrases import Phrase, phrase
from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule

LANGUAGES = ("da", "en")


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
            yield Problem(where, _missing(str(where[-1]), missing))
        for key, inner in data.items():
            yield from _search(inner, (*where, key))


def _missing(name: str, language: str) -> Phrase:
    if language == "da":
        return phrase("{name} is not written in Danish (da)", name=name)
    return phrase("{name} is not written in English (en)", name=name)


RULE = Rule(
    "labels_in_both",
    "Every label, definition, question and reading is written in Danish (da) and English (en).",
    phrase("Add the missing language."),
    check,
)
