"""The moment cube: for each cell of alike firms the count, the sums and the sums of products."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints
from pejl_effects.errors import EffectError
from pejl_effects.estimators.group_time import Firms


@dataclass(frozen=True)
class Cube:
    """Group sums of Z = (outcome in each period, covariates), minus the ``centre``.

    cohort, stratum, cluster : (C,) keys of each cell.
    seen : (C, d) which parts of Z are present in the cell's firms; the others are summed as 0.
    n : (C,) firms. sums : (C, d). products : (C, d, d). centre : (d,).
    periods : (T,); Z's first T parts. The rest, k = d - T, are covariates.

    The cube holds second moments of small cells: it identifies firms and is never released.
    """

    cohort: Ints
    stratum: Ints
    cluster: Ints
    seen: Bools
    n: Floats
    sums: Floats
    products: Floats
    centre: Floats
    periods: Ints

    @property
    def means(self) -> Floats:
        """Mean of Z in each cell, (C, d), still minus the centre."""
        return np.asarray(self.sums / self.n[:, None])

    def scatter(self) -> Floats:
        """Products around each cell's own mean, (C, d, d)."""
        means = self.means
        return np.asarray(
            self.products - self.n[:, None, None] * means[:, :, None] * means[:, None, :]
        )


def check_width(parts: int) -> None:
    """The pattern of what is missing is kept in one 64-bit key."""
    if parts > 60:
        raise EffectError(
            given=f"{parts} periods and covariates",
            needed="60 or fewer for the one-pass estimator",
            remedy="Sum the outcome to whole years first.",
        )


def cube_of(firms: Firms) -> Cube:
    """The cube of firms held in memory: the plain reference for the SQL engines.

    Covariates are read in the first period (they must not change over time here).
    """
    z = np.column_stack([firms.outcome, firms.covariates[:, 0]])
    check_width(z.shape[1])
    missing = np.isnan(z)
    centre = np.nan_to_num(np.nanmean(z, axis=0))
    z = np.where(missing, 0.0, z - centre)
    pattern = missing @ (1 << np.arange(z.shape[1]))
    cluster = np.zeros(firms.n, dtype=np.int64) if firms.cluster is None else firms.cluster
    order = np.lexsort((pattern, cluster, firms.stratum, firms.cohort))
    keys = np.column_stack([firms.cohort, firms.stratum, cluster, pattern])[order]
    starts = np.flatnonzero(np.r_[True, np.any(np.diff(keys, axis=0) != 0, axis=1)])
    ends = np.r_[starts[1:], firms.n]
    z = z[order]
    products = np.stack([z[a:b].T @ z[a:b] for a, b in zip(starts, ends, strict=True)])
    head = keys[starts]
    return Cube(
        head[:, 0], head[:, 1], head[:, 2], seen_in(head[:, 3], z.shape[1]),
        (ends - starts).astype(np.float64), np.add.reduceat(z, starts, axis=0), products,
        centre, firms.periods,
    )  # fmt: skip


def seen_in(pattern: Ints, parts: int) -> Bools:
    """Which parts are present, (C, parts), from the bits of what is missing."""
    bits = (pattern[:, None] >> np.arange(parts)[None, :]) & 1
    return np.asarray(bits == 0)
