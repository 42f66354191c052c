"""The contract's outreach numbers and what a campaign gave to them.

Nothing is counted here: the figures are those of ``pejl.standing``, over a snapshot of the records
as they are now, and the campaign's part is found among the rows behind them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from pejl.base.errors import UserError
from pejl.contract.goal import Contract, Text, at
from pejl.contract.load import load
from pejl.indicators import evaluate
from pejl.snapshot.store import Snapshot
from pejl.standing.stand import target_on
from pejl_hub.outreach.models import Approach, Campaign
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot

# The column by which each goal counts: a company once, a municipality once.
GOALS = {"outreach_companies": "client", "outreach_municipalities": "municipality"}


@dataclass(frozen=True)
class Number:
    """One of the contract's numbers, and the campaign's part of the rows behind it."""

    goal: str
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


def numbers(campaign: Campaign) -> Numbers | None:
    """Both numbers today, or on the last day of the contract in whose period the campaign began.

    None when no contract covers the campaign's first day.
    """
    try:
        contract = load(contract_file(campaign.starts_on))
    except UserError:
        return None
    day = max(contract.period.start, min(timezone.localdate(), contract.period.end))
    snapshot = ensure_snapshot(day)
    measured = evaluate.evaluate(contract, snapshot, day).goals
    ours = set(Approach.objects.filter(candidate__campaign=campaign).values_list("pk", flat=True))
    return Numbers(
        day,
        tuple(
            _number(contract, snapshot, day, goal, measured[goal].figure.value, ours)
            for goal in GOALS
            if goal in measured
        ),
    )


def _number(
    contract: Contract,
    snapshot: Snapshot,
    day: date,
    goal: str,
    value: Fraction | None,
    ours: set[int],
) -> Number:
    found = evaluate.rows(contract, snapshot, goal, day)
    columns = list(found.columns)
    number, key = columns.index("id"), columns.index(GOALS[goal])
    own = [row[key] for row in found.rows if row[number] in ours]
    target = target_on(contract.goal(goal), day)
    agreed = at(contract.goal(goal).status, day) == "agreed"
    return Number(
        goal=goal,
        label=contract.goal(goal).label,
        value=value,
        target=target.value if target and agreed else None,
        contacts=len(own),
        own=len(set(own)),
    )
