"""Influence that is a formula in each cell, so that its variance is algebra on group sums."""

from dataclasses import dataclass, replace

import numpy as np

from pejl_effects.arrays import Floats, Ints, totals
from pejl_effects.cube.moments import Cube
from pejl_effects.errors import EffectError
from pejl_effects.inference.influence import satterthwaite


@dataclass(frozen=True)
class CellInfluence:
    """For a firm in cell c: constant[c] + slope[c]' z + x' bend[c] e, e its residual part.

    constant : (C, L). slope : (C, d, L), on Z minus the cube's centre.
    bend : (C, k, d, L) or None: how the slopes of covariates, themselves estimated, add to the
        error. Its variance is taken as homoskedastic inside a cell (classical inside, robust
        between cells); everything else is exact.
    clustered : whether to sum by cluster before squaring.
    """

    cube: Cube
    constant: Floats
    slope: Floats
    bend: Floats | None
    total: int
    clustered: bool = False

    @property
    def n(self) -> int:
        """Number of firms."""
        return self.total

    def combine(self, weights: Floats) -> "CellInfluence":
        """Influence of linear combinations; weights (L, M)."""
        bend = None if self.bend is None else self.bend @ weights
        return replace(
            self, constant=self.constant @ weights, slope=self.slope @ weights, bend=bend
        )

    def plus_cohort(self, cohorts: Ints, constants: Floats) -> "CellInfluence":
        """Add constants (cohorts, L) to the firms of the cohorts named."""
        place = np.minimum(np.searchsorted(cohorts, self.cube.cohort), cohorts.size - 1)
        member = cohorts[place] == self.cube.cohort
        added = np.where(member[:, None], constants[place], 0.0)
        return replace(self, constant=self.constant + added)

    def _means(self) -> Floats:
        """Mean influence in each cell, (C, L)."""
        return np.asarray(self.constant + np.einsum("cdl,cd->cl", self.slope, self.cube.means))

    def covariance(self) -> Floats:
        """Sum of outer products over n squared, by cell (or by cluster)."""
        if self.clustered:
            return self._clustered()
        means = self._means()
        between = (means * self.cube.n[:, None]).T @ means
        width = self.slope.shape[2]
        scattered = self.cube.scatter() @ self.slope
        within = self.slope.reshape(-1, width).T @ scattered.reshape(-1, width)
        return np.asarray((between + within + self._bent()) / self.total**2)

    def _bent(self) -> Floats:
        """What estimated slopes add, (L, L): sum over cells of tr(P' X P W) / (n - 1)."""
        width = self.slope.shape[2]
        if self.bend is None:
            return np.zeros((width, width))
        scatter = self.cube.scatter()
        outcomes = self.cube.periods.size
        x = scatter[:, outcomes:, outcomes:]
        freedom = np.maximum(self.cube.n - 1, 1)[:, None, None]
        left = np.einsum("cij,cjdl->cidl", x / freedom, self.bend)
        right = np.einsum("cjdl,cde->cjel", self.bend, scatter)
        return np.asarray(left.reshape(-1, width).T @ right.reshape(-1, width))

    def _clustered(self) -> Floats:
        """Sums by cluster are cell totals added up; needs no second moments."""
        if self.bend is not None:
            raise EffectError(
                given="clusters together with covariates in the one-pass estimator",
                needed="one of the two",
                remedy='Use the estimator "stratified" on firms instead of the one-pass one.',
            )
        _, code = np.unique(self.cube.cluster, return_inverse=True)
        summed = self._means() * self.cube.n[:, None]
        sums = np.column_stack([totals(code, c) for c in summed.T])
        small = sums.shape[0] / (sums.shape[0] - 1)
        return np.asarray(sums.T @ sums * small / self.total**2)

    def freedom(self) -> Floats:
        """Satterthwaite's over cohorts; clusters minus one where there are clusters."""
        if self.clustered:
            return np.full(self.constant.shape[1], np.unique(self.cube.cluster).size - 1.0)
        scattered = self.cube.scatter() @ self.slope
        parts = self.cube.n[:, None] * self._means() ** 2 + (self.slope * scattered).sum(axis=1)
        _, code = np.unique(self.cube.cohort, return_inverse=True)
        by_cohort = np.column_stack([totals(code, c) for c in parts.T])
        size = totals(code, self.cube.n).astype(np.int64)
        return satterthwaite(by_cohort, size)
