"""Hides small counts, and enough others that nothing shown gives them away.

For each small count a *witness* is found: other whole numbers for hidden cells that fit every
shown count, every sum and every "never more than", and that have the small count grown by the
minimum less one. Whoever reads the documents cannot tell the witness from the truth, whatever they
calculate; so the count keeps at least ``minimum`` possible values. A witness is checked in exact
arithmetic, so that nothing rests on the solver (``pejl.disclosure.program``) that finds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pejl.base.errors import PejlError
from pejl.disclosure.cells import Cell, Tables
from pejl.disclosure.program import Change, Program, Target, program


@dataclass(frozen=True)
class Protection:
    """The cells to hide, and the witnesses: tables that nobody can tell from the true one."""

    hidden: frozenset[Cell]
    witnesses: tuple[Change, ...]


def protect(tables: Tables, minimum: int) -> Protection:
    """Hide so that no small count, and no small rest of a share, can be told from the sums.

    Totals of the whole hub are hidden only when they are small themselves, or when nothing else
    protects a small count.
    """
    small = frozenset(tables.small(minimum))
    waiting = [{cell: 1} for cell in sorted(small)]
    waiting += [dict(one) for one in _rests(tables, minimum)]
    hidden, witnesses = set(small), []
    made = program(tables) if waiting and minimum > 1 else None
    while waiting and made is not None:
        witness = _witness(made, waiting, hidden, minimum - 1)
        hidden |= witness.keys()
        witnesses.append(witness)
        waiting = [one for one in waiting if gain(one, witness) < minimum - 1]
    return Protection(frozenset(hidden), tuple(witnesses))


def gain(target: Target, change: Change) -> int:
    """By how much the change lets the target grow."""
    return sum(sign * change.get(cell, 0) for cell, sign in target.items())


def _witness(made: Program, waiting: list[dict[Cell, int]], hidden: set[Cell], grow: int) -> Change:
    """A change under which at least one of those waiting grows enough."""
    for targets, tops in ((waiting, False), (waiting[:1], False), (waiting[:1], True)):
        change = made.change(targets, hidden, grow, tops)
        if any(gain(one, change) >= grow for one in targets):
            return change
    raise PejlError(f"No table protects {waiting[0]}: the counts do not add up as they should.")


def _rests(tables: Tables, minimum: int) -> Iterator[Target]:
    """What must be able to grow so that a share does not show its small rest."""
    for one in tables.inside:
        for cell in [c for c in tables.values if one.share and c.series == one.part]:
            rest = tables.rest(one, cell)
            if rest is not None and 0 < rest < minimum and tables.values[cell]:
                yield {cell.at(one.whole): 1, cell: -1}
