"""How a number of this year compares with the same months last year."""

from dataclasses import dataclass
from enum import StrEnum

from pejl.indicators.kinds.uncertainty import wilson_interval

FEWEST = 10  # of both years together; a comparison of fewer is noise


class Direction(StrEnum):
    """What may be said of a change."""

    MORE = "more"
    FEWER = "fewer"
    NO_CLEAR = "no_clear"  # the interval holds "as many as last year"
    TOO_FEW = "too_few"
    NOT_KNOWN = "not_known"  # there are no records of last year to compare with


@dataclass(frozen=True)
class Change:
    """Counts of now and a year before; ``ratio`` is now / before with its 95 % interval.

    ``ratio`` is None where last year has none; the interval's high end is then None as well.
    """

    now: int
    before: int
    ratio: float | None
    low: float | None
    high: float | None
    direction: Direction


def change(now: int, before: int, *, known: bool = True) -> Change:
    """The change between two counts over equally long times.

    Given that ``now + before`` came in all, ``now`` is binomial with the share now / (now +
    before); the share's Wilson interval, as odds, is the interval of the ratio of two Poisson
    rates. Przyborowski, J. & Wilenski, H. (1940), Biometrika 31, 313-323. Records are taken as
    independent: where one company comes again and again, the interval is too short.

    Examples
    --------
    >>> one = change(30, 15)
    >>> one.ratio, round(one.low, 2), round(one.high, 2), one.direction.value
    (2.0, 1.09, 3.68, 'more')
    >>> change(4, 2).direction.value, change(30, 25).direction.value
    ('too_few', 'no_clear')
    """
    if not known:
        return Change(now, before, None, None, None, Direction.NOT_KNOWN)
    if now + before < FEWEST:
        return Change(now, before, _ratio(now, before), None, None, Direction.TOO_FEW)
    share = wilson_interval(now, now + before)
    low, high = _odds(share.low), _odds(share.high)
    return Change(now, before, _ratio(now, before), low, high, _direction(low, high))


def _ratio(now: int, before: int) -> float | None:
    return now / before if before else None


def _odds(share: float) -> float | None:
    return None if share >= 1 else share / (1 - share)


def _direction(low: float | None, high: float | None) -> Direction:
    if low is not None and low > 1:
        return Direction.MORE
    if high is not None and high < 1:
        return Direction.FEWER
    return Direction.NO_CLEAR
