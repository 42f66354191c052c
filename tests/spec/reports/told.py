"""A document as lines that a person can read and compare."""

import re
from collections.abc import Iterator

from pejl.reports.document import (
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Note,
    Paragraph,
    Quote,
    Section,
    State,
    Table,
)

MARKS = {
    State.PENDING: "~",
    State.ESTIMATED: "≈",
    State.WITHHELD: "×",
    State.MISSING: "?",
}
HASH = re.compile(r"[0-9a-f]{64}")


def told(document: Document) -> str:
    """The whole document; hashes, which change with every edit of the contract, are left out."""
    lines = [
        f"{document.title} | {document.subtitle} | {document.hub_name} | {document.kind}",
        "",
        document.summary,
        "",
    ]
    for section in document.sections:
        lines += _section(section, 1)
    lines += [f"definition: {d.term}: {d.text} ({d.clause})" for d in document.definitions]
    lines += [f"source: {source}" for source in document.sources]
    return HASH.sub("<sha256>", "\n".join(lines)).replace("\xa0", " ") + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {section.heading} [{section.id}]"
    for block in section.blocks:
        yield from _block(block)
    yield ""
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _block(block: object) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield text
        case Note(text):
            yield f"! {text}"
        case Bullets(items):
            yield from (f"* {item}" for item in items)
        case Quote(text, source):
            yield f"« {text} » {source}"
        case Facts(facts):
            yield from (f"{fact.name}: {cell(fact.cell)}" for fact in facts)
        case Table():
            yield f"table {block.id}: {block.title}"
            yield "  " + " | ".join(column.label for column in block.columns)
            yield from ("  " + " | ".join(map(cell, row)) for row in block.rows)
            yield from ([f"  note: {block.note}"] if block.note else [])
        case Chart():
            yield f"chart {block.id} ({block.kind}): {block.title}"
            yield f"  alt: {block.alt}"
            yield "  " + " | ".join(block.categories)
            for one in block.series:
                cells = " | ".join("" if c is None else cell(c) for c in one.cells)
                yield f"  {one.label}: {cells}"
            for band in block.bands:
                pairs = zip(band.low, band.high, strict=True)
                ends = (f"{cell(a)}…{cell(b)}" if a and b else "" for a, b in pairs)
                yield f"  {band.label}: {' | '.join(ends)}"


def cell(one: Cell) -> str:
    """The text with a mark for what is no plain figure."""
    return MARKS.get(one.state, "") + one.text
