"""How a hub's reports look and speak, as data: colours, logo, contact and wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Theme:
    """A hub's house style. Colours are ``#rrggbb``; ``logo`` an SVG or PNG file, or None."""

    name: str
    colour: str = "#0f4c5c"
    accent: str = "#c98a2b"
    font: str = "Libertinus Serif"
    logo: Path | None = None
    logo_alt: str = ""
    contact: tuple[str, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)  # label id -> the hub's own words


PLAIN = Theme("Pejl")
