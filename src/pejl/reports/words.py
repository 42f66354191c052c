"""The words of reports, in Danish and English: one key, one sentence, with places to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pejl.base import wording
from pejl.contract.goal import Text
from pejl.reports.catalogue import TEXTS


@dataclass(frozen=True)
class Words:
    """Says things in a language.

    Examples
    --------
    >>> Words("da").say("until", day=Words("da").day(date(2024, 6, 30))).replace(wording.SPACE, " ")
    'Opgjort til og med 30. juni 2024'
    """

    language: str

    def say(self, key: str, **values: object) -> str:
        """The sentence of the key."""
        return TEXTS[key][self.language].format(**values)

    def of(self, text: Text) -> str:
        """A text of the contract; in Danish where the language is missing."""
        return text.get(self.language) or text["da"]

    def number(self, value: wording.Number, decimals: int = 0) -> str:
        """A number as people write it."""
        return wording.number(value, decimals, self.language)

    def day(self, value: date) -> str:
        """A day in words."""
        return wording.day(value, self.language)

    def month(self, value: str) -> str:
        """A month's name short, as a chart has room for it: ``jan.``, ``maj``."""
        name = wording.month(value, self.language).split(wording.SPACE)[0]
        return name if len(name) <= 4 else f"{name[:3]}{'' if self.language == 'en' else '.'}"

    def long_month(self, value: str) -> str:
        """A month in words, with its year."""
        return wording.month(value, self.language)

    def state(self, value: str) -> str:
        """How an effort goes; a state of the hub's own making is said as it is."""
        return self.say(f"state.{value}") if f"state.{value}" in TEXTS else value

    def listed(self, words: list[str]) -> str:
        """The words as a list in a sentence."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.say('and')} {words[-1]}"

    def labels(self) -> Mapping[str, str]:
        """The words that writers put around what a document says."""
        return {key: said[self.language] for key, said in TEXTS.items() if key.startswith("label.")}
