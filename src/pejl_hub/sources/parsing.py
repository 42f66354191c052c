"""From a line of a sheet to a row of values, or to the reasons why it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from pejl.base.errors import UserError
from pejl.base.phrases import either, phrase
from pejl_hub.sources import reasons
from pejl_hub.sources.cells import Cell
from pejl_hub.sources.kinds import Column, Context, FileKind, Row
from pejl_hub.sources.mapping import FileMapping
from pejl_hub.sources.reading.sheet import Line, Sheet
from pejl_hub.sources.reasons import Reason, Refused


@dataclass(frozen=True)
class _Place:
    """A column in this sheet: where it stands, under which heading, and its reader."""

    column: Column
    index: int
    heading: str
    cell: Cell


class Parser:
    """Reads the lines of one sheet. Raises UserError when a vital heading is missing."""

    def __init__(self, sheet: Sheet, kind: FileKind, context: Context) -> None:
        mapping = context.mapping.files[kind.id]
        _require_headings(sheet, kind, mapping)
        self.kind = kind
        # A row's own number comes first: no other row has it, so it is not worth remembering.
        self.places = sorted(
            _places(sheet, kind, context, mapping), key=lambda place: place.column.name != "id"
        )
        self.heading = {place.column.name: place.heading for place in self.places}
        self.names = [place.column.name for place in self.places]
        self._width = len(sheet.headings)
        self._key = [self.names.index(name) for name in kind.key]
        self._own = self.places[0] if self.names[0] == "id" else None
        rest = self.places[1:] if self._own else self.places
        self._rest = [(place.index, place.cell.memory) for place in rest]

    def parse(self, line: Line) -> Row | list[Reason]:
        """The row, or why there is none."""
        cells = line.cells
        if len(cells) != self._width:
            fitted = self._fit(cells)
            if fitted is None:
                return [Reason(reasons.ROW, reasons.cells(len(cells)), reasons.CELLS)]
            cells = fitted
        try:
            values = [memory[cells[index]] for index, memory in self._rest]
            if self._own:
                values.insert(0, self._own.cell.read(cells[self._own.index]))
        except (KeyError, Refused):
            return self._parse_afresh(line, cells)
        return self._row(line, values)

    def _parse_afresh(self, line: Line, cells: list[str]) -> Row | list[Reason]:
        """Cell by cell, where one is new to us or at fault: most rows need not go this way."""
        values: list[Any] = []
        faults: list[Reason] = []
        for place in self.places:
            cell, memory = cells[place.index], place.cell.memory
            try:
                values.append(memory[cell] if cell in memory else place.cell.remember(cell))
            except Refused as refused:
                faults.append(Reason(place.heading, cell.strip(), refused.needed))
        return faults or self._row(line, values)

    def _fit(self, cells: list[str]) -> list[str] | None:
        """Fewer cells than headings: the last are empty. More is a fault, unless they are empty."""
        if any(cells[self._width :]):
            return None
        return (cells + [""] * self._width)[: self._width]

    def _row(self, line: Line, values: list[Any]) -> Row | list[Reason]:
        named = dict(zip(self.names, values, strict=True))
        if self.kind.check and (faults := list(self.kind.check(named))):
            return [Reason(self.heading.get(name, name), "", needed) for name, needed in faults]
        key = values[0] if self._own else "|".join(str(values[place]) for place in self._key)
        # The values, not the text: the same row from CSV and from Excel is the same row.
        digest = blake2b(repr(values).encode(), digest_size=16).hexdigest()
        return Row(line, key, digest, named)


def _places(
    sheet: Sheet, kind: FileKind, context: Context, mapping: FileMapping
) -> Sequence[_Place]:
    headings = sheet.headings
    found = [(column, mapping.heading(column.name, headings)) for column in kind.columns]
    return [
        _Place(column, headings.index(heading), heading, Cell(column.reader(context, mapping)))
        for column, heading in found
        if heading is not None
    ]


def _require_headings(sheet: Sheet, kind: FileKind, mapping: FileMapping) -> None:
    for column in kind.columns:
        if column.vital and mapping.heading(column.name, sheet.headings) is None:
            wanted = either(mapping.columns.get(column.name, (column.name,)))
            raise UserError(
                given=phrase(
                    "the file {name} with the columns {headings}",
                    name=sheet.file_name,
                    headings=list(sheet.headings),
                ),
                needed=phrase("a column {wanted}", wanted=wanted),
                remedy=phrase(
                    "Export it again with that column, or name the heading in the mapping."
                ),
            )
