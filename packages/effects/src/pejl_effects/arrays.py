"""Names for the array types, so that signatures can be read."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Objects = NDArray[Any]

NEVER = 0
"""Cohort of a firm that was never guided; every real cohort is a positive period number."""


def totals(codes: NDArray[Any], values: NDArray[Any], groups: int = 0) -> Floats:
    """Sum of values (n,) for each code 0, 1, …; (groups,) or as many as there are codes.

    Examples
    --------
    >>> totals(np.array([0, 1, 1]), np.array([1.0, 2.0, 3.0])).tolist()
    [1.0, 5.0]
    """
    summed = np.bincount(codes, weights=np.asarray(values, dtype=np.float64), minlength=groups)
    return np.asarray(summed, dtype=np.float64)
