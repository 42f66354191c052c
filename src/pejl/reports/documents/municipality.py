"""The report to one municipality: its own figures, as the contract tells the municipalities.

The contract sets no target for a municipality, so nothing here is judged.
"""

from dataclasses import replace

from pejl.base.errors import UserError
from pejl.reports import charts, place, places, sections, summary, tables
from pejl.reports.document import Block, Document, Note, Section
from pejl.reports.documents.kind import Kind, document
from pejl.reports.making import Making
from pejl.standing.result import Standing


def make(making: Making) -> Document:
    """The municipality that the making is about, beside the whole hub.

    Raises
    ------
    UserError
        When the material does not hold the municipality.
    """
    making = replace(making, audience="municipality")
    code, standing = _standing(making)
    words, name = making.words, making.name_of(code)
    found = sections.present(
        sections.remarks(making, code),
        _own(making, code, standing),
        _who(making, standing),
        _hub(making),
    )
    return document(
        making,
        "municipality",
        found,
        title=words.say("municipality.title", place=name),
        summary=summary.of_place(making, code, standing),
        items=places.placed(making.goals),
    )


def _standing(making: Making) -> tuple[str, Standing]:
    code = making.place
    if code is None or code not in making.material.places:
        known = ", ".join(sorted(making.material.places)) or "none"
        raise UserError(
            given=f"a report to the municipality {code}",
            needed=f"a municipality that was counted ({known})",
            remedy="Name a municipality of the hub's territory.",
        )
    return code, making.material.places[code]


def _own(making: Making, code: str, standing: Standing) -> Section:
    words, name = making.words, making.name_of(code)
    anything = place.has_any(making, standing)
    blocks: list[Block] = [] if anything else [Note(words.say("note.none", place=name))]
    blocks += place.own(making, code, standing)
    for item in making.goals:
        blocks += sections.comments(making, item.goal.id, code)
    blocks += place.months(making, standing) if anything else []
    return Section("egne", words.say("section.place", place=name), blocks)


def _who(making: Making, standing: Standing) -> Section | None:
    if not place.has_any(making, standing):
        return None
    blocks = place.who(making, standing)
    return Section("hvem", making.words.say("section.who"), blocks) if blocks else None


def _hub(making: Making) -> Section:
    """The whole hub's goals with their targets, and the year of the first that has one."""
    words = making.words
    title = words.say("table.hub")
    table = tables.goals(making, making.goals, "erhvervshuset", title)
    drawn = [charts.course(making, item) for item in place.by_breadth(making.goals)]
    chart = next((one for one in drawn if one is not None), None)
    blocks: list[Block] = [table, *([chart] if chart else [])]
    return Section("hele", words.say("section.hub"), blocks)


KIND = Kind("municipality", make, outside=True, placed=True, needs_places=True)
