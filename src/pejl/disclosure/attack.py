"""Attacks a publication as its reader could: what do the shown counts say of the hidden ones?

The attacker has every document of the date, knows that each hidden count is a whole number of at
least 1 (zeros are shown), and knows every sum and every "never more than" between the counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pejl.disclosure.cells import Cell, Equation, Tables

Bounds = dict[Cell, "Range"]


@dataclass(frozen=True)
class Range:
    """What a count can be: from ``low`` to ``high``, both included; ``high`` None = any more."""

    low: int
    high: int | None = None

    @property
    def width(self) -> int | None:
        """How many other values are possible; None = endlessly many."""
        return None if self.high is None else self.high - self.low


def attack(tables: Tables, hidden: frozenset[Cell]) -> dict[Cell, Range]:
    """What interval propagation finds out about each hidden cell.

    Each sum bounds each of its cells by the bounds of the others; this is repeated until nothing
    changes. Only ``tables.values`` of shown cells are read. Davis, E. (1987), "Constraint
    propagation with interval labels", Artificial Intelligence 32(3), 281–331.
    """
    bounds: Bounds = {
        cell: Range(1) if cell in hidden else Range(value, value)
        for cell, value in tables.values.items()
    }
    sums = [e for e in tables.equations if not hidden.isdisjoint((e.whole, *e.parts))]
    orders = [pair for pair in tables.orders if not hidden.isdisjoint(pair)]
    moved = True
    while moved:
        steps = [_by_sum(bounds, one) for one in sums]
        moved = any(steps + [_by_order(bounds, *pair) for pair in orders])
    return {cell: bounds[cell] for cell in hidden}


def _by_sum(bounds: Bounds, equation: Equation) -> bool:
    low = sum(bounds[part].low for part in equation.parts) - equation.excess
    highs = [bounds[part].high for part in equation.parts]
    high = _sum(highs, -equation.excess)
    moved = _narrow(bounds, equation.whole, low, high)
    for part in equation.parts:
        whole = bounds[equation.whole]
        others = [bounds[other] for other in equation.parts if other != part]
        most = _sum([other.high for other in others], 0)
        low = 0 if most is None else whole.low + equation.excess - most
        room = sum(other.low for other in others)
        high = None if whole.high is None else whole.high + equation.excess - room
        moved |= _narrow(bounds, part, low, high)
    return moved


def _by_order(bounds: Bounds, part: Cell, whole: Cell) -> bool:
    moved = _narrow(bounds, part, 0, bounds[whole].high)
    return _narrow(bounds, whole, bounds[part].low, None) or moved


def _narrow(bounds: Bounds, cell: Cell, low: int, high: int | None) -> bool:
    old = bounds[cell]
    lowest = max(old.low, low)
    highest = old.high if high is None else high if old.high is None else min(old.high, high)
    bounds[cell] = Range(lowest, highest)
    return bounds[cell] != old


def _sum(highs: Iterable[int | None], more: int) -> int | None:
    total = more
    for high in highs:
        if high is None:
            return None
        total += high
    return total


def exposed(tables: Tables, hidden: frozenset[Cell], minimum: int) -> Mapping[Cell, Range]:
    """The hidden small cells that the attack finds out too closely: fewer than ``minimum`` values.

    A small cell is protected when the attacker is left with at least ``minimum`` possible values,
    so that a count that needs no hiding is among them.
    """
    found = attack(tables, hidden)
    small = set(tables.small(minimum))
    return {
        cell: one
        for cell, one in found.items()
        if cell in small and one.width is not None and one.width < minimum - 1
    }
