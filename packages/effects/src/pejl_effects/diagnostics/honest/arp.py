"""The conditional least-favourable hybrid test for moment inequalities with nuisance."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from pejl_effects.arrays import Bools, Floats
from pejl_effects.inference.distributions import normal_below, normal_quantile

DRAWS = 10_000
"""Draws for the least-favourable critical value; its error is below 0.5 % of a standard error."""


@dataclass(frozen=True)
class Moments:
    """H0: some nuisance x gives E[y] - nuisance x <= 0 in every row.

    covariance : (m, m) of y. nuisance : (m, p).
    """

    covariance: Floats
    nuisance: Floats

    def vertices(self) -> Floats:
        """Extreme points (v, m) of {g >= 0, g'sd = 1, g'nuisance = 0}.

        The test statistic min over x of max over rows of (y - nuisance x)/sd equals the
        maximum of g'y over them (linear programming duality), so that one matrix product
        replaces thousands of linear programmes.
        """
        scale = np.sqrt(np.diag(self.covariance))
        rows, size = scale.size, self.nuisance.shape[1] + 1
        # in units of the mean deviation, so that no row dwarfs another when judging singularity
        unit = float(scale.mean())
        equal = np.column_stack([scale / unit, self.nuisance]).T
        goal = np.zeros(size)
        goal[0] = 1 / unit
        found = []
        for basis in combinations(range(rows), size):
            square = equal[:, basis]
            if np.linalg.cond(square) > 1e10:
                continue
            weights = np.linalg.solve(square, goal)
            if (weights >= -1e-12 * goal[0]).all():
                point = np.zeros(rows)
                point[list(basis)] = np.maximum(weights, 0.0)
                found.append(point)
        points = np.array(found)
        _, first = np.unique(np.round(points * unit, 12), axis=0, return_index=True)
        return np.asarray(points[np.sort(first)])


@dataclass(frozen=True)
class HybridTest:
    """A ready test: the vertices, their covariance, and the least-favourable cut."""

    vertices: Floats
    covariance: Floats
    alpha: float
    kappa: float
    cut: float

    def rejects(self, y: Floats) -> Bools:
        """Whether each column of y (m, tests) is rejected at level alpha."""
        values = self.vertices @ y
        return np.array([self._one(column) for column in values.T])

    def _one(self, values: Floats) -> bool:
        """Andrews, Roth & Pakes (2023), sec. 4: first the least-favourable cut at kappa, then
        the test conditional on which vertex binds, truncated at that cut."""
        best = int(np.argmax(values))
        statistic = float(values[best])
        if statistic > self.cut:
            return True
        variance = float(self.covariance[best, best])
        if variance < 1e-12 * float(self.covariance.diagonal().max()):
            # rows that cancel each other: nothing random is left, so any excess is real
            return bool(statistic > 1e-9 * np.sqrt(self.covariance.diagonal().max()))
        tilt = self.covariance[:, best] / variance
        rest = values - tilt * statistic
        slack = 1 - tilt
        below, above = slack > 1e-9, slack < -1e-9
        low = float(np.max(rest[below] / slack[below], initial=-np.inf))
        high = float(np.min(rest[above] / slack[above], initial=self.cut))
        level = (self.alpha - self.kappa) / (1 - self.kappa)
        return statistic > max(0.0, _truncated(1 - level, low, high, variance**0.5))


def _truncated(share: float, low: float, high: float, sd: float) -> float:
    """Quantile of a normal with mean 0 cut to [low, high], on the tail that keeps digits."""
    a, b = low / sd, high / sd
    if a > 0:
        upper, lower = normal_below(-a), normal_below(-b)
        return -sd * normal_quantile(upper - share * (upper - lower))
    lower, upper = normal_below(a), normal_below(b)
    return sd * normal_quantile(lower + share * (upper - lower))


def hybrid_test(moments: Moments, alpha: float, seed: int = 0) -> HybridTest:
    """Prepare the test; kappa = alpha / 10 as Rambachan & Roth recommend."""
    vertices = moments.vertices()
    covariance = vertices @ moments.covariance @ vertices.T
    roots, basis = np.linalg.eigh(moments.covariance)
    factor = basis * np.sqrt(np.maximum(roots, 0.0))
    normal = np.random.default_rng(seed).standard_normal((factor.shape[1], DRAWS))
    largest = (vertices @ (factor @ normal)).max(axis=0)
    kappa = alpha / 10
    return HybridTest(vertices, covariance, alpha, kappa, float(np.quantile(largest, 1 - kappa)))
