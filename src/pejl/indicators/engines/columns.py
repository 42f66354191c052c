"""Column expressions shared by the columnar engine: conditions, dates and cells, in Ibis."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
from ibis import ir

from pejl.base.periods import Period
from pejl.indicators.expression import (
    DIMENSIONS,
    OUTSIDE,
    UNKNOWN,
    Condition,
    Scope,
)

# A month as a number is cheaper to group by than as text, and sorts alike: 202401.
YEAR = 100


def meets(table: ir.Table, conditions: Iterable[Condition], scope: Scope) -> ir.BooleanValue:
    """Whether a row meets every condition; a null fact gives null or False, never True."""
    return all_of(_meets(table[c.column], c, scope) for c in conditions)


def all_of(flags: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """Every flag; True of none."""
    first, *others = [*flags] or [ibis.literal(True)]
    return reduce(and_, others, first)


def any_of(flags: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """At least one flag; False of none."""
    first, *others = [*flags] or [ibis.literal(False)]
    return reduce(or_, others, first)


def in_period(day: ir.DateValue, period: Period) -> ir.BooleanValue:
    """Whether a date lies in the period, both ends included."""
    return day.between(ibis.literal(period.start), ibis.literal(period.end))


def in_cells(table: ir.Table, dated_by: str, scope: Scope) -> ir.BooleanValue:
    """Whether a row lies in the cells that ``scope.only`` asks for."""
    return all_of(
        cell(table, dated_by, dimension, scope) == wanted(dimension, name, scope)
        for dimension, name in scope.only.items()
    )


def cell(table: ir.Table, dated_by: str, dimension: str, scope: Scope) -> ir.Value:
    """The cell of a row as a backend groups it: a municipality's code, a name, else a number."""
    match dimension:
        case "month":
            return month(table[dated_by])
        case "municipality":
            return _municipality(table[DIMENSIONS[dimension]], scope)
        case "segment":
            return _segment(table[DIMENSIONS[dimension]], scope)
        case "team" | "area" | "adviser":
            return ibis.coalesce(table[DIMENSIONS[dimension]], UNKNOWN)
        case _:
            return _band(table[DIMENSIONS[dimension]], scope)


def month(day: ir.DateValue) -> ir.IntegerValue:
    """The month of a date as a number, 202401."""
    return (day.year() * YEAR + day.month()).cast("int32")


def wanted(dimension: str, name: str, scope: Scope) -> int | str:
    """The number or name that ``cell`` gives for the cell's name."""
    match dimension:
        case "month":
            return int(name.replace("-", ""))
        case "municipality" | "team" | "area" | "adviser":
            return name
        case _:
            return scope.cells(dimension).index(name)


def named(dimension: str, value: Any, scope: Scope) -> str:
    """The cell's name of what ``cell`` gave."""
    match dimension:
        case "month":
            return f"{int(value) // YEAR:04d}-{int(value) % YEAR:02d}"
        case "municipality" | "team" | "area" | "adviser":
            return str(value)
        case _:
            return scope.cells(dimension)[int(value)]


def _meets(fact: ir.Value, condition: Condition, scope: Scope) -> ir.BooleanValue:
    match condition.op:
        case "=":
            return fact == condition.value
        case "in":
            return fact.isin(list(condition.value))
        case ">=":
            return fact >= condition.value
        case ">":
            return fact > condition.value
        case "<=":
            return fact <= condition.value
        case "<":
            return fact < condition.value
        case "known":
            return fact.notnull()
        case _:
            return fact.isin(sorted(scope.territory))


def _municipality(code: ir.StringValue, scope: Scope) -> ir.StringValue:
    inside = code.isin(sorted(scope.territory))
    # The most frequent answer first: tried after the null, it takes DuckDB twice as long.
    return ibis.cases((inside, code), (code.isnull(), UNKNOWN), else_=OUTSIDE)


def _segment(segment: ir.StringValue, scope: Scope) -> ir.IntegerValue:
    return _place_of([segment == name for name in scope.segments])


def _band(employees: ir.IntegerValue, scope: Scope) -> ir.IntegerValue:
    return _place_of(
        employees >= band.low if band.high is None else employees.between(band.low, band.high)
        for band in scope.bands
    )


def _place_of(flags: Iterable[ir.BooleanValue]) -> ir.IntegerValue:
    """The place of the first true flag; the place after the last, "unknown", of none."""
    cases = [(flag, ibis.literal(place, "int8")) for place, flag in enumerate(flags)]
    unknown = ibis.literal(len(cases), "int8")
    return ibis.cases(*cases, else_=unknown) if cases else unknown
