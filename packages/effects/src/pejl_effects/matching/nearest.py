"""Nearest neighbours: the controls most like each guided firm, inside its stratum."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from pejl_effects.arrays import Bools, Floats, Ints
from pejl_effects.errors import EffectError
from pejl_effects.groups.rule import MatchRule


@dataclass(frozen=True)
class Matches:
    """Pairs of a guided firm and a control.

    guided, control : (pairs,) row numbers. distance : (pairs,).
    unmatched : (m,) row numbers of guided firms without any control inside the caliper.
    """

    guided: Ints
    control: Ints
    distance: Floats
    unmatched: Ints


def nearest(score: Floats, treated: Bools, stratum: Ints, rule: MatchRule) -> Matches:
    """The ``rule.k`` nearest controls of each guided firm inside its stratum.

    Parameters
    ----------
    score : (n, d) coordinates already in the caliper's unit; (n,) or d = 1 for a propensity
        index. treated, stratum : (n,).

    Notes
    -----
    With replacement every guided firm gets its own nearest controls. Without, guided firms
    choose in order of falling score (the hardest to match first, as MatchIt does), each control
    once; with ``k > 1`` in ``k`` rounds. Sorting and searching: 20,000 guided firms among a
    million take about a second.
    """
    points = score.reshape(treated.size, -1)
    if rule.k < 1:
        raise EffectError(f"k = {rule.k}", "1 or more controls a firm", "Set k to 1, 2, 3 …")
    if rule.replacement:
        pairs = _with_replacement(points, treated, stratum, rule)
    else:
        pairs = _without_replacement(points, treated, stratum, rule)
    return _inside_caliper(pairs, treated, rule.caliper)


def _inside_caliper(pairs: Matches, treated: Bools, caliper: float | None) -> Matches:
    keep = np.isfinite(pairs.distance)
    if caliper is not None:
        keep &= pairs.distance <= caliper
    guided = pairs.guided[keep]
    lost = np.setdiff1d(np.flatnonzero(treated), guided)
    return Matches(guided, pairs.control[keep], pairs.distance[keep], lost)


def _with_replacement(points: Floats, treated: Bools, stratum: Ints, rule: MatchRule) -> Matches:
    found = [
        _neighbours(points, rows, controls, rule.k)
        for rows, controls in _by_stratum(treated, stratum)
    ]
    return _joined(found)


def _by_stratum(treated: Bools, stratum: Ints) -> list[tuple[Ints, Ints]]:
    """Rows of guided firms and of controls in each stratum that holds both."""
    order = np.argsort(stratum, kind="stable")
    edges = np.flatnonzero(np.diff(stratum[order])) + 1
    groups = [(rows[treated[rows]], rows[~treated[rows]]) for rows in np.split(order, edges)]
    return [(g, c) for g, c in groups if g.size and c.size]


def _neighbours(points: Floats, guided: Ints, controls: Ints, k: int) -> Matches:
    """Nearest controls of each guided row, ties broken by row number."""
    tree = cKDTree(points[controls])
    distance, place = tree.query(points[guided], k=min(k, controls.size))
    shape = (guided.size, -1)
    distance, place = distance.reshape(shape), place.reshape(shape)
    rows = np.repeat(guided, place.shape[1])
    nobody = np.zeros(0, dtype=np.int64)
    return Matches(rows, controls[place.ravel()], distance.ravel(), nobody)


def _joined(found: list[Matches]) -> Matches:
    nobody = np.zeros(0, dtype=np.int64)
    if not found:
        return Matches(nobody, nobody, np.zeros(0), nobody)
    return Matches(
        np.concatenate([m.guided for m in found]),
        np.concatenate([m.control for m in found]),
        np.concatenate([m.distance for m in found]),
        nobody,
    )


def _without_replacement(points: Floats, treated: Bools, stratum: Ints, rule: MatchRule) -> Matches:
    if points.shape[1] > 1:
        raise EffectError(
            given="Mahalanobis matching without replacement",
            needed="one score to sort by",
            remedy='Use distance = "propensity", or allow replacement.',
        )
    score = points[:, 0]
    found = [
        _greedy(score, guided, controls, rule) for guided, controls in _by_stratum(treated, stratum)
    ]
    return _joined(found)


def _greedy(score: Floats, guided: Ints, controls: Ints, rule: MatchRule) -> Matches:
    """Each guided row in order of falling score takes the nearest control still free."""
    ranked = controls[np.argsort(score[controls], kind="stable")]
    order = guided[np.argsort(-score[guided], kind="stable")]
    free = _Free(score[ranked])
    limit = np.inf if rule.caliper is None else rule.caliper
    rows, taken, away = [], [], []
    for _ in range(rule.k):
        for row in order:
            place = free.take(float(score[row]), limit)
            if place >= 0:
                rows.append(row)
                taken.append(ranked[place])
                away.append(abs(score[row] - score[ranked[place]]))
    nobody = np.zeros(0, dtype=np.int64)
    return Matches(
        np.array(rows, dtype=np.int64), np.array(taken, dtype=np.int64), np.array(away), nobody
    )


class _Free:
    """Sorted values that can be taken once; finds the nearest free one in near-constant time.

    ``right[i]`` leads to the first free place at or after i, ``left[i]`` to one more than the
    last free place before i (union-find with path halving).
    """

    def __init__(self, values: Floats) -> None:
        self.values = values
        self.left = list(range(values.size + 1))
        self.right = list(range(values.size + 1))

    @staticmethod
    def _root(links: list[int], at: int) -> int:
        while links[at] != at:
            links[at] = links[links[at]]
            at = links[at]
        return at

    def take(self, value: float, limit: float) -> int:
        """Take the nearest free place within the limit; -1 where there is none."""
        at = int(np.searchsorted(self.values, value))
        low = self._root(self.left, at) - 1
        high = self._root(self.right, at)
        below = value - self.values[low] if low >= 0 else np.inf
        above = self.values[high] - value if high < self.values.size else np.inf
        if min(below, above) > limit or min(below, above) == np.inf:
            return -1
        place = low if below <= above else high
        self.left[place + 1] = place
        self.right[place] = place + 1
        return place
