"""Strategies for records of every table: few values, so that the cases meet, and odd ones."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pejl.snapshot.tables import DAY, FLAG, TABLES, TEXT, WHOLE, Column, Table

# Around the year's ends and a month's, where off-by-one errors live.
DAYS = [
    date(2022, 5, 5),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 1, 31),
    date(2024, 2, 1),
    date(2024, 2, 29),
    date(2024, 6, 30),
    date(2024, 7, 1),
    date(2024, 12, 31),
]
# 101, 147 and 400 are in the territory, 265 is not; None is unknown.
VALUES: Mapping[str, list[Any]] = {
    "client": ["C10000001", "C10000002", "C10000003", "P1", "P2", None],
    "client_kind": ["company", "person"],
    "municipality": ["101", "147", "400", "265", None],
    "segment": ["pre_starter", "entrepreneur", "growth", "operating", "dreamer", None],
    "employees": [0, 1, 4, 5, 6, 9, 199, 200, -1, None],
    "type": ["specialised", "orienting"],
    "nps": [0, 6, 7, 8, 9, 10, None],
    "goal": ["awareness", "effect_turnover", "effort_digital", "special_efforts", "newsletter"],
    "views": [0, 99_999, 100_000, 250_000, None],
    "subscribers": [0, 100, 2600, None],
    "value": [0.0, 47.5, 10.0, None],
    "interval_low": [44.0, None],
    "interval_high": [51.0, None],
}
STATES: Mapping[str, list[str]] = {
    "guidance": ["held", "planned"],
    "attendance": ["attended", "no_show"],
    "participation": ["applied", "committed", "running", "completed", "paid"],
    "milestone": ["planned", "done", "dropped"],
}
KINDS_OF_PRESS = ["article", "case", "advertisement"]


@st.composite
def record_sets(draw: Callable[..., Any], longest: int = 20) -> dict[str, list[dict[str, Any]]]:
    """Some records of every table, numbered from 1."""
    return {
        name: [
            {"id": number} | record
            for number, record in enumerate(draw(_records(table, longest)), start=1)
        ]
        for name, table in TABLES.items()
    }


def _records(table: Table, longest: int) -> SearchStrategy[list[dict[str, Any]]]:
    columns = {c.name: _column(table.name, c) for c in table.columns if c.name != "id"}
    return st.lists(st.fixed_dictionaries(columns), max_size=longest)


def _column(table: str, column: Column) -> SearchStrategy[Any]:
    if column.name == "state" and table in STATES:
        return st.sampled_from(STATES[table])
    if (table, column.name) == ("press", "kind"):
        return st.sampled_from(KINDS_OF_PRESS)
    if column.name in VALUES:
        values = VALUES[column.name]
        return st.sampled_from(values)
    return BY_TYPE.get(column.type, st.none)()


BY_TYPE: Mapping[pa.DataType, Callable[[], SearchStrategy[Any]]] = {
    DAY: partial(st.sampled_from, [*DAYS, None]),
    FLAG: partial(st.sampled_from, [True, False, None]),
    WHOLE: partial(st.sampled_from, [1, 2, None]),
    TEXT: partial(st.sampled_from, ["x", None]),
}
