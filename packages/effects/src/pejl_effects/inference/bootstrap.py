"""The multiplier bootstrap, and bands that hold for all estimates at once."""

from dataclasses import dataclass

import numpy as np

from pejl_effects.arrays import Floats
from pejl_effects.inference.influence import FirmInfluence, Influence
from pejl_effects.inference.intervals import Interval

_ROOT5 = np.sqrt(5.0)
MAMMEN_LOW = (1 - _ROOT5) / 2
MAMMEN_HIGH = (1 + _ROOT5) / 2
MAMMEN_SHARE_LOW = (_ROOT5 + 1) / (2 * _ROOT5)


def multiplier_draws(influence: Influence, draws: int = 1999, seed: int = 1) -> Floats:
    """Draws (draws, L) of the estimates' error, deterministic in the seed.

    Firm by firm with Mammen's (1993) two-point weights, by cluster where there are clusters.
    Influence held as group sums is drawn from the normal with its covariance, which is the
    multiplier bootstrap with Gaussian weights exactly.
    """
    random = np.random.default_rng(seed)
    if isinstance(influence, FirmInfluence):
        return _mammen(influence, draws, random)
    covariance = influence.covariance()
    roots, vectors = np.linalg.eigh(covariance)
    factor = vectors * np.sqrt(np.maximum(roots, 0.0))
    return np.asarray(random.standard_normal((draws, covariance.shape[0])) @ factor.T)


def _mammen(influence: FirmInfluence, draws: int, random: np.random.Generator) -> Floats:
    """Weighted sums of influence in blocks, so that memory stays near 100 MB."""
    sums = influence.sums()
    small = 1.0 if influence.cluster is None else sums.shape[0] / (sums.shape[0] - 1)
    scale = np.sqrt(small) / influence.n
    block = max(1, int(1e7) // sums.shape[0])
    out = np.empty((draws, sums.shape[1]))
    for start in range(0, draws, block):
        size = min(block, draws - start)
        low = random.random((size, sums.shape[0])) < MAMMEN_SHARE_LOW
        out[start : start + size] = np.where(low, MAMMEN_LOW, MAMMEN_HIGH) @ sums * scale
    return out


@dataclass(frozen=True)
class Bands:
    """Simultaneous intervals.

    critical : the sup-t critical value, between the pointwise and the Bonferroni value.
    intervals : one per estimate; together they hold the level.
    """

    critical: float
    intervals: tuple[Interval, ...]


def sup_t(
    values: Floats, influence: Influence, level: float = 0.95, draws: int = 1999, seed: int = 1
) -> Bands:
    """Bands by the quantile of the largest absolute t over the estimates.

    Estimates with no spread (the reference period) get a band of no width.

    Notes
    -----
    Callaway & Sant'Anna (2021), algorithm 1; Montiel Olea & Plagborg-Møller (2019).
    """
    errors = np.sqrt(np.maximum(np.diag(influence.covariance()), 0.0))
    moving = errors > 0
    drawn = multiplier_draws(influence, draws, seed)[:, moving]
    largest = np.max(np.abs(drawn) / errors[moving], axis=1) if moving.any() else np.zeros(1)
    cut = float(np.quantile(largest, level))
    ends = [
        Interval(float(v - cut * e), float(v + cut * e), level)
        for v, e in zip(values, errors, strict=True)
    ]
    return Bands(cut, tuple(ends))
