"""An advice in numbers: the interval, what can be promised, and the chance of a target."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil, floor
from typing import Any

from pejl.contract.goal import Contract
from pejl.indicators.evaluate import rows
from pejl.snapshot.store import Snapshot
from pejl.targets import samples
from pejl.targets.advice import Advice
from pejl.targets.capacity import Change, changed
from pejl.targets.counts import CountAhead, rounded_down
from pejl.targets.shares import ShareAhead

CERTAINTY = 0.8


@dataclass(frozen=True)
class Offer:
    """Next year's figure: 80 % interval, median, what can be promised, and a target's chance.

    ``rounded`` is the promise as people would write it; a share is of 1.
    """

    low: float
    mid: float
    high: float
    promised: float
    rounded: float
    chance: float | None  # None without a target


def offer(
    ahead: CountAhead | ShareAhead,
    op: str = ">=",
    certainty: float = CERTAINTY,
    target: float | None = None,
) -> Offer:
    """The distribution in numbers; ``certainty`` lies between 0 and 1."""
    low, mid, high = (ahead.quantile(share) for share in (0.1, 0.5, 0.9))
    if isinstance(ahead, CountAhead):
        promised = ahead.promised(op, certainty)
        chance = None if target is None else ahead.chance(op, round(target))
        written = rounded_down(promised) if op.startswith(">") else promised
        return Offer(low, mid, high, promised, written, chance)
    part = ahead.promised(op, certainty)
    chance = None if target is None else ahead.chance(op, target)
    # Whole percent, on the side that is easier to keep.
    whole = (floor if op.startswith(">") else ceil)(part * 100) / 100
    return Offer(low, mid, high, part, whole, chance)


def advisers(contract: Contract, snapshot: Snapshot, goal_id: str, as_of: date) -> dict[str, int]:
    """What each adviser had in the contract's year up to the date, the most first.

    Counted by the name that was frozen on the service. Empty for a goal whose records have none,
    and for a goal that adds several kinds of records up.
    """
    behind = rows(contract, snapshot, goal_id, min(as_of, contract.period.end))
    if "adviser" not in behind.columns:
        return {}
    place, counted = behind.columns.index("adviser"), behind.columns.index("counted")
    had = Counter(str(row[place]) for row in behind.rows if row[place] and row[counted])
    return dict(had.most_common())


def with_change(advice: Advice, had: Mapping[str, int], change: Change) -> CountAhead | None:
    """The goal's distribution with the change in capacity; None where advisers are not known."""
    if not isinstance(advice.ahead, CountAhead) or not had:
        return None
    return changed(advice.ahead, list(had.values()), change)


def to_json(
    advices: Mapping[str, Advice],
    certainty: float,
    others: Mapping[str, CountAhead] | None = None,
) -> Sequence[Mapping[str, Any]]:
    """Every goal as `pejl targets --format json` has it; what is missing is None.

    ``others`` are the distributions with the change in capacity that was asked for.
    """
    return [_goal(one, certainty, (others or {}).get(goal)) for goal, one in advices.items()]


def _goal(one: Advice, certainty: float, other: CountAhead | None) -> Mapping[str, Any]:
    made = offer(one.ahead, one.op, certainty, one.target) if one.ahead else None
    then = offer(other, one.op, certainty, one.target) if other else None
    return {
        "id": one.goal.id,
        "kind": str(one.kind),
        "op": one.op,
        "target": one.target,
        "past": dict(one.past),
        "running": one.running is not None,
        "next": asdict(made) if made else None,
        "with_change": asdict(then) if then else None,
        "answers": one.answers,
        "deviation": one.deviation,
        "needed": _needed(one),
        "why": str(one.why) if one.why else None,
    }


def _needed(one: Advice) -> Mapping[str, int] | None:
    """How many answers give an interval of so many points: NPS ± 5 and ± 10, a share ± .05, .1."""
    if one.deviation is None:
        return None
    widths = (0.05, 0.1) if one.goal.unit == "percent" else (5, 10)
    return {str(width): samples.for_interval(one.deviation, width) for width in widths}
