"""What the wrong rows do to the figures: counted with them, and as if they were otherwise.

There is one counting function; here it is asked twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pejl.contract.goal import Contract, Goal
from pejl.indicators.evaluate import evaluate
from pejl.indicators.result import Figure
from pejl.snapshot.altered import Altered, Change
from pejl_hub.quality.asked import Asked
from pejl_hub.quality.check import RIGHT, Check, WhatIf
from pejl_hub.quality.finding import WrongRow

Rows = Mapping[str, Mapping[int, WrongRow]]  # register -> id -> row


@dataclass(frozen=True)
class Moved:
    """A goal whose figure would be another."""

    goal: Goal
    now: Figure
    then: Figure


@dataclass(frozen=True)
class Effect:
    """What would move if the rows were otherwise; nothing when no figure would."""

    what_if: WhatIf
    moved: tuple[Moved, ...]


def effects(
    check: Check, rows: Rows, *, contract: Contract, other: Altered, asked: Asked
) -> list[Effect]:
    """Each what-if of the check, with the goals whose figure on the day would move."""
    if not any(rows.values()):
        return [Effect(what_if, ()) for what_if in check.what_ifs]
    now = evaluate(contract, other.alter({}), asked.day).goals
    found = []
    for what_if in check.what_ifs:
        changes = {name: _change(what_if, those, asked) for name, those in rows.items()}
        then = evaluate(contract, other.alter(_possible(changes)), asked.day).goals
        moved = [
            Moved(contract.goals[goal], measured.figure, then[goal].figure)
            for goal, measured in now.items()
            if measured.figure != then[goal].figure
        ]
        found.append(Effect(what_if, tuple(moved)))
    return found


def _possible(changes: Mapping[str, Change]) -> dict[str, Change]:
    return {name: change for name, change in changes.items() if change.ids}


def _change(what_if: WhatIf, rows: Mapping[int, WrongRow], asked: Asked) -> Change:
    ids = tuple(rows)
    if what_if.column is None:
        return Change(ids)
    if what_if.value == RIGHT:
        return Change(ids, what_if.column, tuple(row.right for row in rows.values()))
    said = what_if.value(asked) if callable(what_if.value) else what_if.value
    return Change(ids, what_if.column, (said,) * len(ids))
