"""How many must answer, or be guided, for a figure to show what it should.

With N answers the error of a mean is its standard deviation over the root of N. For the NPS the
standard deviation of one answer is 100 √(p + d − (p − d)²) (DOMAIN § 6; Rocks 2016, The American
Statistician 70:4), for a share √(p (1 − p)). The smallest effect that a study can show is Bloom's
minimum detectable effect (1995, Evaluation Review 19:5).
"""

from math import ceil, sqrt
from statistics import NormalDist

from pejl.base.errors import UserError

LEVEL, POWER = 0.95, 0.80


def for_interval(deviation: float, half_width: float, level: float = LEVEL) -> int:
    """How many answers give an interval of ± ``half_width``, in the unit of ``deviation``.

    Examples
    --------
    p = .78 and d = .06, as in DOMAIN § 6: ± 10 takes some 120.

    >>> for_interval(100 * (0.78 + 0.06 - 0.72**2) ** 0.5, 10)
    124
    """
    _above_zero(half_width, "an interval")
    return ceil((_sure(level) * deviation / half_width) ** 2)


def to_show(deviation: float, margin: float, level: float = LEVEL, power: float = POWER) -> int:
    """How many answers show, with that power, that a figure lies ``margin`` beyond its target.

    Shown is what the less favourable end of the interval also meets.
    """
    _above_zero(margin, "a distance to the target")
    return ceil(((_sure(level) + _power(power)) * deviation / margin) ** 2)


def detectable(
    deviation: float,
    guided: int,
    controls: int | None = None,
    level: float = LEVEL,
    power: float = POWER,
) -> float:
    """The smallest effect that so many guided companies show, in the unit of ``deviation``.

    ``controls`` is how many they are compared with; left out, so many that their own error does
    not count.

    Examples
    --------
    >>> round(detectable(45.3, 100), 1), guided_for(45.3, 10)
    (12.7, 162)
    """
    _above_zero(guided, "a number of companies")
    each = 1 / guided + (1 / controls if controls else 0)
    return (_sure(level) + _power(power)) * deviation * sqrt(each)


def guided_for(deviation: float, effect: float, level: float = LEVEL, power: float = POWER) -> int:
    """How many guided companies show an effect of that size, against very many others."""
    _above_zero(effect, "an effect")
    return ceil(((_sure(level) + _power(power)) * deviation / effect) ** 2)


def _sure(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _power(power: float) -> float:
    return NormalDist().inv_cdf(power)


def _above_zero(number: float, what: str) -> None:
    if not number > 0:
        raise UserError(
            given=f"{what} of {number}", needed="a number above 0", remedy="Choose a larger one."
        )
