"""Coarsened exact matching: continuous columns cut into bands, then exact cells."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Bools, Floats, Ints, Objects, totals
from pejl_effects.errors import EffectError


@dataclass(frozen=True)
class Bands:
    """How a continuous column is cut: at fixed ``cuts``, or in ``quantiles`` equal parts.

    Cuts are lower bounds: cuts (5, 10) give the bands below 5, 5 to below 10, 10 and more.
    A missing value is a band of its own.
    """

    cuts: tuple[float, ...] = ()
    quantiles: int = 0

    def __post_init__(self) -> None:
        if bool(self.cuts) == bool(self.quantiles):
            raise EffectError(
                given="a column to coarsen with " + ("both" if self.cuts else "neither"),
                needed="either cuts or a number of quantiles",
                remedy="Write, for example, cuts = [5, 10, 50] or quantiles = 5.",
            )


def coarsen(values: Floats, bands: Bands) -> Ints:
    """Band number (n,) of every value; -1 where it is missing.

    Examples
    --------
    >>> coarsen(np.array([4.0, 5.0, 12.0, np.nan]), Bands(cuts=(5, 10))).tolist()
    [0, 1, 2, -1]
    """
    known = ~np.isnan(values)
    cuts = np.array(bands.cuts)
    if bands.quantiles:
        inner = np.arange(1, bands.quantiles) / bands.quantiles
        cuts = np.unique(np.quantile(values[known], inner)) if known.any() else np.zeros(0)
    return np.where(known, np.searchsorted(cuts, values, side="right"), -1).astype(np.int64)


def cross(columns: list[Objects]) -> Ints:
    """One code (n,) for each distinct combination of the columns, numbered from 0.

    Examples
    --------
    >>> cross([np.array(["a", "b", "a"]), np.array([1, 1, 1])]).tolist()
    [0, 1, 0]
    """
    code = np.zeros(columns[0].size, dtype=np.int64)
    for column in columns:
        values, place = np.unique(column, return_inverse=True)
        _, code = np.unique(code * values.size + place, return_inverse=True)
    return code.astype(np.int64)


@dataclass(frozen=True)
class Cell:
    """One stratum: its code, the number of guided firms and of controls."""

    stratum: int
    guided: int
    controls: int


def cells(treated: Bools, stratum: Ints) -> list[Cell]:
    """The strata with their counts, in order of code."""
    names, codes = np.unique(stratum, return_inverse=True)
    guided = totals(codes, treated)
    total = np.bincount(codes)
    return [
        Cell(int(name), int(g), int(t - g)) for name, g, t in zip(names, guided, total, strict=True)
    ]


def control_weights(treated: Bools, stratum: Ints) -> Floats:
    """Weights (n,): 1 for guided firms, guided/controls of the stratum for controls.

    Firms in strata that lack one of the two groups get 0.
    """
    _, codes = np.unique(stratum, return_inverse=True)
    guided = totals(codes, treated)
    controls = totals(codes, ~treated)
    both = (guided > 0) & (controls > 0)
    share = np.divide(guided, controls, out=np.zeros_like(guided), where=both)
    return np.where(treated, both[codes].astype(np.float64), share[codes])
