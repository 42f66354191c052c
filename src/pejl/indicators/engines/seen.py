"""Distinct counts: the records of all tables seen once, then each key once per cell."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import accumulate

import ibis
from ibis import ir

from pejl.indicators.engines.columns import (
    any_of,
    cell,
    in_cells,
    in_period,
    meets,
    month,
    named,
)
from pejl.indicators.expression import DIMENSIONS, Countable, Counts, Distinct, Scope, Selection

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
    facts = [DIMENSIONS[dimension] for dimension in dimensions if dimension in DIMENSIONS]
    parts = [_seen_in(tables, place, questions, facts, scope) for place in places]
    rows = reduce(lambda one, other: one.union(other), parts)
    cells = {dimension: cell(rows, "day", dimension, scope) for dimension in dimensions}
    return rows.select("key", "day", *_names(questions), **cells)


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


def first_months(gathered: ir.Table, count: int) -> ir.Table:
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
    facts: Sequence[str],
    scope: Scope,
) -> ir.Table:
    """The records of one table, by one of its date columns, with the facts that give the cells."""
    name, dated_by = place
    mine = {i: [s for s in q.of if (s.table, s.dated_by) == place] for i, q in enumerate(questions)}
    table, key = tables[name], questions[0].key
    within = in_cells(table, dated_by, scope)
    kept = table.filter(in_period(table[dated_by], scope.period), within, table[key].notnull())
    known = {fact: _fact(kept, fact) for fact in facts}
    flags = {f"q{i}": _flag(kept, of, scope) for i, of in mine.items()}
    rows = kept.select(key=kept[key], day=kept[dated_by], **known, **flags)
    asked = rows.filter(any_of(rows[f"q{i}"] == 1 for i, of in mine.items() if of))
    new = {i: questions[i] for i, of in mine.items() if of and questions[i].new}
    return _only_new(asked, tables, new, scope)


def _fact(table: ir.Table, fact: str) -> ir.Value:
    """The column, or null in a table without it."""
    if fact in table.columns:
        return table[fact]
    return ibis.null("int64" if fact == DIMENSIONS["size"] else "string")


def _flag(table: ir.Table, of: Sequence[Selection], scope: Scope) -> ir.IntegerValue:
    """1 where a row is in one of the selections, else 0."""
    if not of:
        return ibis.literal(0, "int8")
    flag = any_of(meets(table, one.where, scope) for one in of)
    return ibis.cases((flag, ibis.literal(1, "int8")), else_=ibis.literal(0, "int8"))


def _only_new(
    rows: ir.Table, tables: Tables, new: Mapping[int, Distinct], scope: Scope
) -> ir.Table:
    """Clear the flag of a question that asks for new keys where the key is an old one."""
    for i, question in new.items():
        old = before(tables, question, scope)
        joined = rows.left_join(old, rows.key == old.old)
        flag = ibis.cases((joined.old.isnull(), joined[f"q{i}"]), else_=ibis.literal(0, "int8"))
        rows = joined.mutate(**{f"q{i}": flag}).drop("old")
    return rows


def _names(questions: Sequence[Distinct]) -> list[str]:
    return [f"q{i}" for i in range(len(questions))]


def _months(gathered: ir.Table, count: int, scope: Scope) -> list[dict[str, int]]:
    """For each question the keys first seen in each month."""
    names = [f"q{i}" for i in range(count)]
    firsts = first_months(gathered, count)
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
