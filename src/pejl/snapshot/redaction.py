"""Taking a person's texts out of a snapshot's files, so that what was signed is proved as before.

The manifest goes on saying what the files were when the snapshot was taken, and its hash is what
was signed. Beside that it says, under ``redacted``, what each altered file is now. Whoever vouches
for an alteration (the hub's audit log) is asked by whoever wants proof.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pejl.snapshot.parts import ROW_GROUP
from pejl.snapshot.tables import TABLES

NAME, CLIENT = "client_name", "client"
CODES = frozenset({CLIENT, "municipality", "industry", "nomenclature", "source_id"})


@dataclass(frozen=True)
class Taking:
    """What is taken out: ``without`` gives a text as it shall be, by column and text.

    ``clients`` are keys as in the column ``client``: their name, and the texts in the columns
    ``own``, become ``word`` whatever they say.
    """

    without: Callable[[str, str], str]
    clients: Collection[str]
    word: str
    own: Collection[str] = ("purpose",)


def redact_file(file: Path, draft: Path, taking: Taking) -> bool:
    """Write the file without the person at ``draft``; False, and no file, when it names nobody."""
    rows = pq.read_table(file, partitioning=None)
    left = redacted(rows, taking)
    if left.equals(rows):
        return False
    with pq.ParquetWriter(draft, left.schema, compression="zstd") as writer:
        writer.write_table(left, row_group_size=ROW_GROUP)
    draft.chmod(0o444)
    return True


def redacted(rows: pa.Table, taking: Taking) -> pa.Table:
    """The rows without the person: as many, with the same numbers, days and codes."""
    theirs = _theirs(rows, taking.clients)
    for place, field in enumerate(rows.schema):
        if field.name not in _texts(rows):
            continue
        before = rows.column(place).combine_chunks()
        column = _without(before, field.name, taking)
        if theirs is not None and field.name in {NAME, *taking.own}:
            said = pc.and_(theirs, pc.is_valid(column))
            column = pc.if_else(said, pa.scalar(taking.word), column)
        if not column.equals(before):
            rows = rows.set_column(place, field, column)
    return rows


def _theirs(rows: pa.Table, clients: Collection[str]) -> pa.Array | None:
    if not clients or CLIENT not in rows.column_names:
        return None
    keys = pa.array(sorted(clients), pa.string())
    return pc.is_in(rows[CLIENT].combine_chunks(), value_set=keys)


def _texts(rows: pa.Table) -> frozenset[str]:
    """The columns of text that are neither codes nor words of a list."""
    listed = {c.name for table in TABLES.values() for c in table.columns if c.values}
    texts = {field.name for field in rows.schema if field.type == pa.string()}
    return frozenset(texts - listed - CODES)


def _without(column: pa.Array, name: str, taking: Taking) -> pa.Array:
    """Each text that stands there is looked at once, however many rows have it."""
    known = pc.unique(column)
    said = known.to_pylist()
    left = [None if text is None else taking.without(name, text) for text in said]
    if left == said:
        return column
    places = pc.index_in(column, value_set=known)
    return pa.array(left, pa.string()).take(places)
