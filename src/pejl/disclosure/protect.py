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

WHOLE = 2  # the rank of totals of the whole hub
SLOW = 0.01  # when no more than this part is protected in a round, totals may be hidden as well


@dataclass(frozen=True)
class Protection:
    """The cells to hide, and the witnesses: tables that nobody can tell from the true one."""

    hidden: frozenset[Cell]
    witnesses: tuple[Change, ...]


def protect(tables: Tables, minimum: int, more: frozenset[Cell] = frozenset()) -> Protection:
    """Hide so that no small count, and no small rest of a share, can be told from the sums.

    ``more`` are counts above zero to protect as if they were small.

    Totals of the whole hub are hidden only when they are small themselves, or when nothing else
    protects a small count.
    """
    small = frozenset(tables.small(minimum)) | more
    waiting = [{cell: 1} for cell in sorted(small)]
    waiting += [dict(one) for one in _rests(tables, minimum)]
    hidden, witnesses = set(small), []
    made = program(tables) if waiting and minimum > 1 else None
    rank = 0
    while waiting and made is not None:
        witness = _witness(made, waiting, hidden, minimum - 1, rank)
        hidden |= witness.keys()
        witnesses += [witness] if witness else []
        left = [one for one in waiting if gain(one, witness) < minimum - 1]
        if rank < WHOLE and len(waiting) - len(left) <= len(waiting) * SLOW:
            rank += 1
        waiting = left
    return Protection(frozenset(hidden), tuple(witnesses))


def gain(target: Target, change: Change) -> int:
    """By how much the change lets the target grow."""
    return sum(sign * change.get(cell, 0) for cell, sign in target.items())


def _witness(
    made: Program, waiting: list[dict[Cell, int]], hidden: set[Cell], grow: int, rank: int
) -> Change:
    """A change under which at least one of those waiting grows enough; empty when none can.

    Counts up to the rank may be hidden for it. Alone, each can when every total may be.
    """
    for targets in (waiting, waiting[:1]) if rank == WHOLE else (waiting,):
        change = made.change(targets, hidden, grow, rank)
        if any(gain(one, change) >= grow for one in targets):
            return change
    if rank == WHOLE:
        raise PejlError(f"No table protects {waiting[0]}: the counts do not add up as they should.")
    return {}


def _rests(tables: Tables, minimum: int) -> Iterator[Target]:
    """What must be able to grow so that a share does not show its small rest."""
    for one in tables.inside:
        for cell in [c for c in tables.values if one.share and c.series == one.part]:
            rest = tables.rest(one, cell)
            if rest is not None and 0 < rest < minimum and tables.values[cell]:
                yield {cell.at(one.whole): 1, cell: -1}
