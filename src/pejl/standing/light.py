"""The light: one word for where a goal stands, and the rule behind it, all in this file."""

from dataclasses import dataclass
from fractions import Fraction

from pejl.standing.result import Light

# At or above the pace is on track; within a tenth below it is at risk; less is off track.
AT_RISK_FROM = Fraction(9, 10)
# With a forecast the chance of meeting the target decides: two in three, and one in three.
LIKELY, UNLIKELY = 2 / 3, 1 / 3


@dataclass(frozen=True)
class Case:
    """What the light depends on. ``target`` is the agreed number; None while there is none."""

    status: str  # agreed | pending | withdrawn
    op: str | None
    target: Fraction | None
    value: Fraction | None
    expected_by_now: Fraction | None  # None: the whole target
    ended: bool  # the date is the period's last day or later
    rising: bool  # a count, which cannot fall back
    one_municipality: bool = False
    probability: float | None = None  # of meeting the target by the period's end, if forecast


def light(case: Case) -> Light:
    """The first line that fits decides."""
    if case.one_municipality or case.status == "withdrawn":
        return Light.NO_TARGET
    if case.status == "pending":
        return Light.PENDING
    if case.target is None or case.op is None:
        return Light.NO_TARGET
    if case.value is None:
        return Light.NOT_MEASURED
    met = meets(case.value, case.op, case.target)
    if case.ended:
        return Light.REACHED if met else Light.NOT_REACHED
    if met and case.rising and upward(case.op):
        return Light.REACHED
    if case.probability is not None:
        return _by_chance(case.probability)
    expected = case.target if case.expected_by_now is None else case.expected_by_now
    return _by_pace(case.value, case.op, expected)


def meets(value: Fraction, op: str, target: Fraction) -> bool:
    """Whether the unrounded value meets the target. ``op`` is one of >=, >, <=, <."""
    match op:
        case ">=":
            return value >= target
        case ">":
            return value > target
        case "<=":
            return value <= target
        case _:
            return value < target


def upward(op: str) -> bool:
    """Whether more is better."""
    return op.startswith(">")


def _by_chance(probability: float) -> Light:
    if probability >= LIKELY:
        return Light.ON_TRACK
    return Light.AT_RISK if probability >= UNLIKELY else Light.OFF_TRACK


def _by_pace(value: Fraction, op: str, expected: Fraction) -> Light:
    # Compared by products, so that an expectation of 0 (the first holidays) divides nothing.
    actual, needed = (value, expected) if upward(op) else (expected, value)
    if actual >= needed:
        return Light.ON_TRACK
    return Light.AT_RISK if actual >= AT_RISK_FROM * needed else Light.OFF_TRACK
