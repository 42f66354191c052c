"""Distinct counts: the records of all tables seen once, then each key once per cell."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import accumulate
from typing import Any

import ibis
from ibis import ir

from pejl.indicators.engines.columns import (
    all_of,
    any_of,
    cell,
    in_cells,
    in_period,
    meets,
    month,
    named,
)
from pejl.indicators.expression import Countable, Counts, Distinct, Scope, Selection

Asked = Mapping[Distinct, frozenset[str]]
Tables = Mapping[str, ir.Table]


def distincts(tables: Tables, asked: Asked, scope: Scope) -> dict[Countable, Counts]:
    """Every distinct count, by one gathering of records for each key."""
    answers: dict[Countable, Counts] = {}
    for key in {question.key for question in asked}:
        questions = {q: by for q, by in asked.items() if q.key == key}
        answers |= _of_one_key(tables, questions, scope)
    return answers


def seen(
    tables: Tables, questions: Sequence[Distinct], dimensions: Sequence[str], scope: Scope
) -> ir.Table:
    """The records in the period that any of the questions is about.

    Columns: ``key``, ``day``, a cell per dimension, and ``q0``, ``q1``, … (1 = the question is
    about this record, else 0).
    """
    places = dict.fromkeys((s.table, s.dated_by) for q in questions for s in q.of)
    parts = [_seen_in(tables, place, questions, dimensions, scope) for place in places]
    return reduce(lambda one, other: one.union(other), parts)


def before(tables: Tables, question: Distinct, scope: Scope) -> ir.Table:
    """The keys that had such a record before the period. Column: ``old``."""
    parts = []
    for selection in question.of:
        table = tables[selection.table]
        earlier = table[selection.dated_by] < ibis.literal(scope.period.start)
        kept = table.filter(
            earlier, meets(table, selection.where, scope), table[question.key].notnull()
        )
        parts.append(kept.select(old=kept[question.key]))
    return reduce(lambda one, other: one.union(other), parts).distinct()


def first_days(gathered: ir.Table, count: int) -> ir.Table:
    """Each key's first month by question. Columns: ``key``, ``q0``, … (null = never)."""
    firsts = {f"q{i}": month(gathered.day.min(where=gathered[f"q{i}"] == 1)) for i in range(count)}
    return gathered.group_by("key").aggregate(**firsts)


def by_cell(gathered: ir.Table, dimension: str, columns: Sequence[str]) -> ir.Table:
    """Each key once per cell. Columns: the dimension and the number of keys by question."""
    once = gathered.group_by("key", dimension).aggregate(
        **{column: gathered[column].max() for column in columns}
    )
    return once.group_by(dimension).aggregate(**{c: once[c].sum() for c in columns})


def _of_one_key(tables: Tables, asked: Asked, scope: Scope) -> dict[Countable, Counts]:
    questions = list(asked)
    dimensions = sorted({dimension for by in asked.values() for dimension in by})
    gathered = seen(tables, questions, dimensions, scope).cache()
    try:
        months = _months(gathered, len(questions), scope)
        cells = {
            dimension: _cells(gathered, dimension, questions, asked, scope)
            for dimension in dimensions
        }
    finally:
        gathered.release()
    return {
        q: Counts(
            total=sum(months[i].values()),
            by={d: {c: cells[d][i].get(c, 0) for c in scope.cells(d)} for d in asked[q]},
            cumulative=dict(zip(months[i], accumulate(months[i].values()), strict=True)),
        )
        for i, q in enumerate(questions)
    }


def _seen_in(
    tables: Tables,
    place: tuple[str, str],
    questions: Sequence[Distinct],
    dimensions: Sequence[str],
    scope: Scope,
) -> ir.Table:
    name, dated_by = place
    table, key = tables[name], questions[0].key
    mine = {i: [s for s in q.of if (s.table, s.dated_by) == place] for i, q in enumerate(questions)}
    flags = {i: any_of(meets(table, s.where, scope) for s in of) for i, of in mine.items()}
    example = next(s for of in mine.values() for s in of)
    if not all(example.has(dimension) for dimension in scope.only):
        inside = ibis.literal(False)
    else:
        inside = in_cells(table, example, scope)
    kept = table.filter(
        all_of([in_period(table[dated_by], scope.period), inside, table[key].notnull()]),
        any_of(flags.values()),
    )
    columns: dict[str, Any] = {"key": kept[key], "day": kept[dated_by]}
    for dimension in dimensions:
        columns[dimension] = _cell_or_none(kept, example, dimension, scope)
    for i, of in mine.items():
        flag = any_of(meets(kept, s.where, scope) for s in of)
        columns[f"q{i}"] = ibis.coalesce(flag, False).cast("int8")
    return _only_new(kept.select(**columns), tables, questions, scope)


def _only_new(
    rows: ir.Table, tables: Tables, questions: Sequence[Distinct], scope: Scope
) -> ir.Table:
    """Clear the flag of a question that asks for new keys where the key is an old one."""
    for i, question in enumerate(questions):
        if question.new:
            old = before(tables, question, scope)
            joined = rows.left_join(old, rows.key == old.old)
            flag = ibis.cases((joined.old.isnull(), joined[f"q{i}"]), else_=ibis.literal(0, "int8"))
            rows = joined.mutate(**{f"q{i}": flag}).drop("old")
    return rows


def _cell_or_none(table: ir.Table, selection: Selection, dimension: str, scope: Scope) -> ir.Value:
    if selection.has(dimension):
        return cell(table, selection.dated_by, dimension, scope)
    kind = "int32" if dimension == "month" else "int8" if dimension == "size" else "string"
    return ibis.null(kind)


def _months(gathered: ir.Table, count: int, scope: Scope) -> list[dict[str, int]]:
    """For each question the keys first seen in each month."""
    names = [f"q{i}" for i in range(count)]
    firsts = first_days(gathered, count)
    combined = firsts.group_by(names).aggregate(keys=firsts.count()).to_pyarrow().to_pylist()
    months: list[dict[str, int]] = [dict.fromkeys(scope.period.months(), 0) for _ in names]
    for row in combined:
        for i, name in enumerate(names):
            if row[name] is not None:
                months[i][named("month", row[name], scope)] += row["keys"]
    return months


def _cells(
    gathered: ir.Table, dimension: str, questions: Sequence[Distinct], asked: Asked, scope: Scope
) -> dict[int, dict[str, int]]:
    """For each question that asks for the dimension, the keys in each cell that has any."""
    mine = [i for i, question in enumerate(questions) if dimension in asked[question]]
    answer = by_cell(gathered, dimension, [f"q{i}" for i in mine]).to_pyarrow().to_pylist()
    return {
        i: {
            named(dimension, row[dimension], scope): int(row[f"q{i}"])
            for row in answer
            if row[dimension] is not None
        }
        for i in mine
    }
