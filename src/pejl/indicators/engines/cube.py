"""Additive counts: one small cube of all that was gathered, that every tally is summed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa
from ibis import ir

from pejl.indicators.engines.asking import Asking
from pejl.indicators.engines.columns import named
from pejl.indicators.engines.marks import Marks
from pejl.indicators.expression import Countable, Counts, Scope, Selection, Tally

Asked = Mapping[Tally, frozenset[str]]


@dataclass(frozen=True)
class Term:
    """One column of the cube: the records of one selection, or a sum over them."""

    of: Selection
    add: str | None


Found = Mapping[tuple[Term, str], Mapping[str, int]]  # a term's count in each cell that has any


def tallies(asking: Asking, marks: Marks, asked: Asked, scope: Scope) -> dict[Countable, Counts]:
    """Every tally's counts, from one query."""
    dimensions = sorted({"month", *(name for by in asked.values() for name in by)})
    terms = list(dict.fromkeys(term for tally in asked for term in _terms(tally)))
    if not terms:
        return {}
    answer = asking.rows("cube", lambda gathered: cube(gathered, marks, terms, dimensions))
    found = {
        (term, dimension): cells
        for dimension in dimensions
        for term, cells in zip(terms, _roll_up(answer, dimension, len(terms), scope), strict=True)
    }
    return {tally: _counts(_terms(tally), by, found, scope) for tally, by in asked.items()}


def cube(
    gathered: ir.Table, marks: Marks, terms: Sequence[Term], dimensions: Sequence[str]
) -> ir.Table:
    """Columns: a cell per dimension and ``t0``, ``t1``, … per term; a row per combination."""
    sums = {f"t{i}": _sum(gathered, marks, term) for i, term in enumerate(terms)}
    return gathered.group_by(list(dimensions)).aggregate(**sums)


def _sum(gathered: ir.Table, marks: Marks, term: Term) -> ir.IntegerScalar:
    where = marks.any(gathered, [term.of])
    if term.add is None:
        return gathered.count(where=where)
    return gathered[f"add_{term.add}"].sum(where=where).fill_null(0)


def _terms(tally: Tally) -> list[Term]:
    return [Term(selection, tally.add) for selection in tally.of]


def _roll_up(answer: pa.Table, dimension: str, terms: int, scope: Scope) -> list[dict[str, int]]:
    """The cube summed over all but one dimension: for each term the count by cell."""
    # Not by pyarrow's own group_by, to_numpy or fill_null: they import pandas, most of a second.
    place = answer[dimension].combine_chunks().dictionary_encode("encode")
    cells = [named(dimension, value, scope) for value in place.dictionary.to_pylist()]
    places = np.from_dlpack(place.indices)
    counted = [_summed(answer[f"t{i}"], places, len(cells)) for i in range(terms)]
    return [dict(zip(cells, sums, strict=True)) for sums in counted]


def _summed(counted: pa.ChunkedArray, places: Any, cells: int) -> list[int]:
    """The whole numbers added up by place, exactly."""
    sums = np.zeros(cells, dtype=np.int64)
    np.add.at(sums, places, np.from_dlpack(counted.cast(pa.int64()).combine_chunks()))
    return [int(each) for each in sums]


def _counts(terms: Sequence[Term], by: frozenset[str], found: Found, scope: Scope) -> Counts:
    def of(dimension: str) -> dict[str, int]:
        parts = [found[term, dimension] for term in terms]
        return {c: sum(p.get(c, 0) for p in parts) for c in scope.cells(dimension)}

    months = of("month")
    return Counts(
        total=sum(months.values()),
        by={dimension: of(dimension) for dimension in by},
        cumulative=dict(zip(months, accumulate(months.values()), strict=True)),
    )
