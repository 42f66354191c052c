"""Words and numbers in the reader's language."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from pejl_effects.errors import EffectError

LANGUAGES = ("da", "en")
NONE = "–"


@dataclass(frozen=True)
class Words:
    """One language's texts and its way to write numbers."""

    language: str
    texts: dict[str, str]

    def say(self, key: str, **values: Any) -> str:
        """A text with its values put in."""
        return self.texts[key].format(**values)

    def number(self, value: float | None, digits: int = 1) -> str:
        """A number with the language's decimal sign; a dash for what is not shown."""
        if value is None:
            return NONE
        text = f"{value:,.{digits}f}".replace("-", "\N{MINUS SIGN}")
        if self.language == "da":
            text = text.translate(str.maketrans(",.", ".,"))
        return text

    def count(self, value: int | None) -> str:
        """A whole number."""
        return NONE if value is None else self.number(value, 0)

    def points(self, share: float | None, digits: int = 1) -> str:
        """A share as percentage points, without the unit."""
        return NONE if share is None else self.number(100 * share, digits)

    def named(self, kind: str, code: str) -> str:
        """A code's name in the language; the code itself where it has none (an outcome that
        the design named)."""
        return self.texts.get(f"{kind}.{code}", code)


def words(language: str) -> Words:
    """The texts of one language."""
    if language not in LANGUAGES:
        raise EffectError(
            f'the language "{language}"', "one of " + ", ".join(LANGUAGES), "Choose one of them."
        )
    source = resources.files("pejl_effects.report.texts").joinpath(f"{language}.toml")
    return Words(language, tomllib.loads(source.read_text("utf-8")))
