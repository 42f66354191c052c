"""A kind of report: what it is called, who may read it, and how it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pejl.reports import sections
from pejl.reports.document import Document, Section
from pejl.reports.making import Making
from pejl.reports.material import Material
from pejl.reports.words import Words
from pejl.standing.result import GoalStanding


@dataclass(frozen=True)
class Kind:
    """One kind. ``outside`` leaves the house: it is made of masked material alone.

    ``placed``: one document for each municipality. ``needs_places``: the material must hold the
    municipalities' own standings.
    """

    id: str
    make: Callable[[Making], Document]
    outside: bool = False
    placed: bool = False
    needs_places: bool = False

    def label(self, language: str = "da") -> str:
        """The kind's name for a list to choose from."""
        return Words(language).say(f"kind.{self.id}")

    def build(self, material: Material, *, place: str | None = None) -> Document:
        """The document, in the material's language.

        Raises
        ------
        Unmasked
            When the document leaves the house and the material shows small counts.
        """
        if self.outside and not material.masked:
            raise Unmasked(self.id)
        return self.make(Making(material, Words(material.language), place))


class Unmasked(Exception):
    """A report for readers outside the house was to be made of figures that show small counts."""


def document(
    making: Making,
    kind: str,
    found: Sequence[Section],
    *,
    title: str,
    summary: str,
    subtitle: str | None = None,
    items: Sequence[GoalStanding] | None = None,
) -> Document:
    """A document with what every one of them has: definitions, sources, stamp and labels."""
    words = making.words
    until = words.say("until", day=words.day(making.day))
    return Document(
        kind=kind,
        title=title,
        subtitle=until if subtitle is None else subtitle,
        language=words.language,
        hub_name=making.contract.hub_name,
        as_of=making.day,
        summary=summary,
        sections=list(found),
        stamp=sections.stamp(making),
        definitions=sections.definitions(making, items),
        sources=sections.sources(making),
        place=making.place,
        labels=words.labels(),
    )
