"""A plain DuckDB scan: reads every value that measuring the contract touches, and no more.

Folds each row's values into one hash, so that every value is read and decoded: a count, or the
greatest value, would be answered from the files' statistics. It filters, groups and joins nothing.
"""

from collections.abc import Mapping
from datetime import date

import duckdb

from pejl.contract.goal import Contract
from pejl.indicators.expression import DIMENSIONS, Distinct, Listing, Question, Tally
from pejl.indicators.plan import Plan, other_readings, plan
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES


def columns_touched(contract: Contract, as_of: date) -> Mapping[str, list[str]]:
    """By table, the columns that some goal's questions name: dates, conditions, keys and cells."""
    plans = [plan(contract, goal, as_of) for goal in contract.goals.values()]
    found: dict[str, set[str]] = {}
    for one in (*plans, *other_readings(contract, as_of).values()):
        for question in one.asks.values():
            for table, columns in _columns(question, one).items():
                found.setdefault(table, set()).update(columns)
    return {table: sorted(columns) for table, columns in found.items()}


def scan(snapshot: Snapshot, columns: Mapping[str, list[str]]) -> list[tuple[object, ...]]:
    """One query per table over the snapshot's Parquet files, on a new connection."""
    connection = duckdb.connect()
    return [
        row
        for table, names in columns.items()
        for row in connection.execute(
            _query(names), [[str(file) for file in snapshot.files(table)]]
        ).fetchall()
    ]


def _query(names: list[str]) -> str:
    return f"SELECT bit_xor(hash({', '.join(names)})) FROM read_parquet(?)"


def _columns(question: Question, of: Plan) -> dict[str, set[str]]:
    if isinstance(question, Listing):
        table = question.of.table
        return {table: {column.name for column in TABLES[table].columns}}
    named = {question.key} if isinstance(question, Distinct) else set()
    named |= {question.add} if isinstance(question, Tally) and question.add else set()
    named |= {DIMENSIONS[dimension] for dimension in of.by if dimension in DIMENSIONS}
    return {
        one.table: named | {one.dated_by, *(condition.column for condition in one.where)}
        for one in question.of
    }
