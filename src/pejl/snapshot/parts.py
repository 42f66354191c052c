"""How a table lies in files: a file a year, or a file a month in a year of many records.

Which of the two depends on the number of records alone, so that the same records give the same
files whoever writes them, all at once or only what has changed.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pejl.base.errors import PejlError
from pejl.snapshot.hashing import file_sha256
from pejl.snapshot.tables import Table

# A year of more records than this has a file for each month. Row groups are of the same size,
# however the rows were handed over: the bytes, and so the hash, depend on the data alone.
ROW_GROUP = 131_072


@dataclass(frozen=True, order=True)
class Part:
    """The records of a year, of a month of it, or (year 0) those without a date."""

    year: int
    month: int = 0

    @property
    def name(self) -> str:
        """2024, 2024-03 or undated."""
        if not self.year:
            return "undated"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    @property
    def first(self) -> date:
        """Its first day; meaningless without a date."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """Its last day; meaningless without a date."""
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def months(self) -> list["Part"]:
        """The twelve months of a year."""
        return [Part(self.year, month) for month in range(1, 13)]

    def file(self, table: Table) -> str:
        """Where its records lie in the snapshot's folder."""
        return f"{table.name}/{self.name}.parquet"


UNDATED = Part(0)


def write_part(
    folder: Path, table: Table, part: Part, batches: Iterable[pa.RecordBatch]
) -> dict[str, Any]:
    """Write the records; what the manifest says of the file: its name, rows, bytes and SHA-256.

    Raises
    ------
    PejlError
        When the rows do not fit the table.
    """
    file = folder / part.file(table)
    file.parent.mkdir(exist_ok=True)
    rows = 0
    with pq.ParquetWriter(file, table.schema, compression="zstd") as writer:
        for group in _row_groups(_fitting(table, batches)):
            writer.write_table(group, row_group_size=ROW_GROUP)
            rows += group.num_rows
    # Later snapshots may share the file: nobody shall write into it.
    file.chmod(0o444)
    told = {"rows": rows, "bytes": file.stat().st_size, "sha256": file_sha256(file)}
    return {"part": part.name, "file": part.file(table)} | told


def _fitting(table: Table, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    for batch in batches:
        try:
            yield pa.Table.from_batches([batch]).select(table.schema.names).cast(table.schema)
        except (KeyError, ValueError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise PejlError(f"Rows for the table {table.name} do not fit: {error}") from error


def _row_groups(batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of ``ROW_GROUP`` rows, the last one shorter."""
    waiting: list[pa.Table] = []
    for batch in batches:
        waiting.append(batch)
        if sum(part.num_rows for part in waiting) >= ROW_GROUP:
            whole = pa.concat_tables(waiting)
            cut = whole.num_rows - whole.num_rows % ROW_GROUP
            for start in range(0, cut, ROW_GROUP):
                yield whole.slice(start, ROW_GROUP).combine_chunks()
            waiting = [whole.slice(cut)]
    rest = pa.concat_tables(waiting) if waiting else None
    if rest is not None and rest.num_rows:
        yield rest.combine_chunks()
