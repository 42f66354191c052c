"""The strongest attack there is: solve the published sums for the least and the most of a cell."""

import numpy as np
from scipy.optimize import linprog

from pejl.disclosure.attack import Range
from pejl.disclosure.cells import Cell, Tables


def solve(tables: Tables, hidden: frozenset[Cell], cell: Cell) -> Range:
    """The exact range of a hidden cell, each hidden one being at least 1, by linear programming."""
    order = sorted(hidden)
    rows, right = _equalities(tables, order)
    less, room = _inequalities(tables, order)
    aim = np.array([1.0 if one == cell else 0.0 for one in order])
    ends = [
        linprog(
            sign * aim,
            A_ub=less,
            b_ub=room,
            A_eq=rows,
            b_eq=right,
            bounds=(1, None),
            method="highs",
        )
        for sign in (1, -1)
    ]
    low = int(np.ceil(ends[0].fun - 1e-6))
    # HiGHS says 3 for unbounded and 4 for "unbounded or infeasible"; the truth is feasible.
    return Range(low, None if ends[1].status in (3, 4) else int(np.floor(-ends[1].fun + 1e-6)))


def _equalities(tables: Tables, order: list[Cell]):
    rows, right = [], []
    for one in tables.equations:
        signs = {one.whole: -1} | dict.fromkeys(one.parts, 1)
        if not any(cell in signs for cell in order):
            continue
        known = sum(s * tables.values[c] for c, s in signs.items() if c not in set(order))
        rows.append([signs.get(cell, 0) for cell in order])
        right.append(one.excess - known)
    return (np.array(rows), np.array(right)) if rows else (None, None)


def _inequalities(tables: Tables, order: list[Cell]):
    rows, room = [], []
    for one in tables.inside:
        for part in [cell for cell in tables.values if cell.series == one.part]:
            signs = {part: 1, part.at(one.whole): -1}
            if part.at(one.whole) in tables.values and any(cell in signs for cell in order):
                known = sum(s * tables.values[c] for c, s in signs.items() if c not in set(order))
                rows.append([signs.get(cell, 0) for cell in order])
                room.append(-known)
    return (np.array(rows), np.array(room)) if rows else (None, None)
