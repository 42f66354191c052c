"""Statistics Denmark's ten groups of industries, by which demand and population are compared."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML


@dataclass(frozen=True)
class IndustryGroup:
    """A group: the industry codes whose first two digits lie from ``low`` to ``high``."""

    id: str
    low: int
    high: int
    da: str
    en: str

    @property
    def first(self) -> str:
        """The first code of the group, six digits."""
        return f"{self.low:02d}0000"

    @property
    def last(self) -> str:
        """The last code that the group could have, six digits."""
        return f"{self.high:02d}9999"


@cache
def industry_groups() -> tuple[IndustryGroup, ...]:
    """The ten groups in Statistics Denmark's order."""
    text = Path(__file__).with_name("industry_groups.yaml").read_text(encoding="utf-8")
    return tuple(IndustryGroup(**group) for group in YAML(typ="safe").load(text))
