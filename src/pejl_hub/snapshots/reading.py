"""Reading a table from the database as Arrow batches of the snapshot's types."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pejl.snapshot.tables import MONEY, Table
from pejl_hub.snapshots.connection import Connection
from pejl_hub.snapshots.queries import query

BATCH = 65_536
WHOLE_ORE = pa.decimal128(19, 0)


def batches(
    connection: Connection, table: Table, as_of: date, where: str
) -> Iterator[pa.RecordBatch]:
    """The table's rows up to the day that a condition holds for, by number.

    PostgreSQL serves one query at a time on a connection: read one to its end, then the next.
    """
    sql = query(table, as_of, sqlite=connection.sqlite, where=where)
    # A cursor left open would make closing the connection fail.
    with closing(connection.cursor(batch=BATCH)) as cursor:
        cursor.execute(_typed(table, sql) if connection.sqlite else sql)
        typing_row = connection.sqlite
        for batch in cursor.fetch_record_batch():
            yield _cast(batch.slice(1) if typing_row else batch, table)
            typing_row = False


def _typed(table: Table, sql: str) -> str:
    """The query with a first row, of id 0, that shows the type of each column.

    SQLite's values have types, its columns have none. The driver goes by the first batch, takes a
    column without values there for whole numbers, and fails when text turns up later.
    """
    examples = ", ".join(f"{_example(column.type)} AS {column.name}" for column in table.columns)
    return f"SELECT {examples} UNION ALL SELECT * FROM ({sql}) ORDER BY id"  # noqa: S608 - ours


def _example(kind: pa.DataType) -> str:
    if pa.types.is_string(kind) or pa.types.is_date(kind):
        return "''"
    return "0.0" if pa.types.is_floating(kind) else "0"


def _cast(batch: pa.RecordBatch, table: Table) -> pa.RecordBatch:
    columns = [_column(batch.column(c.name), c.type) for c in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)


def _column(values: Any, kind: pa.DataType) -> Any:
    """The values in the snapshot's type: SQLite gives days as text, flags and øre as numbers."""
    if kind == MONEY:
        kroner = pc.multiply(values.cast(WHOLE_ORE), pa.scalar(Decimal("0.01")))
        return kroner.cast(MONEY)
    return values.cast(kind)
