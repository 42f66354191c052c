"""The linear program behind the hiding: another table that fits all that is shown.

Fischetti, M. and Salazar-González, J. J. (2001), "Solving the cell suppression problem on tabular
data with linear constraints", Management Science 47(7), 1008–1027, solve it whole; here it is
solved round by round, as in Kelly, J. P., Golden, B. L. and Assad, A. A. (1992), "Cell suppression:
disclosure protection for sensitive tabular data", Networks 22(4), 397–417.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity

from pejl.disclosure.cells import ALL, Cell, Tables

# What it costs to hide a total rather than a cell, and to hide what is hidden already.
OVER_PLACES, OVER_AXES, HIDDEN = 40.0, 40.0, 0.001
# What a step of a target is worth: as much as some dear cells where many share the hiding; where
# one is left alone, more than hiding whatever it takes.
GAIN, GAIN_ALONE = 2000.0, 1e6
FARTHEST = 100  # how many times the minimum a count may move
LARGE = 60  # from here on a larger count is no cheaper to hide
EXACT = 1e-6  # how near a whole number the solver's own tolerance leaves it

Change = Mapping[Cell, int]  # cell -> how much it differs from the true count
Target = Mapping[Cell, int]  # cell -> +1 or -1: what must be able to grow


@dataclass(frozen=True)
class Program:
    """The counts above zero, what they add up to, and what lies within what; as matrices."""

    cells: tuple[Cell, ...]
    values: Any  # int, shape (cells,)
    sums: Any  # sparse, shape (sums, cells): a change times it is 0
    inside: Any  # sparse, shape (pairs, cells): whole - part
    rests: Any  # int, shape (pairs,): how much whole - part may fall
    prices: Any  # float, shape (cells,): of hiding
    ranks: Any  # int, shape (cells,): 0 a cell, 1 a total of a place or a month, 2 of all

    def change(
        self, targets: Sequence[Target], hidden: Iterable[Cell], grow: int, rank: int
    ) -> Change:
        """Whole numbers to add to the counts, so that as many targets as can grow by ``grow``.

        Every sum stays, no count above zero falls below 1, no whole below its part. Of
        what is not hidden already, only counts up to the ``rank`` may change.
        """
        kept = set(hidden)
        known = np.array([cell in kept for cell in self.cells])
        step = _Step(self, targets, grow, self._room(known, grow, rank))
        prices = np.where(known, HIDDEN, self.prices)
        first = step.solve(prices)
        # What moved much is cheap to move on: fewer counts are hidden, each of them further.
        further = step.solve(np.where(known, HIDDEN, self.prices / (np.abs(first) + 0.3)))
        found = next((one for one in (further, first) if self._is_whole(one)), None)
        whole = np.rint(step.solve(prices, whole=True) if found is None else found).astype(int)
        return {self.cells[n]: int(whole[n]) for n in np.flatnonzero(whole)}

    def _is_whole(self, change: Any) -> bool:
        return bool(np.abs(change - np.rint(change)).max(initial=0) < EXACT) and self.fits(
            np.rint(change)
        )

    def fits(self, change: Any) -> bool:
        """Whether the changed counts are a table that could be true, in exact arithmetic."""
        exact = change.astype(int)
        return bool(
            (self.sums @ exact == 0).all()
            and (self.inside @ exact >= -self.rests).all()
            and (self.values + exact >= 1).all()
        )

    def _room(self, known: Any, grow: int, rank: int) -> tuple[Any, Any]:
        """How far each count may rise and fall."""
        up = np.full(len(self.cells), float(FARTHEST * grow))
        down = np.minimum(self.values - 1, up).astype(float)
        fixed = (self.ranks > rank) & ~known
        up[fixed], down[fixed] = 0.0, 0.0
        return up, down


@dataclass(frozen=True)
class _Step:
    """One solving: variables are each count's rise, its fall, and each target's gain."""

    program: Program
    targets: Sequence[Target]
    grow: int
    room: tuple[Any, Any]

    def solve(self, prices: Any, whole: bool = False) -> Any:
        """The change, shape (cells,); all zeros when the solver finds none."""
        cells, targets = len(self.program.cells), len(self.targets)
        found = milp(
            np.concatenate(
                [prices, prices, np.full(targets, -(GAIN if targets > 1 else GAIN_ALONE))]
            ),
            constraints=self._constraints(),
            bounds=Bounds(0, np.concatenate([*self.room, np.full(targets, float(self.grow))])),
            integrality=np.full(2 * cells + targets, int(whole)),
            options={"node_limit": 200, "mip_rel_gap": 0.02},
        )
        if found.x is None:
            return np.zeros(cells)
        return found.x[:cells] - found.x[cells : 2 * cells]

    def _constraints(self) -> list[Any]:
        of, targets = self.program, len(self.targets)
        place = {cell: n for n, cell in enumerate(of.cells)}
        aim = _matrix([{place[c]: s for c, s in one.items()} for one in self.targets], of.cells)

        def beside(matrix: Any, gain: Any) -> Any:
            return hstack([matrix, -matrix, gain]).tocsr()

        none = [csr_matrix((matrix.shape[0], targets)) for matrix in (of.sums, of.inside)]
        return [
            LinearConstraint(beside(of.sums, none[0]), 0, 0),
            LinearConstraint(beside(of.inside, none[1]), -of.rests, np.inf),
            LinearConstraint(beside(aim, -identity(targets)), 0, np.inf),
        ]


def program(tables: Tables) -> Program:
    """The tables' program. Zeros are shown, so they have no part in it."""
    cells = tuple(cell for cell, value in tables.values.items() if value > 0)
    place = {cell: n for n, cell in enumerate(cells)}
    sums = [
        {place[c]: s for c, s in ((e.whole, -1), *((p, 1) for p in e.parts)) if c in place}
        for e in tables.equations
    ]
    pairs = [(part, whole) for part, whole in tables.orders if whole in place]
    return Program(
        cells=cells,
        values=np.array([tables.values[cell] for cell in cells], dtype=int),
        sums=_matrix([one for one in sums if one], cells),
        inside=_matrix(
            [{place[c]: s for c, s in ((w, 1), (p, -1)) if c in place} for p, w in pairs], cells
        ),
        rests=np.array([tables.values[w] - tables.values[p] for p, w in pairs], dtype=int),
        prices=np.array([_price(cell, tables.values[cell]) for cell in cells]),
        ranks=np.array([(cell.place == ALL) + (cell.axis == ALL) for cell in cells], dtype=int),
    )


def _price(cell: Cell, value: int) -> float:
    """Large counts are cheaper: one of them can take the changes of many small ones."""
    total = (OVER_PLACES if cell.place == ALL else 1) * (OVER_AXES if cell.axis == ALL else 1)
    return 4 * total / min(value, LARGE)


def _matrix(rows: Sequence[Mapping[int, int]], cells: Sequence[Cell]) -> Any:
    """A sparse matrix from each row's columns."""
    places = [(n, column, value) for n, row in enumerate(rows) for column, value in row.items()]
    lines, columns, values = zip(*places, strict=True) if places else ((), (), ())
    return csr_matrix((values, (lines, columns)), shape=(len(rows), len(cells)), dtype=int)
