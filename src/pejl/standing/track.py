"""Whether a goal has left its track or regained it, by counts on record, without wavering.

Off track, reached and not reached are plain, and turn at once. At risk and on track lie beside
each other, and a goal between them would turn to and fro: it has to stand there on two counts at
least a week apart.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from pejl.standing.result import Light

SETTLES = timedelta(days=7)
PLAIN = frozenset({Light.REACHED, Light.OFF_TRACK, Light.NOT_REACHED})


class Side(StrEnum):
    """On its track or off it."""

    ON = "on"
    OFF = "off"


SIDES = {
    Light.REACHED: Side.ON,
    Light.ON_TRACK: Side.ON,
    Light.AT_RISK: Side.OFF,
    Light.OFF_TRACK: Side.OFF,
    Light.NOT_REACHED: Side.OFF,
}


class Turn(StrEnum):
    """What a count says that the counts before did not."""

    LEFT = "left"
    REGAINED = "regained"


@dataclass(frozen=True)
class Track:
    """What the counts so far say of a goal: its side, since when, and since when it is doubted."""

    side: Side
    day: date
    since: date
    doubted: date | None = None


@dataclass(frozen=True)
class Step:
    """The track after a count, and the turn that the count made, if any."""

    track: Track | None
    turn: Turn | None = None


def step(last: Track | None, light: Light, day: date) -> Step:
    """The track with one more count.

    A goal that is pending, without target or without figure has no track. The first count turns
    nothing, and neither does a day that is not after the last one counted.

    Examples
    --------
    >>> first = step(None, Light.ON_TRACK, date(2024, 5, 1)).track
    >>> step(first, Light.OFF_TRACK, date(2024, 5, 2)).turn
    <Turn.LEFT: 'left'>
    """
    side = SIDES.get(light)
    if side is None:
        return Step(None)
    if last is None:
        return Step(Track(side, day, since=day))
    if day <= last.day:
        return Step(last)
    if side is last.side:
        return Step(replace(last, day=day, doubted=None))
    doubted = last.doubted or day
    if light not in PLAIN and day - doubted < SETTLES:
        return Step(replace(last, day=day, doubted=doubted))
    return Step(Track(side, day, since=day), Turn.REGAINED if side is Side.ON else Turn.LEFT)
