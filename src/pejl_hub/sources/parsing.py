"""From a line of a sheet to a row of values, or to the reasons why it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from pejl.base.errors import UserError
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
        self.places = list(_places(sheet, kind, context, mapping))
        self.heading = {place.column.name: place.heading for place in self.places}
        self.names = [place.column.name for place in self.places]
        # Both are walked for every row of the file: kept as plain tuples.
        self._readers = [(place.index, place.cell.memory, place) for place in self.places]
        self._width = len(sheet.headings)
        self._key = [self.names.index(name) for name in kind.key]

    def parse(self, line: Line) -> Row | list[Reason]:
        """The row, or why there is none."""
        cells = line.cells
        if len(cells) != self._width:
            cells = self._fit(cells)
        if cells is None:
            return [Reason("Rækken", f"{len(line.cells)} celler", reasons.CELLS)]
        values: list[object] = []
        faults: list[Reason] = []
        for index, memory, place in self._readers:
            cell = cells[index]
            try:
                values.append(memory[cell])
            except KeyError:
                self._read(place, cell, values, faults)
        return faults or self._row(line, values)

    @staticmethod
    def _read(place: _Place, cell: str, values: list[object], faults: list[Reason]) -> None:
        try:
            values.append(place.cell.remember(cell))
        except Refused as refused:
            faults.append(Reason(place.heading, cell.strip(), refused.needed))

    def _fit(self, cells: list[str]) -> list[str] | None:
        """Fewer cells than headings: the last are empty. More is a fault, unless they are empty."""
        if any(cells[self._width :]):
            return None
        return (cells + [""] * self._width)[: self._width]

    def _row(self, line: Line, values: list[object]) -> Row | list[Reason]:
        named = dict(zip(self.names, values, strict=True))
        if self.kind.check and (faults := list(self.kind.check(named))):
            return [Reason(self.heading[name], "", needed) for name, needed in faults]
        key = "|".join(str(values[place]) for place in self._key)
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
            wanted = " or ".join(mapping.columns.get(column.name, (column.name,)))
            raise UserError(
                given=f"the file {sheet.file_name} with the columns {', '.join(sheet.headings)}",
                needed=f"a column {wanted}",
                remedy="Export it again with that column, or name the heading in the mapping.",
            )
