"""Compares two moments: the contract, what was known, and the date up to which it was counted.

The way from then to now is walked in three strides, each exact: the contract as it is now over the
records of then (definition), the records of now up to the date of then (late, corrected, merged,
reclassified, withdrawn), and on to the date of now (new). A record's weight before and after each
stride differs by what it moved; the weights sum to the figure's parts, so the steps sum to the
movement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from pejl.base.errors import UserError
from pejl.contract import amendments
from pejl.contract.goal import Contract, Goal
from pejl.indicators.evaluate import evaluate, rows
from pejl.indicators.result import Figure
from pejl.movements.causes import cause_in_time, cause_of, differences
from pejl.movements.result import Cause, Movement, Part, Parts, Step
from pejl.movements.weights import Record, Weight, records_of, weigh
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES

Key = tuple[str, int]  # table and number
NOTHING: Weight = {}


@dataclass(frozen=True)
class Moment:
    """A contract, a snapshot, and the date up to which it is counted."""

    contract: Contract
    snapshot: Snapshot
    as_of: date

    @cached_property
    def held(self) -> Contract:
        """The contract as it holds on the date."""
        return amendments.as_of(self.contract, self.as_of)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every goal's figure."""
        goals = evaluate(self.contract, self.snapshot, self.as_of).goals
        return {goal: measured.figure for goal, measured in goals.items()}

    def weighed(self, goal_id: str) -> dict[Key, tuple[Record, Weight]]:
        """The records behind the goal's figure, each with its weight; none without the goal."""
        goal = self.held.goals.get(goal_id)
        if goal is None:
            return {}
        records = records_of(rows(self.contract, self.snapshot, goal_id, self.as_of))
        weights = weigh(goal, records)
        return {_key(goal, r): (r, w) for r, w in zip(records, weights, strict=True)}


def movements(then: Moment, now: Moment, *, only: Iterable[str] | None = None) -> list[Movement]:
    """Every goal of either contract, in the order of the present one; or ``only`` those named.

    Raises UserError for a date that a contract or a snapshot does not reach, and for dates of
    different contract periods: a new year's figures begin at nothing.
    """
    _require_one_period(then, now)
    between = _Between(then, now)
    wanted = [*now.held.goals, *(g for g in then.held.goals if g not in now.held.goals)]
    chosen = set(wanted if only is None else only)
    return [between.movement(goal) for goal in wanted if goal in chosen]


def _require_one_period(then: Moment, now: Moment) -> None:
    period = now.contract.period
    if then.as_of not in period or then.as_of > now.as_of:
        raise UserError(
            given=f"the dates {then.as_of.isoformat()} and {now.as_of.isoformat()}",
            needed=f"two dates in order, both from {period.start} to {period.end}",
            remedy="Choose dates of one contract period.",
        )


class _Between:
    """The two moments, the two between them, and the tables of both snapshots."""

    def __init__(self, then: Moment, now: Moment) -> None:
        self.then, self.now = then, now
        # What holds now, amendments included, read back over the date of then.
        self.redefined = Moment(now.held, then.snapshot, then.as_of)
        self.known = Moment(now.held, now.snapshot, then.as_of)
        self._tables: dict[tuple[str, str], dict[int, Record]] = {}

    def movement(self, goal: str) -> Movement:
        first, second = self.then.weighed(goal), self.redefined.weighed(goal)
        third, last = self.known.weighed(goal), self.now.weighed(goal)
        merged = self._merged({**second, **third})
        strides = [
            *((Cause.DEFINITION, s) for s in self._stride(first, second, then_known=True)),
            *((self._why(s, merged), s) for s in self._stride(second, third)),
            *((cause_in_time(s.day, self.then.as_of), s) for s in self._stride(third, last)),
        ]
        return Movement(
            goal=goal,
            then=self.then.figures.get(goal),
            now=self.now.figures.get(goal),
            then_parts=_sum(weight for _, weight in first.values()),
            now_parts=_sum(weight for _, weight in last.values()),
            causes=_by_cause(strides),
        )

    def _stride(
        self,
        before: Mapping[Key, tuple[Record, Weight]],
        after: Mapping[Key, tuple[Record, Weight]],
        *,
        then_known: bool = False,
    ) -> list[Step]:
        found = []
        for key in dict.fromkeys([*before, *after]):
            old, new = before.get(key, ({}, NOTHING)), after.get(key, ({}, NOTHING))
            moved = _less(new[1], old[1])
            if moved:
                found.append(self._step(key, moved, {**old[0], **new[0]}, then_known))
        return found

    def _step(self, key: Key, moved: Parts, shown: Record, then_known: bool) -> Step:
        table, number = key
        then = self._record(self.then.snapshot, key)
        now = then if then_known else self._record(self.now.snapshot, key)
        changed = differences(then, now) if then and now else {}
        record: Record = now or then or shown
        return Step(
            table=table,
            id=number,
            day=record.get(TABLES[table].dated_by),
            client=record.get("client"),
            before={name: pair[0] for name, pair in changed.items()},
            after={name: pair[1] for name, pair in changed.items()},
            moved=moved,
        )

    def _why(self, step: Step, merged: frozenset[str]) -> Cause:
        cause = cause_of(*self._both((step.table, step.id)))
        return Cause.MERGED if cause is Cause.FOLLOWS and step.client in merged else cause

    def _merged(self, keys: Iterable[Key]) -> frozenset[str]:
        """The clients that a record was moved from or to: what follows is the merge's doing."""
        pairs = (
            {str(r["client"]) for r in self._both(key) if r and r.get("client")} for key in keys
        )
        return frozenset(client for pair in pairs if len(pair) == 2 for client in pair)

    def _both(self, key: Key) -> tuple[Record | None, Record | None]:
        return self._record(self.then.snapshot, key), self._record(self.now.snapshot, key)

    def _record(self, snapshot: Snapshot, key: Key) -> Record | None:
        table, number = key
        place = (snapshot.sha256, table)
        if place not in self._tables:
            listed = snapshot.table(table).to_pylist()
            self._tables[place] = {record["id"]: record for record in listed}
        return self._tables[place].get(number)


def _key(goal: Goal, record: Record) -> Key:
    table: Any = record.get("table") or _table(goal)
    return table, record["id"]


def _table(goal: Goal) -> str:
    """The one table of a goal whose rows do not name it."""
    match goal.measure["kind"]:
        case "reported":
            return "reported"
        case "narrative":
            return "milestone"
        case _:
            return str(goal.measure["of"])


def _less(new: Weight, old: Weight) -> Parts:
    names = dict.fromkeys([*new, *old])
    moved = {name: new.get(name, Fraction(0)) - old.get(name, Fraction(0)) for name in names}
    return {name: amount for name, amount in moved.items() if amount}


def _sum(weights: Iterable[Parts]) -> Parts:
    total: dict[str, Fraction] = {}
    for weight in weights:
        for name, amount in weight.items():
            total[name] = total.get(name, Fraction(0)) + amount
    return {name: amount for name, amount in total.items() if amount}


def _by_cause(steps: Sequence[tuple[Cause, Step]]) -> list[Part]:
    found = {cause: [step for of, step in steps if of is cause] for cause in Cause}
    return [
        Part(cause, _sum(step.moved for step in steps), steps)
        for cause, steps in found.items()
        if steps
    ]
