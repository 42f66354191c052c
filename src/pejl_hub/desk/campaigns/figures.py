"""The contract's outreach numbers and what a campaign gave to them.

Nothing is counted here: the figures are those of ``pejl.standing``, over a snapshot of the records
as they are now, and the campaign's part is found among the rows behind them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract, Goal, Text, at
from pejl.contract.load import load
from pejl.indicators import evaluate
from pejl.snapshot.store import Snapshot
from pejl.standing.stand import target_on
from pejl_hub.outreach.models import Approach, Campaign
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot


@dataclass(frozen=True)
class Number:
    """One of the contract's numbers, and the campaign's part of the rows behind it."""

    goal: str
    key: str  # the column by which it counts: client or municipality
    label: Text
    value: Fraction | None
    target: Decimal | None
    contacts: int  # of this campaign, among the rows behind the figure
    own: int  # different companies, or municipalities, among those contacts


@dataclass(frozen=True)
class Numbers:
    """Both numbers on a day."""

    day: date
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class _Counted:
    """A goal as it was counted: its figure, and the number and key of each row behind it."""

    goal: Goal
    value: Fraction | None
    target: Decimal | None
    rows: tuple[tuple[int, str], ...]


def numbers(campaign: Campaign) -> Numbers | None:
    """Both numbers today, or on the last day of the contract in whose period the campaign began.

    None when no contract covers the campaign's first day.
    """
    try:
        path = contract_file(campaign.starts_on)
    except UserError:
        return None
    contract = _contract(path, path.stat().st_mtime_ns)
    day = max(contract.period.start, min(timezone.localdate(), contract.period.end))
    counted = _counted(path, path.stat().st_mtime_ns, ensure_snapshot(day), day)
    ours = set(Approach.objects.filter(candidate__campaign=campaign).values_list("pk", flat=True))
    return Numbers(day, tuple(_number(one, ours) for one in counted))


@lru_cache(maxsize=4)
def _contract(path: Path, stamp: int) -> Contract:
    """The contract; ``stamp`` is when its file was last written."""
    return load(path)


@lru_cache(maxsize=16)
def _counted(path: Path, stamp: int, snapshot: Snapshot, day: date) -> tuple[_Counted, ...]:
    """Both goals counted: a pure function of contract, snapshot and day, so it is kept."""
    contract = _contract(path, stamp)
    measured = evaluate.evaluate(contract, snapshot, day).goals
    return tuple(
        _goal(contract, snapshot, day, goal, measured[goal].figure.value)
        for goal in measured
        if _counts_outreach(contract.goal(goal))
    )


def _counts_outreach(goal: Goal) -> bool:
    """Whether the goal counts different companies, or municipalities, that were approached."""
    return goal.measure["kind"] == "distinct" and goal.measure.get("of") == "outreach"


def _goal(
    contract: Contract, snapshot: Snapshot, day: date, goal_id: str, value: Fraction | None
) -> _Counted:
    found = evaluate.rows(contract, snapshot, goal_id, day)
    columns = list(found.columns)
    goal = contract.goal(goal_id)
    number, key = columns.index("id"), columns.index(goal.measure["key"])
    target = target_on(goal, day)
    agreed = at(goal.status, day) == "agreed"
    return _Counted(
        goal=goal,
        value=value,
        target=target.value if target and agreed else None,
        rows=tuple((int(row[number]), str(row[key])) for row in found.rows),  # type: ignore[call-overload]
    )


def _number(counted: _Counted, ours: set[int]) -> Number:
    own = [key for number, key in counted.rows if number in ours]
    return Number(
        goal=counted.goal.id,
        key=counted.goal.measure["key"],
        label=counted.goal.label,
        value=counted.value,
        target=counted.target,
        contacts=len(own),
        own=len(set(own)),
    )
