"""Theil's index: how far services lie from an even spread over companies, and where it comes from.

Theil, H. (1967), "Economics and Information Theory", North-Holland, chapter 4. The split within and
between groups: Shorrocks, A. F. (1980), "The class of additively decomposable inequality measures",
Econometrica 48(3), 613–625.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log


@dataclass(frozen=True)
class GroupShare:
    """A group's share of what is spread and of all there is, as fractions of one.

    ``index`` is Theil's index inside the group; None where nothing of it was spread there.
    """

    spread: float
    there: float
    index: float | None


@dataclass(frozen=True)
class Theil:
    """The index in nats: 0 when every place has its share; ``within`` + ``between`` = ``total``."""

    total: float
    within: float
    between: float
    groups: Mapping[str, GroupShare]


def theil(
    spread: Mapping[str, float], there: Mapping[str, float], groups: Mapping[str, str]
) -> Theil | None:
    """Theil's index of ``spread`` over the places, weighed by what is ``there``.

    T = Σ s ln(s / p), s being a place's share of what is spread and p its share of all there is.
    Between groups it is the same sum over their shares, S and P; within them Σ S T(g). A place
    where nothing is there can have no share, and is left out. None when nothing is spread.

    Examples
    --------
    >>> even = theil({"a": 10, "b": 30}, {"a": 100, "b": 300}, {"a": "x", "b": "y"})
    >>> (even.total, even.within, even.between)
    (0.0, 0.0, 0.0)
    """
    places = [place for place, size in there.items() if size > 0]
    spread_in = {place: spread.get(place, 0) for place in places}
    if sum(spread_in.values()) <= 0:
        return None
    shares = _shares(spread_in, there, groups)
    within = sum(one.spread * (one.index or 0.0) for one in shares.values())
    between = _sum((one.spread, one.there) for one in shares.values())
    return Theil(_index(places, spread_in, there), within, between, shares)


def _shares(
    spread: Mapping[str, float], there: Mapping[str, float], groups: Mapping[str, str]
) -> dict[str, GroupShare]:
    members: dict[str, list[str]] = {}
    for place in spread:
        members.setdefault(groups[place], []).append(place)
    whole, everything = sum(spread.values()), sum(there[place] for place in spread)
    return {
        group: GroupShare(
            spread=sum(spread[one] for one in of) / whole,
            there=sum(there[one] for one in of) / everything,
            index=_index(of, spread, there) if any(spread[one] for one in of) else None,
        )
        for group, of in members.items()
    }


def _index(of: list[str], spread: Mapping[str, float], there: Mapping[str, float]) -> float:
    whole, everything = sum(spread[one] for one in of), sum(there[one] for one in of)
    return _sum((spread[one] / whole, there[one] / everything) for one in of)


def _sum(shares: Iterable[tuple[float, float]]) -> float:
    # s ln s tends to 0 with s: a place without any adds nothing.
    return sum(s * log(s / p) for s, p in shares if s > 0)
