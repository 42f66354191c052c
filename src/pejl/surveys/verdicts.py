"""Has the target been reached? Two readings: by the point estimate, and by what is sure.

The contract says "at least 70" of a figure that comes from a sample, and not which of the two it
means. Until somebody decides, both are shown. Nothing is rounded first.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import ge, gt, le, lt

from pejl.indicators.result import Interval

COMPARE = {">=": ge, ">": gt, "<=": le, "<": lt}


@dataclass(frozen=True)
class Verdict:
    """Each reading's answer; None where there is no figure or no target to hold it against."""

    by_point: bool | None
    by_sure_end: bool | None


def verdict(
    value: Fraction | None, interval: Interval | None, op: str, target: Decimal | Fraction | None
) -> Verdict:
    """Hold the unrounded figure, and the interval's less favourable end, against the target.

    Examples
    --------
    69.99 is not 70, although it is shown as 70.0:

    >>> verdict(Fraction(6999, 100), Interval(60.0, 78.0), ">=", Decimal(70))
    Verdict(by_point=False, by_sure_end=False)
    """
    if value is None or target is None:
        return Verdict(None, None)
    meets = COMPARE[op]
    aim = Fraction(target)
    if interval is None:
        return Verdict(bool(meets(value, aim)), None)
    sure_end = interval.low if op in (">=", ">") else interval.high
    return Verdict(bool(meets(value, aim)), bool(meets(Fraction(sure_end), aim)))
