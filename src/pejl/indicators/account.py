"""Why a figure is what it is: every record of its tables, in or out, and the reason.

A candidate is a record of a table that the figure is about, in the cell asked for. Those behind
the figure come from the figure's own expression; the others are what its selections let fall.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pejl.contract import amendments
from pejl.contract.goal import Contract
from pejl.indicators.engines import ENGINES
from pejl.indicators.evaluate import rows, scope_on
from pejl.indicators.expression import Behind, Engine, Page, Scope, Selection
from pejl.indicators.kinds.dated import Dated
from pejl.indicators.kinds.language import selections
from pejl.indicators.plan import Plan, plan
from pejl.indicators.result import IN_FIGURE, Account, Placed, Rows, Why
from pejl.snapshot.store import Snapshot


@dataclass(frozen=True)
class Cell:
    """A cell of a figure: none named is the whole of it."""

    municipality: str | None = None
    month: str | None = None
    segment: str | None = None
    size: str | None = None


WHOLE = Cell()


def account(
    contract: Contract,
    snapshot: Snapshot,
    goal_id: str,
    as_of: date,
    cell: Cell = WHOLE,
    *,
    engine: str = "columnar",
) -> Account:
    """Every candidate of a goal's figure, or of one cell of it, by where it stands and why.

    Raises UserError for a date or a cell that does not exist, KeyError for an unknown goal.
    """
    asked = ask(contract, snapshot, goal_id, as_of, cell)
    if asked is None:
        return Account(())
    answering = ENGINES[engine](snapshot)
    elsewhere = _elsewhere(asked.made, asked.behind)
    groups = answering.placed(asked.behind, asked.scope, elsewhere)
    if isinstance(asked.made.kind, Dated):
        used = rows(contract, snapshot, goal_id, as_of, engine=engine, **vars(cell))
        groups = _told_apart(groups, sum(1 for row in used.rows if row[-1]))
    return Account(tuple(groups))


def left_out(
    contract: Contract,
    snapshot: Snapshot,
    goal_id: str,
    as_of: date,
    cell: Cell = WHOLE,
    *,
    why: Why | None = None,
    offset: int = 0,
    limit: int | None = None,
    engine: str = "columnar",
) -> Rows:
    """The candidates that are not behind the figure, with ``reason`` last, by date and number.

    ``why`` keeps to one reason of the account. Raises as ``account`` does.
    """
    asked = ask(contract, snapshot, goal_id, as_of, cell)
    if asked is None:
        return Rows(["reason"], [], 0)
    answering: Engine = ENGINES[engine](snapshot)
    return answering.left_out(asked.behind, asked.scope, Page(offset, limit), why)


@dataclass(frozen=True)
class Asked:
    """What is asked: which records are behind the figure, and in which cell and period."""

    made: Plan
    behind: Behind
    scope: Scope


def ask(
    contract: Contract, snapshot: Snapshot, goal_id: str, as_of: date, cell: Cell = WHOLE
) -> Asked | None:
    """The question behind a figure's rows; None where the goal has no such cell."""
    contract = amendments.as_of(contract, as_of)
    scope = scope_on(contract, snapshot, as_of, vars(cell))
    made = plan(contract, contract.goal(goal_id), as_of)
    if not made.placed(scope):
        return None
    if isinstance(made.kind, Dated):
        about = made.kind.about(made.reading)
        return Asked(made, Behind((about.of,)), replace(scope, period=about.period))
    return Asked(made, made.kind.behind(made.reading), scope)


def _elsewhere(made: Plan, asked: Behind) -> dict[str, tuple[Selection, ...]]:
    """The goals that count records of the same tables one by one: where one left out may be."""
    tables = {one.table for one in asked.of}
    found: dict[str, tuple[Selection, ...]] = {}
    for goal in made.reading.contract.goals.values():
        if goal.id != made.reading.goal.id and goal.measure.get("kind") == "count":
            of = selections(goal.measure, made.reading.contract)
            if tables & {one.table for one in of}:
                found[goal.id] = of
    return found


def _told_apart(groups: Sequence[Placed], used: int) -> list[Placed]:
    """The rows of a list, those that its figure is made of apart from the others."""
    out = [group for group in groups if group.why.code not in IN_FIGURE]
    shown = [group for group in groups if group.why.code in IN_FIGURE]
    apart = [
        replace(group, why=Why(code), records=records)
        for group in shown
        for code, records in (("counted", used), ("unused", group.records - used))
        if records
    ]
    return [*apart, *out]
