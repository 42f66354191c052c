"""Conditions on records, between the contract's data and the fields of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

from pejl.contract.document import Plain, scalar
from pejl.snapshot.tables import TABLES

# Columns of text: a municipality's 101 is a code, no number.
TEXTUAL = frozenset(
    column.name
    for table in TABLES.values()
    for column in table.columns
    if pa.types.is_string(column.type)
)
FLAGS = {"ja": True, "nej": False, "yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True)
class Row:
    """One condition as a form has it: the column, the test and what it is tested against."""

    column: str
    test: str
    value: str


def rows_of(conditions: Mapping[str, Any]) -> list[Row]:
    """The conditions as rows of a form.

    Examples
    --------
    >>> rows_of({"state": "held", "employees": {"op": ">=", "value": 5}})[1]
    Row(column='employees', test='>=', value='5')
    """
    return [_row(column, condition) for column, condition in conditions.items()]


def conditions_of(rows: list[Row]) -> dict[str, Any]:
    """The rows as conditions; one without a column is left out. ValueError names a bad value.

    Examples
    --------
    >>> conditions_of([Row("state", "is", "held, no_show"), Row("", "is", "")])
    {'state': ['held', 'no_show']}
    """
    return {row.column: _condition(row) for row in rows if row.column}


def _row(column: str, condition: Any) -> Row:
    if isinstance(condition, Mapping):
        return Row(column, str(condition["op"]), _shown(condition.get("value", "")))
    values = condition if isinstance(condition, list) else [condition]
    return Row(column, "is", ", ".join(map(_shown, values)))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value)


def _condition(row: Row) -> Any:
    if row.test in ("known", "in_territory"):
        return {"op": Plain(row.test)}
    if row.test != "is":
        return {"op": row.test, "value": number(row.value)}
    words = [word.strip() for word in row.value.split(",") if word.strip()]
    values = [Plain(word) if row.column in TEXTUAL else _value(word) for word in words]
    if not values:
        raise ValueError(row.column)
    return values[0] if len(values) == 1 else values


def _value(word: str) -> Any:
    if word.lower() in FLAGS:
        return FLAGS[word.lower()]
    return scalar(word, quoted=False)


def number(text: str) -> int | Decimal:
    """A number as Danes or programs write it: ``1.500``, ``12,5``, ``12.5``; else ValueError.

    Examples
    --------
    >>> number("1.500"), number("12,5"), number("12.5")
    (1500, Decimal('12.5'), Decimal('12.5'))
    """
    word = text.strip().replace(" ", "").replace("\xa0", "")
    head, point, tail = word.rpartition(".")
    if "," in word or (point and len(tail) == 3 and head.lstrip("-").replace(".", "").isdigit()):
        word = word.replace(".", "").replace(",", ".")
    try:
        found = Decimal(word)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not found.is_finite():
        raise ValueError(text)
    return int(found) if found == int(found) else found
