"""Influence functions: one row per firm, one column per estimate; all variances come from them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pejl_effects.arrays import Floats, Ints, totals


class Influence(Protocol):
    """What aggregation and inference need to know about a set of L estimates."""

    @property
    def n(self) -> int:
        """Number of firms."""
        ...

    def combine(self, weights: Floats) -> "Influence":
        """Influence of linear combinations; weights (L, M)."""
        ...

    def plus_cohort(self, cohorts: Ints, constants: Floats) -> "Influence":
        """Add constants (cohorts, L) to the firms of the cohorts named."""
        ...

    def covariance(self) -> Floats:
        """Covariance of the estimates (L, L), summed by cluster where there are clusters."""
        ...

    def freedom(self) -> Floats:
        """Degrees of freedom (L,) for t-intervals."""
        ...


@dataclass(frozen=True)
class FirmInfluence:
    """Influence held firm by firm.

    values : (n, L); estimate - truth is close to the column's mean.
    cohort : (n,) cohort of each firm. cluster : (n,) code of its cluster, or None for none.
    """

    values: Floats
    cohort: Ints
    cluster: Ints | None = None

    @property
    def n(self) -> int:
        """Number of firms."""
        return int(self.values.shape[0])

    def combine(self, weights: Floats) -> "FirmInfluence":
        """Influence of linear combinations; weights (L, M)."""
        return FirmInfluence(self.values @ weights, self.cohort, self.cluster)

    def plus_cohort(self, cohorts: Ints, constants: Floats) -> "FirmInfluence":
        """Add constants (cohorts, L) to the firms of the cohorts named."""
        place = np.searchsorted(cohorts, self.cohort)
        place = np.minimum(place, cohorts.size - 1)
        member = cohorts[place] == self.cohort
        added = np.where(member[:, None], constants[place], 0.0)
        return FirmInfluence(self.values + added, self.cohort, self.cluster)

    def sums(self) -> Floats:
        """Influence summed by cluster (clusters, L); without clusters the rows themselves."""
        if self.cluster is None:
            return self.values
        number = int(self.cluster.max()) + 1
        columns = [totals(self.cluster, c, number) for c in self.values.T]
        return np.column_stack(columns)

    def covariance(self) -> Floats:
        """Sum of outer products over n squared; clusters carry G/(G-1)."""
        sums = self.sums()
        small = 1.0 if self.cluster is None else sums.shape[0] / (sums.shape[0] - 1)
        return np.asarray(sums.T @ sums * small / self.n**2)

    def freedom(self) -> Floats:
        """Clusters minus one; without clusters Satterthwaite's over cohorts."""
        if self.cluster is not None:
            return np.full(self.values.shape[1], float(self.sums().shape[0] - 1))
        _, code, size = np.unique(self.cohort, return_inverse=True, return_counts=True)
        parts = np.column_stack([totals(code, c**2) for c in self.values.T])
        return satterthwaite(parts, size.astype(np.int64))


def satterthwaite(parts: Floats, size: Ints) -> Floats:
    """Degrees of freedom (L,) of a sum of variance parts (groups, L) from groups of a size.

    Satterthwaite (1946): (sum v)^2 / sum(v^2 / (size - 1)). Groups of one firm count as one
    degree of freedom.
    """
    total = parts.sum(axis=0)
    below = (parts**2 / np.maximum(size - 1, 1)[:, None]).sum(axis=0)
    usable = below > 0
    out = np.full(total.shape, np.inf)
    out[usable] = total[usable] ** 2 / below[usable]
    return out
