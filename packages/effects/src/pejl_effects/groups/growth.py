"""Growth, four ways: what "grew by ten per cent" is taken to mean."""

from collections.abc import Callable

import numpy as np

from pejl_effects.arrays import Floats


def difference(before: Floats, after: Floats) -> Floats:
    """After minus before, in the outcome's own unit."""
    return np.asarray(after - before)


def log_points(before: Floats, after: Floats) -> Floats:
    """Difference of natural logarithms; nan where either is not positive."""
    usable = (before > 0) & (after > 0)
    out = np.full(before.shape, np.nan)
    out[usable] = np.log(after[usable]) - np.log(before[usable])
    return out


def _share(change: Floats, base: Floats) -> Floats:
    """Change over base, nan where base is not positive."""
    out = np.full(base.shape, np.nan)
    usable = base > 0
    out[usable] = change[usable] / base[usable]
    return out


def symmetric(before: Floats, after: Floats) -> Floats:
    """Davis & Haltiwanger (1992): twice the change over the sum, between -2 and 2.

    An exit is -2, an entry +2; both zero is nan (there was no firm).

    Examples
    --------
    >>> symmetric(np.array([100.0, 100.0, 0.0]), np.array([110.0, 0.0, 50.0])).round(4).tolist()
    [0.0952, -2.0, 2.0]
    """
    return _share(2 * (after - before), before + after)


def percent(before: Floats, after: Floats) -> Floats:
    """Change as a share of before (0.10 = ten percentage points); nan where before is not > 0."""
    return _share(after - before, before)


GROWTH: dict[str, Callable[[Floats, Floats], Floats]] = {
    "difference": difference,
    "log": log_points,
    "symmetric": symmetric,
    "percent": percent,
}
