"""The advice as pages show it: numbers in words, and the distribution as a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.base import wording
from pejl.targets.advice import Advice, Kind, Why
from pejl.targets.counts import CountAhead
from pejl.targets.offer import Offer, offer
from pejl.targets.shares import ShareAhead
from pejl_hub.core.templatetags.pejl import language

WHY: dict[Why, Promise] = {
    Why.KIND: _("This figure's history cannot be foreseen from its records."),
    Why.YEARS: _(
        "It takes two years on record. Import an earlier year, or wait until this is over."
    ),
    Why.FEW: _("It takes at least 20 in each year; so few are better talked through one by one."),
    Why.NO_FIGURE: _("Nothing has been measured this year yet."),
    Why.PAST: _("The year is not after the contract's."),
}
# How many bars the drawing has, and from which to which quantile: the outermost parts of the level
# stand for so much that they would show as bumps.
BARS, FIRST, LAST = 28, 0.03, 0.97


@dataclass(frozen=True)
class Bar:
    """One bar of the drawing, in the units of its view box."""

    x: float
    y: float
    width: float
    height: float
    kept: bool  # at or beyond what can be promised


@dataclass(frozen=True)
class Mark:
    """A number under the drawing."""

    x: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """The distribution as bars over a line of numbers."""

    bars: Sequence[Bar]
    marks: Sequence[Mark]
    target: float | None  # where the target stands, if it is within


@dataclass(frozen=True)
class Row:
    """A goal in the list."""

    advice: Advice
    offer: Offer | None

    @property
    def why(self) -> Promise | str:
        """What stands in the way."""
        return WHY[self.advice.why] if self.advice.why else ""


def row(advice: Advice, certainty: float) -> Row:
    """The goal with what can be promised."""
    made = offer(advice.ahead, advice.op, certainty, advice.target) if advice.ahead else None
    return Row(advice, made)


def figure(advice: Advice, value: float | None) -> str:
    """A figure of the goal as people write it; a share in percent."""
    if value is None:
        return "–"
    if advice.kind == Kind.SHARE or advice.goal.unit == "percent":
        return wording.share(value, 1, language())
    decimals = 0 if advice.kind == Kind.COUNT else 1
    return wording.number(round(value, decimals), decimals, language())


def percent(part: float | None) -> str:
    """A probability in whole percent, never 0 or 100 for what is neither."""
    if part is None:
        return "–"
    return wording.share(min(0.99, max(0.01, part)), 0, language())


def drawing(advice: Advice, made: Offer, ahead: CountAhead | ShareAhead) -> Drawing:
    """The distribution in bars that are equally wide; the view box is 100 by 40."""
    low, high = float(ahead.quantile(FIRST)), float(ahead.quantile(LAST))
    step = (high - low) / BARS or 1.0
    edges = [low + step * number for number in range(BARS + 1)]
    below = [_below(ahead, edge) for edge in edges]
    parts = [upper - lower for lower, upper in pairwise(below)]
    tallest = max(parts) or 1.0
    upward = advice.op.startswith(">")
    bars = [
        Bar(
            x=100 * number / BARS,
            y=36 - 34 * part / tallest,
            width=100 / BARS - 0.4,
            height=34 * part / tallest,
            kept=(edges[number] >= made.promised - step / 2) == upward,
        )
        for number, part in enumerate(parts)
    ]
    marks = [_mark(advice, value, low, high) for value in (made.low, made.mid, made.high)]
    target = advice.target
    within = target is not None and low <= target <= high
    place = 100 * (target - low) / (high - low) if within and target is not None else None
    return Drawing(bars, marks, place)


def _below(ahead: CountAhead | ShareAhead, value: float) -> float:
    return ahead.at_most(int(value)) if isinstance(ahead, CountAhead) else ahead.at_most(value)


def _mark(advice: Advice, value: float, low: float, high: float) -> Mark:
    place = 100 * (value - low) / (high - low) if high > low else 50.0
    return Mark(place, figure(advice, value))
