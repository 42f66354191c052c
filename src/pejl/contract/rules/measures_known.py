"""A measure asks only for what a snapshot holds."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from pejl.base.phrases import phrase
from pejl.base.units import UNITS
from pejl.contract.document import Where
from pejl.contract.finding import Draft, Problem, Rule
from pejl.contract.goal import Contract
from pejl.snapshot.tables import TABLES, Column, Table

COLUMNS = ("key", "level", "add", "score")
# A share is kept as a fraction and shown in percent; a score has its own scale.
UNIT_OF_KIND = {
    "share": "percent",
    "share_of_distinct": "percent",
    "newcomers": "percent",
    "months_met": "percent",
    "nps": "nps",
}


def check(draft: Draft) -> Iterator[Problem]:
    """Each unit, table, column and value in a measure that the snapshot does not know."""
    for goal in draft.contract.goals.values():
        where = draft.entry("goals", goal.id, "measure")
        yield from _measure({**goal.measure, "unit": goal.unit}, where)
        yield from _counts(draft.contract, goal.measure, where)
    for question in draft.contract.interpretations:
        for reading, measure in question.alternatives.items():
            where = draft.entry("interpretations", question.id, "alternatives", reading)
            yield from _measure(measure, where)
            yield from _counts(draft.contract, measure, where)


def _counts(contract: Contract, measure: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    """Goals are counted together only when each counts rows of its own; so none goes in a ring."""
    for name in measure.get("goals", ()):
        kind = contract.goals[name].measure["kind"] if name in contract.goals else "count"
        if kind != "count":
            yield Problem(
                where,
                phrase(
                    "the goal {name} is of kind {kind}; only counts are put together",
                    name=name,
                    kind=kind,
                ),
            )


def _measure(measure: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    yield from _unit(measure, where)
    for part in (measure, *measure.get("parts", ())):
        if "of" not in part:
            continue
        if part["of"] not in TABLES:
            message = phrase(
                "there is no table {table}; the tables are {tables}",
                table=part["of"],
                tables=list(TABLES),
            )
            yield Problem(where, message)
        else:
            yield from _part(part, TABLES[part["of"]], where)


def _unit(measure: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    unit = measure.get("unit")
    wanted = UNIT_OF_KIND.get(measure.get("kind", ""), unit)
    if unit is not None and unit not in UNITS:
        yield Problem(
            where,
            phrase("there is no unit {unit}; the units are {units}", unit=unit, units=list(UNITS)),
        )
    elif unit != wanted and unit is not None:
        yield Problem(
            where,
            phrase(
                "a measure of kind {kind} has the unit {wanted}",
                kind=measure["kind"],
                wanted=wanted,
            ),
        )


def _part(part: Mapping[str, Any], table: Table, where: Where) -> Iterator[Problem]:
    columns = {column.name: column for column in table.columns}
    for name in [part[key] for key in COLUMNS if key in part]:
        if name not in columns:
            yield Problem(
                where,
                phrase("the table {table} has no column {column}", table=table.name, column=name),
            )
    if not _is_date(columns.get(part.get("dated_by", table.dated_by))):
        yield Problem(
            where,
            phrase(
                "the table {table} has no date column {column}",
                table=table.name,
                column=part["dated_by"],
            ),
        )
    for name, condition in {**part.get("where", {}), **part.get("having", {})}.items():
        if name not in columns:
            yield Problem(
                where,
                phrase("the table {table} has no column {column}", table=table.name, column=name),
            )
        elif message := _misfit(columns[name], condition):
            yield Problem(
                where,
                phrase(
                    "{table}.{column}: {message}", table=table.name, column=name, message=message
                ),
            )


def _misfit(column: Column, condition: Any) -> str | None:
    """What is wrong with the condition on the column, if anything."""
    if isinstance(condition, Mapping):
        return _misfit_of_test(column, condition)
    for value in condition if isinstance(condition, list) else [condition]:
        if column.values and value not in column.values:
            return phrase("{value} is not one of {values}", value=repr(value), values=column.values)
        if not _suits(column, value):
            return phrase(
                "{value} is not what the column holds ({type})", value=repr(value), type=column.type
            )
    return None


def _misfit_of_test(column: Column, test: Mapping[str, Any]) -> str | None:
    if test["op"] == "known":
        return phrase("known takes no value") if "value" in test else None
    if test["op"] == "in_territory":
        suits = column.name == "municipality" and "value" not in test
        return None if suits else phrase("in_territory suits a municipality and takes no value")
    if "value" not in test:
        return phrase("{test} needs a value", test=test["op"])
    return None if _suits(column, test["value"]) else phrase("only a number can be compared")


def _suits(column: Column, value: Any) -> bool:
    if isinstance(value, bool):
        return bool(pa.types.is_boolean(column.type))
    if isinstance(value, str):
        return bool(pa.types.is_string(column.type))
    numeric = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(is_of(column.type) for is_of in numeric)


def _is_date(column: Column | None) -> bool:
    return column is not None and bool(pa.types.is_date(column.type))


RULE = Rule(
    "measures_known",
    "A measure uses only units, tables, columns and values that exist.",
    phrase("Write it as the snapshot's schema has it (pejl.snapshot.tables)."),
    check,
)
