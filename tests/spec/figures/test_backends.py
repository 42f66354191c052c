"""The same expressions on other backends: nothing in them is DuckDB's alone."""

from collections.abc import Iterator
from datetime import date

import ibis
import pytest
from ibis import ir

from pejl.indicators.engines import cube, daily, gather, records, seen
from pejl.indicators.expression import Behind, Condition, Distinct, Scope, Selection, Tally
from pejl.snapshot.tables import TABLES
from tests.spec.figures import drawn

SCOPE = Scope(
    drawn.YEAR,
    frozenset({"101", "147"}),
    ("growth", "operating"),
    drawn.BANDS,
    {"municipality": "outside"},
)
HELD = Selection(
    "guidance",
    "held_on",
    (
        Condition("state", "=", "held"),
        Condition("segment", "in", ("growth", "operating")),
        Condition("employees", ">=", 5),
        Condition("municipality", "in_territory"),
        Condition("recorded_on", "<=", date(2024, 7, 1)),
    ),
)
ATTENDED = Selection("attendance", "held_on", (Condition("national_programme", "known"),))
BOTH = (HELD, ATTENDED)
NEW = Distinct(BOTH, "client", new=True)
SUM = Tally((HELD,), add="minutes")
DIMENSIONS = ["month", "municipality", "segment", "size"]


def expressions() -> Iterator[tuple[str, ir.Table]]:
    """One expression of every form that the columnar engine runs."""
    tables = {
        name: ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name)
        for name, table in TABLES.items()
    }
    terms = [cube.Term(HELD, None), cube.Term(HELD, "minutes")]
    questions = [NEW, Distinct(BOTH, "client")]
    asked = {question: frozenset(DIMENSIONS) for question in (*questions, SUM)}
    plan = gather.plan_for(asked)
    gathered = gather.gather(tables, plan, SCOPE)
    yield "gather", gathered
    yield "cube", cube.cube(gathered, plan.marks, terms, DIMENSIONS)
    yield "months", seen.first_months(gathered, plan.marks, questions)
    yield "cells", seen.by_cell(gathered, plan.marks, questions, "size")
    yield "days of records", daily.each_day(tables, Tally(BOTH), SCOPE)
    yield "days of clients", daily.first_days(tables, NEW, SCOPE)
    behind = Behind(BOTH, having=(Condition("employees", ">", 5),), key="client", new=True)
    yield "records", records.marked(tables, behind, SCOPE)


FORMS = dict(expressions())


@pytest.mark.parametrize("backend", ["pyspark", "postgres", "duckdb"])
@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_can_be_put_to_the_backend(form: str, backend: str) -> None:
    assert "SELECT" in ibis.to_sql(FORMS[form], dialect=backend)
