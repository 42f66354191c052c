"""The report of the year, with every municipality's own figures, as the contract asks for."""

from dataclasses import replace

from pejl.reports import place, sections, summary
from pejl.reports.document import Document, Section
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making


def make(making: Making) -> Document:
    """The whole contract, then each municipality on a page of its own."""
    found = sections.present(
        sections.remarks(making),
        sections.goals(making),
        sections.ahead(making),
        sections.scores(making),
        sections.moved(making),
        sections.efforts(making),
        sections.course(making),
        sections.municipalities(making),
        sections.questions(making),
        _parts(making),
    )
    title = making.words.say("annual.title", year=making.contract.period.start.year)
    return document(making, "annual", found, title=title, summary=summary.of_goals(making))


def _parts(making: Making) -> Section | None:
    """The municipalities by name."""
    codes = sorted(making.material.places, key=making.name_of)
    parts = [place.part(making, code) for code in codes]
    if not parts:
        return None
    # The first stands under the heading, which would have a page to itself otherwise.
    parts[0] = replace(parts[0], own_page=False)
    heading = making.words.say("section.parts")
    return Section("kommunernes", heading, sections=parts, own_page=True)


KIND = Kind("annual", make, outside=True, needs_places=True)
