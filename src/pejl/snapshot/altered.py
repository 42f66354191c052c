"""What would be counted if some rows were not there, or said something else: a snapshot to ask.

The files of a snapshot are never changed. The tables that may be altered are copied, one file
each, into a folder of their own; all others are read where they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pejl.snapshot.store import Snapshot


@dataclass(frozen=True)
class Change:
    """Rows of a table, by id: left out, or with ``values[k]`` in ``column`` of row ``ids[k]``.

    A row whose value is None is left as it is.
    """

    ids: tuple[int, ...]
    column: str | None = None
    values: tuple[str | int | None, ...] = ()


@dataclass(frozen=True)
class AlteredSnapshot(Snapshot):
    """A snapshot of which some tables are read in ``path``, the others in the original."""

    original: Snapshot
    tables: frozenset[str]

    def files(self, name: str) -> list[Path]:
        """The Parquet files of a table."""
        return [_file(self.path, name)] if name in self.tables else self.original.files(name)


class Altered:
    """A snapshot whose tables can be altered again and again; each time from the original."""

    def __init__(self, original: Snapshot, folder: Path, tables: Iterable[str]) -> None:
        # Under one name throughout: an engine that has it open asks the same questions again.
        self.snapshot = AlteredSnapshot(
            id=f"{original.id}-altered",
            sha256=original.sha256,
            as_of=original.as_of,
            known_at=original.known_at,
            revision=original.revision,
            contract_sha256=original.contract_sha256,
            path=folder,
            original=original,
            tables=frozenset(tables),
        )
        # Read once: each time they are altered, it is from these.
        self._tables = {name: original.table(name) for name in self.snapshot.tables}
        self._write(self.snapshot.tables, {})
        self._other: set[str] = set()  # the tables that are not as in the original

    def alter(self, changes: Mapping[str, Change]) -> Snapshot:
        """The snapshot with these changes and no others.

        Raises
        ------
        KeyError
            For a table that was not said to be altered.
        """
        if unknown := set(changes) - self.snapshot.tables:
            raise KeyError(*sorted(unknown))
        self._write(self._other | set(changes), changes)
        self._other = set(changes)
        return self.snapshot

    def _write(self, names: Iterable[str], changes: Mapping[str, Change]) -> None:
        for name in names:
            table = self._tables[name]
            table = changed(table, changes[name]) if name in changes else table
            # Beside the old file and then in its place: what is being read stays whole.
            draft = self.snapshot.path / f".{name}"
            pq.write_table(table, draft, compression="none")
            draft.replace(_file(self.snapshot.path, name))


@contextmanager
def altered(original: Snapshot, tables: Iterable[str]) -> Iterator[Altered]:
    """A snapshot of which the named tables can be altered; gone when left."""
    with TemporaryDirectory(prefix=".altered-", dir=original.path.parent) as folder:
        yield Altered(original, Path(folder), tables)


def changed(table: pa.Table, change: Change) -> pa.Table:
    """The table with the change made; rows that it does not have change nothing."""
    place = pc.index_in(table["id"], value_set=pa.array(change.ids, pa.int64()))
    if change.column is None:
        return table.filter(pc.is_null(place))
    at = table.schema.get_field_index(change.column)
    kind = table.schema.field(at).type
    values = pa.array(change.values, kind).take(pa.chunked_array(place.chunks, pa.int32()))
    return table.set_column(at, change.column, pc.coalesce(values, table[change.column]))


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"
