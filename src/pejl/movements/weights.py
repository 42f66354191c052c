"""What each record adds to the parts of a figure, so that parts can be told record by record."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pejl.contract.goal import Goal
from pejl.indicators.kinds.nps import DETRACTOR, PROMOTER
from pejl.indicators.result import Rows

Record = Mapping[str, Any]
Weight = Mapping[str, Fraction]
ONE = Fraction(1)


def records_of(found: Rows) -> list[Record]:
    """The rows by column name."""
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def weigh(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    """Each record's weight, in the order given; together they are the figure's parts."""
    return WEIGHTS[goal.measure["kind"]](goal, records)


def _once(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    """Counts, and distinct counts, where only the first record of a client is counted."""
    return [{"value": ONE} if record["counted"] else {} for record in records]


def _share(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    return [_of(record["counted"], True) for record in records]


def _share_of_keys(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    """The denominator has each key once, at its first record."""
    key, met, found = goal.measure["key"], set(), []
    for record in records:
        first = record[key] is not None and record[key] not in met
        met.add(record[key])
        found.append(_of(record["counted"], first))
    return found


def _of(numerator: bool, denominator: bool) -> Weight:
    return {
        name: ONE
        for name, there in (("numerator", numerator), ("denominator", denominator))
        if there
    }


def _nps(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    def weight(score: int) -> Weight:
        named = {"promoters": score >= PROMOTER, "detractors": score <= DETRACTOR}
        return {"n": ONE} | {name: ONE for name, meets in named.items() if meets}

    return [weight(record[goal.measure["score"]]) for record in records]


def _monthly(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    add = goal.measure["add"]
    return [{add: Fraction(r[add] or 0)} if r["counted"] else {} for r in records]


def _growth(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    """The last level less the one it started from; with one level alone there is no growth."""
    used = [place for place, record in enumerate(records) if record["counted"]]
    found: list[Weight] = [{} for _ in records]
    if len(used) == 2:
        level = goal.measure["level"]
        found[used[0]] = {"value": Fraction(-records[used[0]][level])}
        found[used[1]] = {"value": Fraction(records[used[1]][level])}
    return found


def _reported(goal: Goal, records: Sequence[Record]) -> list[Weight]:
    """The report that the figure is: its number as it was written."""
    return [
        {"value": Fraction(repr(r["value"]))} if r["counted"] and r["value"] is not None else {}
        for r in records
    ]


WEIGHTS: Mapping[str, Callable[[Goal, Sequence[Record]], list[Weight]]] = {
    "count": _once,
    "sum": _once,
    "distinct": _once,
    "share": _share,
    "share_of_distinct": _share_of_keys,
    "newcomers": _share_of_keys,
    "nps": _nps,
    "monthly_mean": _monthly,
    "months_met": _monthly,
    "level_growth": _growth,
    "reported": _reported,
    "narrative": _share,
}
