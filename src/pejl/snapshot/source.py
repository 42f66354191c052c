"""Where a snapshot's rows come from: a database, or tables that are in memory already."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from pejl.base.errors import PejlError
from pejl.snapshot import parts
from pejl.snapshot.parts import Part
from pejl.snapshot.tables import TABLES, Table


class Source(Protocol):
    """Hands out each table's rows, a part at a time, rows in the order of their numbers."""

    def years(self, table: Table) -> Iterable[Part]:
        """The years that may have rows, in order; ``UNDATED`` for rows without a date."""

    def is_crowded(self, table: Table, year: Part) -> bool:
        """Whether the year has more than ``ROW_GROUP`` rows."""

    def unchanged(self, table: Table, part: Part) -> bool:
        """Whether the part is known to be as it is in the base that the caller has named."""

    def rows(self, table: Table, part: Part) -> Iterable[pa.RecordBatch]:
        """The part's rows."""


class Given:
    """Tables handed over whole, each read once and divided here."""

    def __init__(self, tables: Mapping[str, pa.RecordBatchReader]) -> None:
        """Raises PejlError for a table that the schema does not know."""
        unknown = sorted(set(tables) - set(TABLES))
        if unknown:
            names = ", ".join(unknown)
            raise PejlError(f"A snapshot has no table {names}; see pejl.snapshot.tables.")
        self._given = tables
        self._read: dict[str, dict[Part, pa.Table]] = {}

    def years(self, table: Table) -> Iterable[Part]:
        """Those that have rows."""
        self._read = {table.name: self._divided(table)} if table.name in self._given else {}
        return sorted(self._of(table))

    def is_crowded(self, table: Table, year: Part) -> bool:
        """Counted."""
        return bool(year.year) and self._of(table)[year].num_rows > parts.ROW_GROUP

    def unchanged(self, table: Table, part: Part) -> bool:
        """Nothing is known of earlier tables."""
        return False

    def rows(self, table: Table, part: Part) -> Iterator[pa.RecordBatch]:
        """The rows of a year, or of a month of it."""
        of_year = self._of(table).get(Part(part.year), table.schema.empty_table())
        if part.month:
            of_year = of_year.filter(pc.equal(pc.month(of_year[table.dated_by]), part.month))
        yield from of_year.to_batches()

    def _of(self, table: Table) -> Mapping[Part, pa.Table]:
        return self._read.get(table.name, {})

    def _divided(self, table: Table) -> dict[Part, pa.Table]:
        whole = self._given[table.name].read_all()
        try:
            years = pc.fill_null(pc.year(whole[table.dated_by].cast(pa.date32())), 0)
        except (KeyError, pa.ArrowInvalid) as error:
            raise PejlError(f"Rows for the table {table.name} do not fit: {error}") from error
        found = sorted(years.unique().to_pylist())
        return {Part(year): whole.filter(pc.equal(years, year)) for year in found}
