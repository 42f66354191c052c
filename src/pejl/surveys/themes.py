"""Themes of the free text by counting words: whoever reads the list sees why a text was counted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pejl.surveys.rules import Theme


@dataclass(frozen=True)
class Found:
    """A theme in a text, and the first of its words that was found there."""

    theme: Theme
    word: str


def themes_in(text: str, themes: Sequence[Theme]) -> list[Found]:
    """Each theme that the text holds a word of, in the order of the list.

    Examples
    --------
    >>> waiting = Theme("waiting", {"en": "Waiting"}, ["vent*"])
    >>> [found.word for found in themes_in("Lang VENTETID, men god hjælp", [waiting])]
    ['ventetid']
    >>> themes_in("Et event i klubben", [waiting])
    []
    """
    lowered = text.lower()
    matches = [(theme, _first(lowered, theme.words)) for theme in themes]
    return [Found(theme, word) for theme, word in matches if word]


def count(texts: Iterable[str], themes: Sequence[Theme]) -> dict[str, int]:
    """In how many texts each theme was found, by the theme's id, zeros included."""
    counts = {theme.id: 0 for theme in themes}
    for text in texts:
        for found in themes_in(text, themes):
            counts[found.theme.id] += 1
    return counts


def _first(text: str, words: Sequence[str]) -> str | None:
    hits = (re.search(_pattern(word), text) for word in words)
    return next((hit.group() for hit in hits if hit), None)


def _pattern(word: str) -> str:
    stem = re.escape(word.lower().removesuffix("*"))
    return rf"(?<!\w){stem}\w*" if word.endswith("*") else rf"(?<!\w){stem}(?!\w)"
