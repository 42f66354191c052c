"""What fewer or more advisers would do to a count. The assumptions are the asker's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from statistics import fmean, pvariance

from pejl.base.errors import UserError
from pejl.targets.counts import CountAhead


@dataclass(frozen=True)
class Change:
    """So many advisers fewer (or, negative, more), in full-time posts.

    ``of_year`` is the part of the year that it lasts, ``uptake`` the part of what those who leave
    would have done that their colleagues do instead; both 0 to 1.
    """

    fewer: float
    of_year: float = 1.0
    uptake: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.of_year <= 1 and 0 <= self.uptake <= 1):
            raise UserError(
                given=f"{self.of_year} of the year and {self.uptake} taken up",
                needed="two parts from 0 to 1",
                remedy="Write each as a part, such as 0.5 for a half.",
            )


def changed(ahead: CountAhead, advisers: Sequence[int], change: Change) -> CountAhead:
    """The count with the change, from what each adviser had in the last year, in any order.

    Nobody knows who leaves: the part lost is that of as many advisers drawn by lot, and the spread
    between advisers is added to what is uncertain. Raises UserError where there are fewer than two
    advisers, or no more than would leave.
    """
    if len(advisers) < 2 or change.fewer >= len(advisers):
        raise UserError(
            given=f"{change.fewer} of {len(advisers)} advisers",
            needed="at least two advisers on record, and fewer who leave than there are",
            remedy="Choose fewer, or record who guided.",
        )
    total, number = sum(advisers), len(advisers)
    shares = [count / total for count in advisers]
    weight = change.of_year * (1 - change.uptake if change.fewer > 0 else 1)
    lost = change.fewer * fmean(shares) * weight
    lot = abs(change.fewer) * max(0.0, number - abs(change.fewer)) / (number - 1)
    spread = lot * pvariance(shares) * weight**2
    left = 1 - lost
    return replace(ahead, level=ahead.level.moved(log(left), spread / left**2))
