"""Additive counts: each table is read once, into one small cube that every tally is summed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import ibis
import pyarrow as pa
from ibis import ir

from pejl.indicators.engines.columns import cell, in_cells, in_period, meets, named
from pejl.indicators.expression import Countable, Counts, Scope, Selection, Tally

Asked = Mapping[Tally, frozenset[str]]


@dataclass(frozen=True)
class Term:
    """One column of a cube: the records of one selection, or a sum over them."""

    of: Selection
    add: str | None


def tallies(tables: Mapping[str, ir.Table], asked: Asked, scope: Scope) -> dict[Countable, Counts]:
    """Every tally's counts, from one pass over each table."""
    cells = _cells_of_terms(tables, asked, scope)
    return {tally: _counts(_terms(tally), by, cells, scope) for tally, by in asked.items()}


def cube(
    table: ir.Table, dated_by: str, terms: Sequence[Term], dimensions: Sequence[str], scope: Scope
) -> ir.Table:
    """Columns: a cell per dimension and ``t0``, ``t1``, … per term; a row per combination."""
    within = in_cells(table, dated_by, scope)
    kept = table.filter(in_period(table[dated_by], scope.period), within)
    keys = {d: cell(kept, dated_by, d, scope) for d in dimensions}
    sums = {f"t{i}": _sum(kept, term, scope) for i, term in enumerate(terms)}
    return kept.group_by(**keys).aggregate(**sums)


def _sum(table: ir.Table, term: Term, scope: Scope) -> ir.IntegerScalar:
    where = meets(table, term.of.where, scope)
    if term.add is None:
        return table.count(where=where)
    return ibis.coalesce(table[term.add].sum(where=where), 0)


def _terms(tally: Tally) -> list[Term]:
    return [Term(selection, tally.add) for selection in tally.of]


def _cells_of_terms(
    tables: Mapping[str, ir.Table], asked: Asked, scope: Scope
) -> dict[tuple[Term, str], dict[str, int]]:
    """For each term and dimension the count in each cell that has any."""
    found: dict[tuple[Term, str], dict[str, int]] = {}
    for (name, dated_by), terms in _by_table(asked).items():
        dimensions = sorted({"month", *(d for by in terms.values() for d in by)})
        answer = cube(tables[name], dated_by, list(terms), dimensions, scope).to_pyarrow()
        for dimension in dimensions:
            for term, cells in zip(terms, _roll_up(answer, dimension, scope), strict=True):
                found[term, dimension] = cells
    return found


def _by_table(asked: Asked) -> dict[tuple[str, str], dict[Term, set[str]]]:
    """The terms by table and date column, each with the dimensions that its tallies ask for."""
    tables: dict[tuple[str, str], dict[Term, set[str]]] = {}
    for tally, by in asked.items():
        for term in _terms(tally):
            terms = tables.setdefault((term.of.table, term.of.dated_by), {})
            terms.setdefault(term, set()).update(by)
    return tables


def _roll_up(answer: pa.Table, dimension: str, scope: Scope) -> list[dict[str, int]]:
    """The cube summed over all but one dimension: for each term the count by cell."""
    terms = [name for name in answer.column_names if name.startswith("t") and name[1:].isdigit()]
    summed = answer.group_by(dimension).aggregate([(name, "sum") for name in terms])
    cells = [named(dimension, value, scope) for value in summed[dimension].to_pylist()]
    return [
        dict(zip(cells, map(int, summed[f"{name}_sum"].to_pylist()), strict=True)) for name in terms
    ]


def _counts(
    terms: Sequence[Term],
    by: frozenset[str],
    found: Mapping[tuple[Term, str], Mapping[str, int]],
    scope: Scope,
) -> Counts:
    def of(dimension: str) -> dict[str, int]:
        parts = [found.get((term, dimension), {}) for term in terms]
        return {c: sum(p.get(c, 0) for p in parts) for c in scope.cells(dimension)}

    months = of("month")
    return Counts(
        total=sum(months.values()),
        by={dimension: of(dimension) for dimension in by},
        cumulative=dict(zip(months, accumulate(months.values()), strict=True)),
    )
