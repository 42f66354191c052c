"""Chance from a seed."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws made from ``random()`` alone: only that gives the same numbers in every Python.

    Examples
    --------
    >>> [Dice(7).whole(1, 6) for _ in range(2)]
    [2, 2]
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - a demo, not a secret

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options, each equally likely."""
        return options[int(self._random() * len(options))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight."""
        sums = list(accumulate(weights.values()))
        return list(weights)[bisect(sums, self._random() * sums[-1])]

    def early(self, options: Sequence[T], upto: int) -> T:
        """One of the first ``upto`` options, the earlier ones more often: clients come back."""
        return options[int(self._random() ** 1.4 * upto)]
