"""Distinct counts: of all that was gathered, each key once in the whole and once per cell."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from ibis import ir

from pejl.indicators.engines.asking import Asking
from pejl.indicators.engines.columns import named
from pejl.indicators.engines.marks import Marks
from pejl.indicators.expression import Countable, Counts, Distinct, Scope

Asked = Mapping[Distinct, frozenset[str]]


def distincts(asking: Asking, marks: Marks, asked: Asked, scope: Scope) -> dict[Countable, Counts]:
    """Every distinct count: one query for each key, and one more for each dimension."""
    answers: dict[Countable, Counts] = {}
    for key in sorted({question.key for question in asked}):
        questions = {q: by for q, by in asked.items() if q.key == key}
        answers |= _of_one_key(asking, marks, questions, scope)
    return answers


def first_months(gathered: ir.Table, marks: Marks, questions: Sequence[Distinct]) -> ir.Table:
    """How many keys had which first months. Columns: ``q0``, … (null = never) and ``keys``."""
    rows = _about(gathered, marks, questions)
    firsts = rows.group_by(f"key_{questions[0].key}").aggregate(
        **{f"q{i}": rows.month.min(where=marks.about(rows, q)) for i, q in enumerate(questions)}
    )
    return firsts.group_by([f"q{i}" for i in range(len(questions))]).aggregate(keys=firsts.count())


def by_cell(
    gathered: ir.Table, marks: Marks, questions: Sequence[Distinct], dimension: str
) -> ir.Table:
    """Each key once per cell. Columns: the dimension and, by question, the number of keys."""
    rows = _about(gathered, marks, questions)
    seen = {f"q{i}": marks.about(rows, q).any() for i, q in enumerate(questions)}
    once = rows.group_by(f"key_{questions[0].key}", dimension).aggregate(**seen)
    return once.group_by(dimension).aggregate(**{q: once.count(where=once[q]) for q in seen})


def _about(gathered: ir.Table, marks: Marks, questions: Sequence[Distinct]) -> ir.Table:
    """The records with a key that at least one of the questions, all of one key, is about."""
    within = marks.any(gathered, [one for question in questions for one in question.of])
    return gathered.filter(within, gathered[f"key_{questions[0].key}"].notnull())


def _of_one_key(
    asking: Asking, marks: Marks, asked: Asked, scope: Scope
) -> dict[Countable, Counts]:
    months = _months(asking, marks, list(asked), scope)
    dimensions = {dimension for by in asked.values() for dimension in by}
    cells = {d: _cells(asking, marks, asked, d, scope) for d in sorted(dimensions)}
    return {
        question: Counts(
            total=sum(months[question].values()),
            by={d: {c: cells[d][question].get(c, 0) for c in scope.cells(d)} for d in by},
            cumulative=dict(
                zip(months[question], accumulate(months[question].values()), strict=True)
            ),
        )
        for question, by in asked.items()
    }


def _months(
    asking: Asking, marks: Marks, questions: Sequence[Distinct], scope: Scope
) -> dict[Distinct, dict[str, int]]:
    """For each question the keys first seen in each month."""
    months = {question: dict.fromkeys(scope.cells("month"), 0) for question in questions}
    answer = asking.rows(
        ("first months", questions[0].key), lambda rows: first_months(rows, marks, questions)
    )
    for row in answer.to_pylist():
        for i, question in enumerate(questions):
            if row[f"q{i}"] is not None:
                months[question][named("month", row[f"q{i}"], scope)] += row["keys"]
    return months


def _cells(
    asking: Asking, marks: Marks, asked: Asked, dimension: str, scope: Scope
) -> dict[Distinct, dict[str, int]]:
    """For each question that asks for the dimension, the keys in each cell that has any."""
    mine = [question for question, by in asked.items() if dimension in by]
    answer = asking.rows(
        ("cells", mine[0].key, dimension), lambda rows: by_cell(rows, marks, mine, dimension)
    ).to_pylist()
    return {
        question: {named(dimension, row[dimension], scope): row[f"q{i}"] for row in answer}
        for i, question in enumerate(mine)
    }
