"""What would bring a goal to its target by the period's end, counted from where it stands."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from pejl.base.periods import Period
from pejl.standing import pace
from pejl.standing.light import upward
from pejl.standing.result import GoalStanding


@dataclass(frozen=True)
class Recovery:
    """What is missing, in the goal's unit (a share of 1 for per cent).

    ``per_month`` is needed each month from now on, ``so_far`` was counted each month: for counts.
    ``of_the_rest`` is the share needed of what is still to come, if it comes as fast as so far:
    for shares; above 1 the target is out of reach. ``to_pace`` is what the pace lacks today.
    """

    missing: Fraction
    months_left: Fraction
    per_month: int | None = None
    so_far: Fraction | None = None
    of_the_rest: Fraction | None = None
    to_pace: Fraction | None = None


def recovery(item: GoalStanding, period: Period, day: date) -> Recovery | None:
    """What the goal needs; None for one that needs nothing, or whose target nobody has agreed."""
    value, target = item.measured.figure.value, item.target
    if item.status != "agreed" or value is None or target is None or target.value is None:
        return None
    missing = Fraction(target.value) - value
    if not upward(target.op) or missing <= 0:
        return None
    left = sum((1 - pace.elapsed(period, m, day) for m in period.months()), Fraction(0))
    expected = item.expected_by_now
    found = Recovery(
        missing, left, to_pace=None if expected is None else max(expected - value, Fraction(0))
    )
    kind = item.goal.measure["kind"]
    if left and kind in pace.RISING:
        return _count(found, value, Fraction(len(period.months())) - left)
    if left and kind == "share":
        return _share(found, item, Fraction(target.value), period, day)
    return found


def _count(found: Recovery, value: Fraction, passed: Fraction) -> Recovery:
    needed = ceil(found.missing / max(found.months_left, Fraction(1)))
    return Recovery(
        Fraction(ceil(found.missing)),
        found.months_left,
        per_month=needed,
        so_far=value / passed if passed else None,
        to_pace=found.to_pace,
    )


def _share(
    found: Recovery, item: GoalStanding, target: Fraction, period: Period, day: date
) -> Recovery:
    figure, passed = item.measured.figure, pace.working_days(period).on(day)
    if figure.numerator is None or not figure.denominator or not passed or passed == 1:
        return found
    coming = figure.denominator * (1 - passed) / passed
    needed = (target * (figure.denominator + coming) - figure.numerator) / coming
    return Recovery(found.missing, found.months_left, of_the_rest=needed, to_pace=found.to_pace)
